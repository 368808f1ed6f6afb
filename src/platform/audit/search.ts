/** Finding events: by time, actor, event, target and request, newest first, page by page. Whoever looks leaves an event himself. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import { audit } from './events.ts';
import { endOf, firstOf, moment } from './moments.ts';
import { requireTrail } from './scope.ts';
import { said } from '../problem-texts.ts';

const id = z.string().regex(/^\d{1,18}$/, said('number_of_event')).meta({ examples: ['118'] });

export const auditSearchInput = z.strictObject({
  from: moment.optional().meta({ description: 'Od dnia albo chwili, włącznie.' }),
  to: moment.optional().meta({ description: 'Do dnia włącznie albo do chwili.' }),
  actor: z.string().min(1).max(100).optional().meta({ examples: ['anna.referent'] }),
  event: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z_]*(?:\.[a-z][a-z_]*)*(?:\.\*)?$/, said('event_name'))
    .optional()
    .meta({ examples: ['run.*'] }),
  target: z
    .strictObject({
      kind: z.string().regex(/^[a-z][A-Za-z_]{0,39}$/, said('target_kind')).meta({ examples: ['run'] }),
      id: z.string().min(1).max(100).meta({ examples: ['4'] }),
    })
    .optional(),
  request: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, said('request_number')).optional(),
  order: z.enum(['newest', 'oldest']).optional().meta({ description: 'Najnowsze na początku, jeśli nie powiedziano inaczej.' }),
  limit: z.int().min(1).max(200).optional().meta({ examples: [50] }),
  after: id.optional().meta({ description: 'Dalszy ciąg: numer ostatniego zdarzenia poprzedniej strony (next).' }),
});

export type AuditSearch = z.output<typeof auditSearchInput>;

export interface FoundEvent {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly event: string;
  readonly request: string | null;
  readonly targets: Readonly<Record<string, string>>;
  readonly before: unknown;
  readonly after: unknown;
  readonly details: Readonly<Record<string, unknown>>;
  /** Its place in the chain of hashes; null while it waits for its seal. */
  readonly seal: { readonly place: string; readonly sealedAt: string; readonly hash: string } | null;
}

export interface FoundPage {
  readonly items: readonly FoundEvent[];
  /** What to give as `after` for the next page; null when this is the last. */
  readonly next: string | null;
}

const PAGE = 50;
const COLUMNS = 'e.id, e.at, e.actor, e.event, e.request_id, e.targets, e.details';

/** Looks into the trail and notes it (`audit.search`). @throws DomainError `audit_needs_whole_city`, `audit_event_unknown` for an `after` that is none */
export async function searchTrail(ctx: Context, input: z.input<typeof auditSearchInput>): Promise<FoundPage> {
  requireTrail(ctx);
  const filter = auditSearchInput.parse(input);
  return ctx.db.transaction(async (trx) => {
    const page = await findEvents(trx, filter);
    await audit(trx, ctx, { event: 'audit.search', targets: { trail: 'audit' }, details: toldFilter(filter, page.items.length) });
    return page;
  });
}

/** One event, which is noted (`audit.read`). @throws DomainError `audit_needs_whole_city`, `audit_event_unknown` */
export async function readEvent(ctx: Context, number: string): Promise<FoundEvent> {
  requireTrail(ctx);
  return ctx.db.transaction(async (trx) => {
    const [found] = await rows<Row>(trx, `select ${COLUMNS}, ${SEAL} from audit_events e ${SEALED} where e.id = ?`, [number]);
    if (!found) throw new DomainError('not found', 'audit_event_unknown', { event: number });
    await audit(trx, ctx, { event: 'audit.read', targets: { event: number } });
    return eventOf(found);
  });
}

/**
 * What was looked for. What nobody wrote into the trail is not kept in it either: who finds nothing may have typed a name, so then only
 * the filters are told and not what was in them.
 */
function toldFilter(filter: AuditSearch, found: number): Record<string, unknown> {
  const { actor, event, target, request, ...harmless } = filter;
  const typed = { actor, event, target, request };
  const given = Object.entries(typed).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return { found, ...harmless, ...(found > 0 ? typed : given.length > 0 ? { filters: given } : {}) };
}

interface Row {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly event: string;
  readonly request_id: string | null;
  readonly targets: Readonly<Record<string, unknown>>;
  readonly details: Readonly<Record<string, unknown>>;
  readonly place: string | null;
  readonly sealed_at: string | null;
  readonly hash: Buffer | null;
}

const SEAL = 's.place, s.sealed_at, s.hash';
const SEALED = 'left join audit_seals s on s.event_id = e.id';

/** A page of events, without leaving one. */
export async function findEvents(db: Queryable, filter: AuditSearch): Promise<FoundPage> {
  const limit = filter.limit ?? PAGE;
  const { sql, bindings } = await foundSql(db, filter, limit + 1);
  const found = await rows<Row>(db, `select ${COLUMNS}, ${SEAL} from (${sql}) e ${SEALED} order by ${orderOf(filter)}`, bindings);
  const items = found.slice(0, limit).map(eventOf);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}

function orderOf({ order }: AuditSearch): string {
  return order === 'oldest' ? 'e.at, e.id' : 'e.at desc, e.id desc';
}

/** The events of the page as SQL. A beginning of names is looked up first: for each name its own newest, of these the newest. */
async function foundSql(db: Queryable, filter: AuditSearch, limit: number): Promise<{ sql: string; bindings: string[] }> {
  const conditions = [...filterConditions(filter), ...(await placeCondition(db, filter))];
  const page = (more: string): string => {
    const where = [...conditions.map(([sql]) => sql), ...(more === '' ? [] : [more])];
    return `select e.* from audit_events e ${where.length === 0 ? '' : `where ${where.join(' and ')}`} order by ${orderOf(filter)} limit ${limit}`;
  };
  const bindings = conditions.flatMap(([, ...values]) => values);
  if (filter.event?.endsWith('.*') !== true) return { sql: page(''), bindings };
  const begins = filter.event.slice(0, -1);
  const sql = `select l.* from (${NAMES}) n cross join lateral (${page('e.event = n.event')}) l order by ${orderOf(filter).replaceAll('e.', 'l.')} limit ${limit}`;
  return { sql, bindings: [begins, ...bindings] };
}

/** Names of events that begin so. There are few names: each next one is a step in the index, however many events there are. */
const NAMES = `
  with recursive names as (
    (select e.event from audit_events e order by e.event limit 1)
    union all
    select (select e.event from audit_events e where e.event > n.event order by e.event limit 1) from names n where n.event is not null)
  select event from names where starts_with(event, ?)`;

type Condition = readonly [sql: string, ...values: string[]];

function filterConditions({ from, to, actor, event, target, request }: AuditSearch): Condition[] {
  return [
    ...(from === undefined ? [] : [['e.at >= ?', firstOf(from) ?? ''] as const]),
    ...(to === undefined ? [] : [['e.at < ?', endOf(to) ?? ''] as const]),
    ...(actor === undefined ? [] : [['e.actor = ?', actor] as const]),
    ...(event === undefined || event.endsWith('.*') ? [] : [['e.event = ?', event] as const]),
    ...(target === undefined ? [] : [['e.targets::jsonb @> ?::jsonb', JSON.stringify({ [target.kind]: target.id })] as const]),
    ...(request === undefined ? [] : [['e.request_id = ?', request] as const]),
  ];
}

async function placeCondition(db: Queryable, { after, order }: AuditSearch): Promise<Condition[]> {
  if (after === undefined) return [];
  const [last] = await rows<{ at: string }>(db, 'select at from audit_events where id = ?', [after]);
  if (!last) throw new DomainError('not found', 'audit_event_unknown', { event: after });
  return [[`(e.at, e.id) ${order === 'oldest' ? '>' : '<'} (?::timestamptz, ?::bigint)`, last.at, after]];
}

function eventOf({ id, at, actor, event, request_id: request, targets, details: all, place, sealed_at: sealedAt, hash }: Row): FoundEvent {
  const { before = null, after = null, ...details } = all;
  return {
    id, at, actor, event, request,
    targets: Object.fromEntries(Object.entries(targets).map(([kind, of]) => [kind, String(of)])),
    before, after, details,
    seal: place === null || sealedAt === null || hash === null ? null : { place, sealedAt, hash: hash.toString('hex') },
  };
}
