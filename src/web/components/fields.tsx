/** Fields of a form: each with its words, its help, what it holds and what is wrong with it. */
import { createContext } from 'preact';
import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { groupBy } from '../../platform/collections.ts';
import type { FormState } from '../forms/state.ts';
import { PREVIEW, valueOf } from '../forms/state.ts';
import { useView } from '../view.ts';
import { FormMarks } from './form-marks.tsx';

const FormContext = createContext<FormState | null>(null);

/** The form around the fields. @throws Error outside a form */
function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === null) throw new Error('a field stands outside a form');
  return form;
}

const idOf = (name: string): string => `f-${name.replaceAll('.', '-')}`;

/** A form that gives a command. What is wrong stands above it, each place a link to its field. */
export function CommandForm({ state, to, children, id = 'form', upload = false, gives = 'page' }: {
  readonly state: FormState; readonly to: string; readonly children: ComponentChildren; readonly id?: string;
  /** A file goes with it: its field must be the last. */
  readonly upload?: boolean;
  /** A file leaves the page standing, so that the form may be sent again. */
  readonly gives?: 'page' | 'file';
}): VNode {
  return (
    <form method="post" action={to} class="form" id={id} noValidate enctype={upload ? 'multipart/form-data' : undefined} data-gives={gives === 'file' ? 'file' : undefined}>
      <FormMarks />
      <Summary state={state} />
      <FormContext.Provider value={state}>{children}</FormContext.Provider>
    </form>
  );
}

function Summary({ state }: { readonly state: FormState }): VNode | null {
  const { t } = useView();
  const wrong = Object.entries(state.errors);
  if (state.summary === null && wrong.length === 0) return null;
  return (
    <div class="notice bad summary" role="alert" tabIndex={-1} id="form-summary">
      <h2>{t.form.summary}</h2>
      {state.summary === null || wrong.some(([, message]) => message === state.summary) ? null : <p>{state.summary}</p>}
      {wrong.length === 0 ? null : (
        <ul>
          {wrong.map(([name, message]) => (
            <li key={name}>
              <a href={`#${idOf(name)}`}>{message}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Fields that are part of a question: they go into the address. */
export function QuestionForm({ state, to, children, inPlace, label }: {
  readonly state: FormState; readonly to: string; readonly children: ComponentChildren; readonly label: string;
  /** Id of the part of the page that the answer replaces. */
  readonly inPlace?: string;
}): VNode {
  const there = inPlace === undefined ? {} : { 'hx-get': to, 'hx-target': `#${inPlace}`, 'hx-select': `#${inPlace}`, 'hx-swap': 'outerHTML', 'hx-push-url': 'true', 'hx-trigger': 'submit, change' };
  return (
    <form method="get" action={to} class="question" aria-label={label} {...there}>
      <FormContext.Provider value={state}>{children}</FormContext.Provider>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** It may stay empty, and says so. */
  readonly optional?: boolean;
}

interface Marks {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly required?: boolean;
}

/** Label, help and error around a control. */
function Framed({ name, label, hint, optional = false, control }: FieldProps & { readonly control: (marks: Marks) => VNode }): VNode {
  const { t } = useView();
  const error = useForm().errors[name];
  const id = idOf(name);
  const described = [hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`].filter((one) => one !== null).join(' ');
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={id}>
        {label}
        {optional ? <span class="soft"> ({t.form.optional})</span> : null}
      </label>
      {hint === undefined ? null : <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error === undefined ? null : <p class="error" id={`${id}-error`}>{error}</p>}
      {control({ id, name, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': error === undefined ? undefined : 'true' })}
    </div>
  );
}

export function TextField({ maxLength = 200, mode, list, ...props }: FieldProps & { readonly maxLength?: number; readonly mode?: 'text' | 'decimal' | 'numeric'; readonly list?: readonly string[] }): VNode {
  const value = valueOf(useForm(), props.name);
  const id = `${idOf(props.name)}-list`;
  return (
    <>
      <Framed {...props} control={(marks) => <input {...marks} type="text" value={value} maxLength={maxLength} inputMode={mode} list={list === undefined ? undefined : id} autocomplete="off" />} />
      {list === undefined ? null : <datalist id={id}>{list.map((one) => <option key={one} value={one} />)}</datalist>}
    </>
  );
}

/** A day as people write it here; the browser's own date field speaks the browser's language, not the page's. */
export function DayField(props: FieldProps): VNode {
  const { t } = useView();
  const value = valueOf(useForm(), props.name);
  return <Framed {...props} hint={props.hint ?? t.form.dayHint} control={(marks) => <input {...marks} type="text" value={value} maxLength={10} inputMode="numeric" class="short" autocomplete="off" />} />;
}

/** A number with its unit. */
export function DecimalField({ unit, ...props }: FieldProps & { readonly unit?: string }): VNode {
  const value = valueOf(useForm(), props.name);
  return (
    <Framed
      {...props}
      label={unit === undefined ? props.label : `${props.label} (${unit})`}
      control={(marks) => <input {...marks} type="text" value={value} maxLength={20} inputMode="decimal" class="short" autocomplete="off" />}
    />
  );
}

export function AreaField({ maxLength = 500, rows = 3, ...props }: FieldProps & { readonly maxLength?: number; readonly rows?: number }): VNode {
  const value = valueOf(useForm(), props.name);
  return <Framed {...props} control={(marks) => <textarea {...marks} rows={rows} maxLength={maxLength}>{value}</textarea>} />;
}

export interface Option {
  readonly value: string;
  readonly words: string;
  /** Heading under which it stands in a long list; those of one heading follow one another. */
  readonly group?: string;
}

/** One of a few; `any` is the word for none of them. */
export function ChoiceField({ options, any, ...props }: FieldProps & { readonly options: readonly Option[]; readonly any?: string }): VNode {
  const value = valueOf(useForm(), props.name);
  return (
    <Framed
      {...props}
      control={(marks) => (
        <select {...marks}>
          {any === undefined ? null : <option value="" selected={value === ''}>{any}</option>}
          {[...groupBy(options, ({ group }) => group ?? '')].map(([group, those]) => {
            const shown = those.map((option) => <option key={option.value} value={option.value} selected={option.value === value}>{option.words}</option>);
            return group === '' ? shown : <optgroup key={group} label={group}>{shown}</optgroup>;
          })}
        </select>
      )}
    />
  );
}

/** One of two or three, all to be seen. */
export function RadioField({ options, name, label, hint }: FieldProps & { readonly options: readonly Option[] }): VNode {
  const form = useForm();
  const value = valueOf(form, name);
  const error = form.errors[name];
  const id = idOf(name);
  return (
    <fieldset class={error === undefined ? 'field' : 'field wrong'} id={id}>
      <legend>{label}</legend>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {error === undefined ? null : <p class="error">{error}</p>}
      {options.map((option, index) => (
        <label key={option.value} class="tick" for={`${id}-${index}`}>
          <input type="radio" id={`${id}-${index}`} name={name} value={option.value} checked={option.value === value} />
          {option.words}
        </label>
      ))}
    </fieldset>
  );
}

export function FlagField({ name, label, hint }: FieldProps): VNode {
  const value = valueOf(useForm(), name);
  const id = idOf(name);
  return (
    <div class="field">
      <label class="tick" for={id}>
        <input type="checkbox" id={id} name={name} value="true" checked={value === 'true'} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
        {label}
      </label>
      {hint === undefined ? null : <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

export function Hidden({ name, value }: { readonly name: string; readonly value?: string }): VNode {
  const kept = valueOf(useForm(), name);
  return <input type="hidden" name={name} value={value ?? kept} />;
}

/** A file to send. */
export function FileField({ accept, ...props }: FieldProps & { readonly accept: string }): VNode {
  return <Framed {...props} control={(marks) => <input {...marks} type="file" accept={accept} />} />;
}

/** What to do with the form: the command, perhaps a look at its effect first, and the way back. */
export function Buttons({ save, preview, cancel }: { readonly save: string; readonly preview?: string; readonly cancel?: string }): VNode {
  const { t } = useView();
  return (
    <p class="buttons">
      {preview === undefined ? null : <button type="submit" name={PREVIEW} value="1">{preview}</button>}
      <button type="submit" class="main">{save}</button>
      {cancel === undefined ? null : <a href={cancel}>{t.form.cancel}</a>}
    </p>
  );
}
