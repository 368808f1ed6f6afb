/** Above a list: one's own views of it, and how to keep the one that is shown. */
import type { VNode } from 'preact';
import { at } from '../address.ts';
import { useView } from '../view.ts';
import { keptQuery, viewAt } from './address.ts';
import type { SavedView } from './store.ts';

export interface ListViews {
  /** Path of the list as it is declared. */
  readonly list: string;
  readonly saved: readonly SavedView[];
}

export function ViewsMenu({ of: { list, saved } }: { readonly of: ListViews }): VNode | null {
  const { t, address } = useView();
  const now = keptQuery(address);
  const here = saved.find(({ query }) => query === now);
  const canSave = now !== '' && here === undefined;
  if (saved.length === 0 && !canSave) return null;
  return (
    <nav class="views" aria-label={t.views.heading}>
      {saved.length === 0 ? null : (
        <ul>
          {saved.map((view) => (
            <li key={view.id}>
              <a href={viewAt(address, view)} aria-current={view === here ? 'true' : undefined}>{view.name}</a>
            </li>
          ))}
        </ul>
      )}
      {canSave ? <a href={at('/views/new', {}, { list, of: address })}>{t.views.save}</a> : null}
      {saved.length === 0 ? null : <a href="/views" class="soft">{t.views.manage}</a>}
    </nav>
  );
}
