/** One event a command, in its transaction. What seals them stands in seal.ts, what finds them in search.ts. */
import type { Context } from '../context.ts';
import type { Queryable } from '../database/connect.ts';

/** What an event tells of a thing: codes, dates, options, amounts as decimal texts; never personal values. */
export type AuditValue = string | number | boolean | null | readonly AuditValue[] | { readonly [name: string]: AuditValue };

/** Ids and codes only: no names, no personal data. */
export interface AuditEvent {
  readonly event: string;
  /** What it is about, at least one: found by kind and id. The database refuses an event without (`audit_events_without_targets`). */
  readonly targets: Readonly<Record<string, string | number>>;
  /** The changed thing as it was, as far as it changed; null where there was none. */
  readonly before?: AuditValue;
  /** The changed thing as it is now, as far as it changed; null where there is none any more. */
  readonly after?: AuditValue;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Who notes events, and when. */
type Noting = Pick<Context, 'actor' | 'clock' | 'requestId'>;

export async function audit(trx: Queryable, ctx: Noting, event: AuditEvent): Promise<void> {
  await trx('audit_events').insert({ at: ctx.clock.now(), actor: ctx.actor.code, event: event.event, request_id: ctx.requestId, targets: targetsOf(event), details: detailsOf(event) });
}

/** One event for each of many things that one command changed, in the order given. */
export async function auditAll(trx: Queryable, ctx: Noting, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await trx.raw(
    `insert into audit_events (at, actor, event, request_id, targets, details)
     select ?, ?, e.event, ?, e.targets::json, e.details::json from unnest(?::text[], ?::text[], ?::text[]) with ordinality as e(event, targets, details, place) order by e.place`,
    [ctx.clock.now(), ctx.actor.code, ctx.requestId, events.map(({ event }) => event), events.map(targetsOf), events.map(detailsOf)] as never[],
  );
}

/** As texts, so that a target is found whether its number came as a text or not. */
function targetsOf({ targets }: AuditEvent): string {
  return JSON.stringify(Object.fromEntries(Object.entries(targets).map(([kind, id]) => [kind, String(id)])));
}

function detailsOf({ details, before, after }: AuditEvent): string {
  return JSON.stringify({ ...details, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
}

/** What differs of a list between before and after: what went and what came. */
export function changeOf<T extends AuditValue>(before: readonly T[], after: readonly T[]): { before: readonly T[]; after: readonly T[] } {
  const [was, is] = [new Set(before.map(textOf)), new Set(after.map(textOf))];
  return { before: before.filter((value) => !is.has(textOf(value))), after: after.filter((value) => !was.has(textOf(value))) };
}

function textOf(value: AuditValue): string {
  return JSON.stringify(value);
}
