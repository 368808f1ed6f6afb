import type { VNode } from 'preact';
import { FILLED_BY } from '../forms/state.ts';
import { useView } from '../view.ts';

/** What every form of ours brings along: the session's word and whose hands filled it in. */
export function FormMarks(): VNode {
  const { csrf, actor } = useView();
  return (
    <>
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name={FILLED_BY} value={actor?.code ?? ''} />
    </>
  );
}

/** A command that needs no more than a button. */
export function ActionButton({ to, words, about, values = {}, main = false, gives = 'page', inPlace }: {
  readonly to: string; readonly words: string; readonly values?: Readonly<Record<string, string>>; readonly main?: boolean;
  /** To what it happens, where several such buttons stand one under another: read out after the words. */
  readonly about?: string;
  /** A file leaves the page standing, so that the button may be pressed again. */
  readonly gives?: 'page' | 'file';
  /** Id of the part of the page that the answer replaces. */
  readonly inPlace?: string;
}): VNode {
  const there = inPlace === undefined ? {} : { 'hx-post': to, 'hx-target': `#${inPlace}`, 'hx-select': `#${inPlace}`, 'hx-swap': 'outerHTML' };
  return (
    <form method="post" action={to} class="action" data-gives={gives === 'file' ? 'file' : undefined} {...there}>
      <FormMarks />
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={main ? 'main' : undefined}>{words}{about === undefined ? null : <span class="unseen"> {about}</span>}</button>
    </form>
  );
}
