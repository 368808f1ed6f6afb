/** Pieces a page is put together from: sections, figures, empty states, dialogues, progress, notices. */
import type { ComponentChildren, VNode } from 'preact';
import { number } from '../format.ts';
import { useView } from '../view.ts';

/** A part of a page with its heading. */
export function Section({ id, title, children, aside }: { readonly id: string; readonly title: string; readonly children: ComponentChildren; readonly aside?: ComponentChildren }): VNode {
  return (
    <section aria-labelledby={id} class="section">
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** What stands where nothing is yet: why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}

/** A note that stays. */
export function Note({ tone = 'info', children }: { readonly tone?: 'good' | 'info' | 'bad'; readonly children: ComponentChildren }): VNode {
  return <div class={`notice ${tone}`}>{children}</div>;
}

/** Large figures side by side. */
export function Figures({ of }: { readonly of: readonly { readonly name: string; readonly value: ComponentChildren; readonly more?: ComponentChildren }[] }): VNode {
  return (
    <dl class="figures">
      {of.map(({ name, value, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong>
            {more === undefined ? null : <span class="soft">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Asks before something that matters. The button opens it without script in browsers that know invokers; `href` is the way for the others. */
export function Dialogue({ id, open, title, children }: { readonly id: string; readonly open: string; readonly title: string; readonly children: ComponentChildren }): VNode {
  const { t } = useView();
  return (
    <>
      <button type="button" {...{ command: 'show-modal', commandfor: id }}>{open}</button>
      <dialog id={id} aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`}>{title}</h2>
        {children}
        <form method="dialog">
          <button type="submit" class="quiet">{t.form.cancel}</button>
        </form>
      </dialog>
    </>
  );
}

/** How far long work has come. It asks again by itself while it runs; without script the browser does. */
export function Progress({ done, total, words, running, address, part = 'progress' }: {
  readonly done: number; readonly total: number | null; readonly words: string; readonly running: boolean;
  /** Where the same page says how far it is by then. */
  readonly address: string;
  /** Id of the part of the page that the answer replaces: what stands around this, where it shows the result by then. */
  readonly part?: string;
}): VNode {
  const { language } = useView();
  const told = total === null ? number(done, language) : `${number(done, language)} / ${number(total, language)}`;
  // What has only begun may be over in a moment.
  const soon = done === 0 ? 'load delay:250ms, every 1s' : 'every 1s';
  const again = running ? { 'hx-get': address, 'hx-trigger': soon, 'hx-select': `#${part}`, 'hx-target': `#${part}`, 'hx-swap': 'outerHTML' } : {};
  return (
    <div id="progress" class="progress" {...again}>
      <label for="progress-bar">{words}</label>
      {total === null ? <progress id="progress-bar" /> : <progress id="progress-bar" value={done} max={Math.max(total, 1)} />}
      <span class="soft">{told}</span>
    </div>
  );
}

export interface Happened {
  readonly key: string;
  readonly when: ComponentChildren;
  readonly what: ComponentChildren;
  readonly more?: ComponentChildren;
  /** It no longer counts: corrected or taken back. */
  readonly over?: boolean;
}

/** What happened, in the order of time. */
export function Timeline({ of, label }: { readonly of: readonly Happened[]; readonly label: string }): VNode {
  return (
    <ol class="timeline" aria-label={label}>
      {of.map(({ key, when, what, more, over }) => (
        <li key={key} class={over === true ? 'over' : undefined}>
          <div class="when">{when}</div>
          <div class="what">
            {what}
            {more === undefined ? null : <div class="soft">{more}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Tabs that are pages: each has its address. */
export function Tabs({ label, of }: { readonly label: string; readonly of: readonly { readonly to: string; readonly words: string; readonly here: boolean }[] }): VNode {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {of.map(({ to, words, here }) => (
          <li key={to}>
            <a href={to} aria-current={here ? 'page' : undefined}>{words}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
