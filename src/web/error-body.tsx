/** What went wrong, what to do, and the number by which it is found in the log. */
import type { VNode } from 'preact';
import type { Problem } from '../platform/problems.ts';
import { useView } from './view.ts';

export function ErrorBody({ problem, requestId }: { readonly problem: Problem; readonly requestId: string }): VNode {
  const { t, actor } = useView();
  return (
    <div class="notice bad">
      <p>{problem.code === 'route_unknown' ? t.error.noPage : problem.detail}</p>
      {problem.errors === undefined ? null : (
        <ul>
          {problem.errors.map(({ field, message }) => (
            <li key={field}>
              <strong>{field}</strong>: {message}
            </li>
          ))}
        </ul>
      )}
      <p>{actor === null ? <a href="/sign-in">{t.signIn.heading}</a> : <a href="/">{t.error.home}</a>}</p>
      {problem.status < 500 ? null : (
        <p class="soft">
          {t.error.number} <code>{requestId}</code>
        </p>
      )}
    </div>
  );
}
