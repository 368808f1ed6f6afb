/** Why long work failed, as the operation keeps it. */
import type { ComponentChildren, VNode } from 'preact';
import type { Problem } from '../../platform/problems.ts';
import { retold } from '../../platform/problems.ts';
import { Note } from './parts.tsx';

export function Failed({ problem, children }: { readonly problem: unknown; readonly children: ComponentChildren }): VNode {
  const { detail, errors = [] }: Partial<Problem> = retold(problem) ?? {};
  return (
    <Note tone="bad">
      <p><strong>{children}</strong></p>
      {detail === undefined ? null : <p>{detail}</p>}
      {errors.length === 0 ? null : <ul>{errors.map(({ field, message }) => <li key={field}><strong>{field}</strong>: {message}</li>)}</ul>}
    </Note>
  );
}
