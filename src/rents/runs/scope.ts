/** Which leases a run is over. */
import { z } from 'zod';
import { LEASES, changedLeases, dwellingsOf, lasting } from '../../leases/sql.ts';
import type { Scope } from '../../platform/access/scope.ts';
import type { ArrayQuery } from '../../platform/database/query.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import { parseInstant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { DWELLINGS, changedDwellings, inAnyDistrict, inBuilding, inDistrict, touchedBy } from '../../stock/sql.ts';
import type { LeaseSet } from '../assemble.ts';
import { said } from '../../platform/problem-texts.ts';

/** What the database can keep too: a year of our time, no more than nine digits of a second. */
function isInstant(text: string): boolean {
  return /^(?:19|2\d)\d\d-/.test(text) && !/\.\d{10}/.test(text);
}

const code = z.string().trim().min(1).max(60);

/** The whole stock, a district, a building, a list of leases, leases without a rent, or what changed since the last run or an instant. */
export const runScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('district'), district: code }),
  z.strictObject({ kind: z.literal('building'), building: code }),
  z.strictObject({ kind: z.literal('leases'), leases: z.array(code).min(1).max(20_000) }),
  z.strictObject({ kind: z.literal('without_rent') }),
  z.strictObject({ kind: z.literal('changed'), since: z.iso.datetime({ offset: true }).refine(isInstant, said('want_moment')) }),
]);

export type RunScope = z.infer<typeof runScope>;

/** A scope as a run keeps it: who is limited to districts goes over no others, and the run says so. */
export type KeptScope = RunScope & { readonly districts?: readonly string[] };

/** The scope as the reader's limit narrows it. Where it names things of its own, those were looked for within the limit already. */
export function keptScope(given: RunScope, reader: Scope): KeptScope {
  const narrows = given.kind === 'all' || given.kind === 'changed' || given.kind === 'without_rent';
  return reader.kind === 'districts' && narrows ? { ...given, districts: reader.districts } : given;
}

/** SQL condition of a scope on `leases l` of `dwellings d`, with the values it needs. */
interface ScopeSql {
  readonly condition: string;
  readonly values: readonly unknown[];
}

/** Changes recorded after the instant, given as SQL. */
function changesAfter(instant: string): string {
  return `(select c.id from changes c where c.recorded_at > ${instant}::timestamptz)`;
}

/** Ids of dwellings about which, or about whose leases and rents, something was recorded or closed after the instant (SQL). */
export function changedSince(instant: string): string {
  const changes = changesAfter(instant);
  const rents = `select p.lease_id from rent_periods p where ${touchedBy('p', changes)}`;
  return `${changedDwellings(changes)} union ${dwellingsOf(`l.id in (${changedLeases(changes)} union ${rents})`)}`;
}

/** The scope as SQL: `known` and `day` are SQL too; its own value, if it has one, is the parameter `first`. */
function scopeSql(scope: RunScope, known: string, day: string, first: number): ScopeSql {
  const value = `$${first}`;
  switch (scope.kind) {
    case 'all':
      return { condition: 'true', values: [] };
    case 'district':
      return { condition: inDistrict(value, day, known), values: [scope.district] };
    case 'building':
      return { condition: inBuilding(value), values: [scope.building] };
    case 'leases':
      return { condition: `l.number = any(${value}::text[])`, values: [scope.leases] };
    case 'without_rent':
      return { condition: `not exists (select 1 from rent_periods p where p.lease_id = l.id and p.recorded @> ${known})`, values: [] };
    case 'changed':
      return { condition: `d.id in (${changedSince(value)})`, values: [parseInstant(scope.since)] };
  }
}

/** Narrowed to the districts that the scope keeps, by where dwellings lie on the run's own day. */
function within({ districts }: KeptScope, { condition, values }: ScopeSql): ScopeSql {
  if (districts === undefined) return { condition, values };
  return { condition: `${condition} and ${inAnyDistrict(`$${3 + values.length}`, '$2::date', '$1::timestamptz')}`, values: [...values, districts] };
}

/**
 * Leases of the scope that last beyond the day, as known at the instant, building by building. Looked up once, and not again for every
 * part of a run.
 */
export async function leasesOfScope(query: ArrayQuery, scope: KeptScope, knownAt: Instant, day: PlainDate): Promise<LeaseSet[]> {
  const { condition, values } = within(scope, scopeSql(scope, '$1::timestamptz', '$2::date', 3));
  const found = await query(
    `select string_agg(l.id::text, ' '), string_agg(d.id::text, ' ') from ${LEASES} join ${DWELLINGS} on d.id = l.dwelling_id
     where ${condition} and ${lasting('$1::timestamptz', '$2::date')} group by d.building_id order by d.building_id`,
    [knownAt, day, ...values],
  );
  return found.map(([leases, dwellings]) => ({ leases: (leases ?? '').split(' '), dwellings: [...new Set((dwellings ?? '').split(' '))] }));
}
