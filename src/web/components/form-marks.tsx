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
export function ActionButton({ to, words, values = {}, main = false }: { readonly to: string; readonly words: string; readonly values?: Readonly<Record<string, string>>; readonly main?: boolean }): VNode {
  return (
    <form method="post" action={to} class="action">
      <FormMarks />
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={main ? 'main' : undefined}>{words}</button>
    </form>
  );
}
