/** The leases of a scope with what is known of them now, one at a time. */
import type { Scope } from '../../platform/access/scope.ts';
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { parseDayRange } from '../../platform/dates/ranges.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import type { FactCell, KnownFact } from '../../platform/facts/plan.ts';
import type { FactTable } from '../../platform/facts/write.ts';
import { LEASE_BASES, LEASE_ROOMS, LEASE_TERMS } from './tables.ts';
import type { LeaseFacts } from './view.ts';
import { DWELLINGS } from '../../stock/sql.ts';
import { leasesFor } from '../sql.ts';

interface ReadLease {
  readonly number: string;
  readonly dwelling: string;
  readonly facts: LeaseFacts;
}

type Cells = Record<string, FactCell> & { readonly valid: string };

/** The table's rows of a lease as one array of objects whose values are texts, as the fact writer reads them. */
function arrayOf({ table, key, value }: FactTable): string {
  const columns = [...Object.keys(key), ...Object.keys(value)].map((column) => `'${column}', f.${column}::text`).join(', ');
  return `(select coalesce(json_agg(json_build_object(${columns}, 'valid', f.valid::text)), '[]') from ${table} f where f.lease_id = l.id and upper_inf(f.recorded))`;
}

export async function* readLeases(trx: Transaction, scope: Scope): AsyncGenerator<ReadLease> {
  const sql = `select l.number, d.code as dwelling, ${arrayOf(LEASE_TERMS)} as terms, ${arrayOf(LEASE_BASES)} as bases, ${arrayOf(LEASE_ROOMS)} as rooms
    from ${leasesFor(scope)} join ${DWELLINGS} on d.id = l.dwelling_id order by l.number collate "C"`;
  for await (const { number, dwelling, terms, bases, rooms } of cursorRows<{ number: string; dwelling: string; terms: Cells[]; bases: Cells[]; rooms: Cells[] }>(trx, sql, scopeBindings(scope))) {
    yield { number, dwelling, facts: { terms: factsOf(LEASE_TERMS, terms), bases: factsOf(LEASE_BASES, bases), rooms: factsOf(LEASE_ROOMS, rooms) } };
  }
}

function factsOf({ key, value }: FactTable, found: readonly Cells[]): KnownFact[] {
  const pick = (cells: Cells, columns: object): Record<string, FactCell> => Object.fromEntries(Object.keys(columns).map((column) => [column, cells[column] ?? null]));
  return found.map((cells) => ({ key: pick(cells, key), value: pick(cells, value), range: parseDayRange(cells.valid) }));
}
