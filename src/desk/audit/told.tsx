/** What an event tells of a change, in words: codes by the catalogue, days and numbers as people write them. */
import type { VNode } from 'preact';
import { isPlainDate } from '../../platform/dates/plain.ts';
import { Table } from '../../web/components/table.tsx';
import { Day, LastDay, Moment, Num, Span, Status } from '../../web/components/values.tsx';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { eventWords } from './things.tsx';

type Fields = Readonly<Record<string, unknown>>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const DECIMAL = /^-?\d{1,15}\.\d{1,10}$/;
/** Fields whose values are codes of few words. */
const CODED = new Set(['outcome', 'state', 'kind', 'as', 'code', 'order', 'scope', 'withoutPesel', 'class']);
/** Fields that name other fields. */
const NAMING = new Set(['filters', 'changed', 'by']);

interface ToldProps {
  readonly of: unknown;
  /** Name of the field it stands in. */
  readonly field: string;
  /** Days asked for in the trail are both within; elsewhere the second is the first day after. */
  readonly inclusive: boolean;
}

export function fieldWords(field: string, { t }: Pick<View, 't'>): string {
  return t.trail.fields[field] ?? t.trail.values[field] ?? t.trail.kinds[field] ?? field;
}

function textWords(field: string, text: string, view: View): string {
  const { t } = view;
  if (field === 'permission') return (t.users.permissions as Readonly<Record<string, string>>)[text] ?? text;
  if (field === 'roles') return t.roles[text] ?? text;
  // Why a lease was left as it is; whatever else is a reason was written by people.
  if (field === 'reason') return t.run.reasons[text] ?? text;
  if (field === 'event') return eventWords(text, view);
  if (NAMING.has(field)) return fieldWords(text, view);
  return CODED.has(field) ? (t.trail.values[text] ?? text) : text;
}

/** One value. */
export function Told({ of, field, inclusive }: ToldProps): VNode {
  const view = useView();
  const { t } = view;
  if (of === null || of === undefined || of === '') return <span class="soft">{t.trail.empty}</span>;
  if (typeof of === 'boolean') return <>{of ? t.common.yes : t.common.no}</>;
  if (typeof of === 'number') return <Num of={of} />;
  if (typeof of === 'string') {
    if (isPlainDate(of)) return field === 'to' && !inclusive ? <LastDay before={of} /> : <Day of={of} />;
    if (DECIMAL.test(of)) return <Num of={of} />;
    return INSTANT.test(of) ? <Moment of={of} /> : <>{textWords(field, of, view)}</>;
  }
  if (Array.isArray(of)) return <Several of={of} field={field} inclusive={inclusive} />;
  return <Together of={of as Fields} inclusive={inclusive} />;
}

function Several({ of, field, inclusive }: Omit<ToldProps, 'of'> & { readonly of: readonly unknown[] }): VNode {
  const { t } = useView();
  if (of.length === 0) return <span class="soft">{t.trail.empty}</span>;
  return <ul class="found">{of.map((one, index) => <li key={index}><Told of={one} field={field} inclusive={inclusive} /></li>)}</ul>;
}

/** Fields of one thing, one after another; a period is told as one. */
function Together({ of, inclusive }: { readonly of: Fields; readonly inclusive: boolean }): VNode {
  const view = useView();
  const { from, to } = of;
  const period = !inclusive && typeof from === 'string' && isPlainDate(from) && (to === null || (typeof to === 'string' && isPlainDate(to)));
  // What it has not is left out: it stands among others that have it.
  const rest = Object.entries(of).filter(([name, value]) => value !== null && (!period || (name !== 'from' && name !== 'to')));
  return (
    <>
      {rest.map(([name, value], index) => (
        <span key={name}>{index === 0 ? null : '; '}<span class="soft">{fieldWords(name, view)}:</span> <Told of={value} field={name} inclusive={inclusive} /></span>
      ))}
      {period ? <>{rest.length === 0 ? null : ', '}<Span from={from} to={to} /></> : null}
    </>
  );
}

interface Pair {
  /** Null: the whole of it. */
  readonly field: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stood there before and what stands there now, field by field where the thing has fields. */
export function pairsOf(before: unknown, after: unknown): Pair[] {
  if (!(isFields(before) || isFields(after)) || !(isFields(before) || before === null) || !(isFields(after) || after === null)) return [{ field: null, before, after }];
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((field) => ({ field, before: before?.[field], after: after?.[field] }));
}

/** What has parts takes room: the table scrolls where the screen is narrow. */
function Side(props: ToldProps): VNode {
  return typeof props.of === 'object' && props.of !== null ? <div class="roomy"><Told {...props} /></div> : <Told {...props} />;
}

/** Before and after, side by side. */
export function Change({ before, after, inclusive }: { readonly before: unknown; readonly after: unknown; readonly inclusive: boolean }): VNode {
  const view = useView();
  const { t } = view;
  const pairs = pairsOf(before, after);
  const differs = ({ before: was, after: is }: Pair): boolean => JSON.stringify(was ?? null) !== JSON.stringify(is ?? null);
  // Where everything differs, nothing needs a mark.
  const marks = pairs.some(differs) && !pairs.every(differs);
  return (
    <Table
      caption={t.trail.change} rows={pairs} keyOf={({ field }) => field ?? ''}
      columns={[
        { key: 'field', words: t.trail.field, head: true, cell: (pair) => <>{pair.field === null ? t.trail.wholeThing : fieldWords(pair.field, view)}{marks && differs(pair) ? <> <Status tone="warn">{t.trail.differs}</Status></> : null}</> },
        { key: 'before', words: t.trail.before, cell: (pair) => <Side of={pair.before} field={pair.field ?? ''} inclusive={inclusive} /> },
        { key: 'after', words: t.trail.after, cell: (pair) => <Side of={pair.after} field={pair.field ?? ''} inclusive={inclusive} /> },
      ]}
    />
  );
}
