/** Keeping a view of a list under a name, and letting it go. */
import { z } from 'zod';
import { audit } from '../../platform/audit/events.ts';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import type { SavedView } from './store.ts';
import { deleteView, insertView, viewsOfList } from './store.ts';

/** So many of one list are more than anybody finds his way in. */
export const MOST_VIEWS = 30;

/** Characters: far more than any filters that people set. */
const LONGEST_QUERY = 2_000;

export const viewInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** Path of the list as it is declared. */
  list: z.string().min(1).max(200),
  query: z.string(),
  /** In place of the one of the same name. */
  replace: z.boolean().optional(),
});

/** Keeps the view for whoever asks. @throws DomainError `view_name_taken` at `name`, `views_too_many`, `view_too_long` */
export async function saveView(ctx: Context, input: z.input<typeof viewInput>): Promise<void> {
  const { name, list, query, replace = false } = viewInput.parse(input);
  if (query.length > LONGEST_QUERY) throw new DomainError('invalid', 'view_too_long');
  const { code } = ctx.actor;
  await ctx.db.transaction(async (trx) => {
    const kept = await viewsOfList(trx, code, list);
    if (kept.length >= MOST_VIEWS && !kept.some((view) => view.name === name)) throw new DomainError('conflict', 'views_too_many', { most: String(MOST_VIEWS) });
    const taken = { name };
    const view = await insertView(trx, code, { list, name, query }, replace, ctx.clock.now());
    if (view === null) throw new DomainError('conflict', 'view_name_taken', taken, [{ field: 'name', code: 'view_name_taken', args: taken }]);
    // Its name is the owner's own affair: the trail does without.
    await audit(trx, ctx, { event: 'view.save', targets: { view }, before: null, after: { path: list, query } });
  });
}

/** Lets a view of one's own go. @throws DomainError `view_unknown` */
export async function dropView(ctx: Context, id: string): Promise<SavedView> {
  return ctx.db.transaction(async (trx) => {
    const gone = await deleteView(trx, ctx.actor.code, id);
    if (gone === null) throw new DomainError('not found', 'view_unknown');
    await audit(trx, ctx, { event: 'view.drop', targets: { view: id }, before: { path: gone.list, query: gone.query }, after: null });
    return gone;
  });
}
