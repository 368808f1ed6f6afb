/** Dwellings whose leases may overlap: a look that spares the search for the rows to blame, never a judgement. */
import { groupBy } from '../../platform/collections.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import type { DayRange } from '../../platform/dates/ranges.ts';
import { overlaps, parseDayRange } from '../../platform/dates/ranges.ts';
import { endOf } from '../../platform/exchange/columns.ts';
import type { LeaseRow } from './lease-sheet.ts';
import { DWELLINGS } from '../../stock/sql.ts';

interface Held {
  readonly dwelling: string;
  readonly lease: string;
  readonly whole: boolean;
  readonly range: DayRange;
}

/** More leases than these in one dwelling are not compared. */
const MOST = 200;

/** Codes of dwellings in which, as the rows and what is known say, two leases share days and the dwelling, or may share a room. */
export async function suspectDwellings(trx: Transaction, given: readonly LeaseRow[]): Promise<Set<string>> {
  const found = await rows<{ dwelling: string; lease: string; whole: boolean; valid: string }>(
    trx,
    `select d.code as dwelling, l.number as lease, f.covers = 'whole' as whole, f.valid::text as valid
     from ${DWELLINGS} join leases l on l.dwelling_id = d.id join lease_terms f on f.lease_id = l.id where d.code = any(?::text[]) and upper_inf(f.recorded)`,
    [[...new Set(given.map(({ dwelling }) => dwelling))]],
  );
  const known = found.map(({ valid, ...held }): Held => ({ ...held, range: parseDayRange(valid) }));
  const said = given.map((row): Held => ({ dwelling: row.dwelling, lease: row.lease, whole: row.rooms === null, range: { from: row.from, to: endOf(row) } }));
  const suspects = [...groupBy([...known, ...said], ({ dwelling }) => dwelling)].filter(([, held]) => held.length > MOST || mayClash(held));
  return new Set(suspects.map(([dwelling]) => dwelling));
}

function mayClash(held: readonly Held[]): boolean {
  return held.some((one, index) => held.slice(index + 1).some((other) => one.lease !== other.lease && one.whole === other.whole && overlaps(one.range, other.range)));
}
