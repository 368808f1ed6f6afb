/**
 * Lists of persons whose data are no longer kept. One person of the staff makes a list, another approves it; then identities and the
 * persons' own keys are destroyed, while the rows stay under their codes. Who is due, the slices know that keep cases about persons.
 */
import { z } from 'zod';
import { requireWholeCity } from '../platform/access/scope.ts';
import { forgetPersons } from '../platform/access/users.ts';
import { audit } from '../platform/audit/events.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable, Transaction } from '../platform/database/connect.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { decide, openDecision } from '../platform/decisions.ts';
import { DomainError } from '../platform/errors.ts';
import { fixKnownAt } from '../platform/facts/stamp.ts';
import { destroyPersonKeys } from '../platform/secrets/index.ts';

/** A person and the first day on which nothing of the kind was open any more. */
export interface DuePerson {
  /** Id of the person. */
  readonly id: string;
  readonly endedOn: PlainDate;
}

export interface NewList {
  /** Kind of case: `lease_file`. */
  readonly class: string;
  /** Whose last case was over before this day. */
  readonly before: PlainDate;
  readonly due: readonly DuePerson[];
}

/** A list is of the whole city; one district's part of it would erase by halves. @throws DomainError `retention_needs_whole_city` */
function requireLists(ctx: Pick<Context, 'actor' | 'clock'>): void {
  requireWholeCity(ctx, 'retention_needs_whole_city');
}

/** Puts a list up for approval by somebody else. @throws DomainError `retention_needs_whole_city`, `retention_nobody` */
export async function openRetentionList(trx: Transaction, ctx: Context, { class: kind, before, due }: NewList): Promise<{ list: string; persons: number }> {
  requireLists(ctx);
  if (due.length === 0) throw new DomainError('invalid', 'retention_nobody', { before });
  const decision = await openDecision(trx, ctx, 'retention');
  const { id } = await row<{ id: string }>(
    trx,
    'insert into retention_lists (decision_id, class, made_on, ended_before, made_at) values (?, ?, ?, ?, ?) returning id',
    [decision, kind, ctx.clock.today(), before, ctx.clock.now()],
  );
  await trx.raw('insert into retention_entries (list_id, person_id, ended_on) select ?, k.id, k.ended from unnest(?::bigint[], ?::date[]) as k(id, ended)', [
    id, due.map((person) => person.id), due.map(({ endedOn }) => endedOn),
  ]);
  await trx('decisions').where({ id: decision }).update({ state: 'draft' });
  await audit(trx, ctx, { event: 'retention.list', targets: { retention: id }, before: null, after: { state: 'draft', persons: due.length }, details: { class: kind, endedBefore: before } });
  return { list: id, persons: due.length };
}

export interface RetentionList {
  readonly list: string;
  readonly class: string;
  readonly state: string;
  readonly madeOn: PlainDate;
  readonly before: PlainDate;
  readonly persons: number;
  readonly preparedBy: string | null;
  readonly decidedBy: string | null;
  /** Why it was rejected. */
  readonly reason: string | null;
}

const LISTS = `
  select l.id as list, l.class, d.state, l.made_on as "madeOn", l.ended_before as before,
    (select count(*)::int from retention_entries e where e.list_id = l.id) as persons,
    (select min(h.actor) from decision_hands h where h.decision_id = d.id and h.part = 'prepared') as "preparedBy",
    (select h.actor from decision_hands h where h.decision_id = d.id and h.part = 'decided') as "decidedBy",
    d.state_reason as reason
  from retention_lists l join decisions d on d.id = l.decision_id`;

type ListPage = { readonly limit: number; readonly offset: number; readonly sort: { readonly descending: boolean } };

/** Lists without their persons; on demand those alone that nobody has decided yet. @throws DomainError `retention_needs_whole_city` */
export async function listRetentionLists(ctx: Context, page: ListPage & { readonly undecided?: boolean }): Promise<{ items: RetentionList[]; total: number }> {
  requireLists(ctx);
  const where = page.undecided === true ? ` where d.state = 'draft'` : '';
  const items = await rows<RetentionList>(ctx.db, `${LISTS}${where} order by l.id ${page.sort.descending ? 'desc' : 'asc'} limit ? offset ?`, [page.limit, page.offset]);
  const { total } = await row<{ total: number }>(ctx.db, `select count(*)::int as total from retention_lists l join decisions d on d.id = l.decision_id${where}`);
  return { items, total };
}

/** A list without its persons. @throws DomainError `retention_needs_whole_city`, `retention_unknown` */
export async function viewRetentionList(ctx: Context, list: string): Promise<RetentionList> {
  requireLists(ctx);
  const { id } = await findList(ctx.db, list);
  return row<RetentionList>(ctx.db, `${LISTS} where l.id = ?`, [id]);
}

export interface RetentionEntry {
  readonly person: string;
  readonly name: string;
  readonly endedOn: PlainDate;
}

/**
 * Persons of a list in the order of their codes, by name: the look is an event (`retention.read`).
 * @throws DomainError `retention_needs_whole_city`, `retention_unknown`
 */
export async function listRetentionPersons(ctx: Context, list: string, page: ListPage): Promise<{ items: RetentionEntry[]; total: number }> {
  requireLists(ctx);
  return ctx.db.transaction(async (trx) => {
    const { id } = await findList(trx, list);
    const items = await rows<RetentionEntry>(
      trx,
      `select p.code as person, p.name, e.ended_on as "endedOn" from retention_entries e join persons p on p.id = e.person_id where e.list_id = ?
       order by p.code ${page.sort.descending ? 'desc' : 'asc'} limit ? offset ?`,
      [id, page.limit, page.offset],
    );
    const { total } = await row<{ total: number }>(trx, 'select count(*)::int as total from retention_entries where list_id = ?', [id]);
    await audit(trx, ctx, { event: 'retention.read', targets: { retention: id }, details: { from: page.offset, persons: items.length } });
    return { items, total };
  });
}

/** Numbers of the lists on which the person stands. `person` is an id. */
export async function retentionListsOf(db: Queryable, person: string): Promise<string[]> {
  const found = await rows<{ id: string }>(db, 'select list_id as id from retention_entries where person_id = ? order by list_id', [person]);
  return found.map(({ id }) => id);
}

/** Lists with the person that nobody has decided yet. `code` is the person's. */
export async function openListsWith(db: Queryable, code: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    `select e.list_id as id from retention_entries e join persons p on p.id = e.person_id join retention_lists l on l.id = e.list_id
     join decisions d on d.id = l.decision_id where p.code = ? and d.state = 'draft' order by e.list_id`,
    [code],
  );
  return found.map(({ id }) => id);
}

interface FoundList {
  readonly id: string;
  readonly decisionId: string;
  readonly class: string;
  readonly before: PlainDate;
}

/** @throws DomainError `retention_unknown` */
async function findList(db: Queryable, list: string): Promise<FoundList> {
  const [found] = /^\d{1,18}$/.test(list)
    ? await rows<FoundList>(db, 'select id, decision_id as "decisionId", class, ended_before as before from retention_lists where id = ?', [list])
    : [];
  if (found === undefined) throw new DomainError('not found', 'retention_unknown', { list });
  return found;
}

/** Of these persons those who are still due, by class and day. */
export type StillDue = (trx: Transaction, before: PlainDate, persons: readonly string[]) => Promise<readonly DuePerson[]>;

/** What stands for a name that was erased. */
export const ERASED_NAME = 'usunięto';
const NAMED = 10;

/**
 * Approves a list: erases name, PESEL, document and birth date and destroys the persons' keys. Whole or not at all.
 * @throws DomainError `retention_needs_whole_city`, `retention_unknown`, `retention_changed` (somebody is no longer due), `decision_own`,
 * `decision_not_draft`, `facts_being_written`
 */
export async function approveRetentionList(ctx: Context, list: string, stillDue: StillDue): Promise<{ erased: number }> {
  requireLists(ctx);
  return ctx.db.transaction(async (trx) => {
    const found = await findList(trx, list);
    await decide(trx, ctx, found.decisionId, 'approved', null);
    // Nobody writes facts between the look and the end of this transaction: neither a new party of a lease, nor one that is taken up again.
    await fixKnownAt(trx, ctx.clock, `retention ${found.id} approval`);
    const persons = await rows<{ id: string; code: string }>(
      trx,
      'select p.id, p.code from retention_entries e join persons p on p.id = e.person_id where e.list_id = ? order by p.id for update of p',
      [found.id],
    );
    const ids = persons.map(({ id }) => id);
    const due = new Set((await stillDue(trx, found.before, ids)).map(({ id }) => id));
    const changed = persons.filter(({ id }) => !due.has(id)).map(({ code }) => code);
    if (changed.length > 0) throw new DomainError('conflict', 'retention_changed', { persons: `${changed.slice(0, NAMED).join(', ')}${changed.length > NAMED ? '…' : ''}` });
    await trx.raw(
      `update persons set name = ?, pesel_sealed = null, pesel_hash = null, without_pesel = 'erased', document_sealed = null, born_on = null, erased_at = ?
       where id = any(?::bigint[])`,
      [ERASED_NAME, ctx.clock.now(), ids] as never[],
    );
    await destroyPersonKeys(trx, ctx.clock, ids);
    await forgetPersons(trx, ids, { at: ctx.clock.now(), by: ctx.actor.code, name: ERASED_NAME });
    await audit(trx, ctx, { event: 'retention.approve', targets: { retention: found.id }, before: { state: 'draft' }, after: { state: 'approved', erased: ids } });
    return { erased: ids.length };
  });
}

export const listRejection = z.strictObject({ reason: z.string().trim().min(3).max(500) });

/** Rejects a list, with a reason; nothing is erased. @throws DomainError `retention_needs_whole_city`, `retention_unknown`, `decision_own`, `decision_not_draft` */
export async function rejectRetentionList(ctx: Context, list: string, input: z.input<typeof listRejection>): Promise<void> {
  requireLists(ctx);
  const { reason } = listRejection.parse(input);
  await ctx.db.transaction(async (trx) => {
    const found = await findList(trx, list);
    await decide(trx, ctx, found.decisionId, 'rejected', reason);
    await audit(trx, ctx, { event: 'retention.reject', targets: { retention: found.id }, before: { state: 'draft' }, after: { state: 'rejected' } });
  });
}
