/** `czynsze`: rents in force as other systems set them. What a run approved is never replaced by a file. */
import { groupBy } from '../../platform/collections.ts';
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { overlaps } from '../../platform/dates/ranges.ts';
import { SPAN_SQL, endOf } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { NO_COUNTS, addCounts } from '../../platform/exchange/facts-sheet.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Applied, Exchange, ImportRow, Remark } from '../../platform/exchange/types.ts';
import type { FactEntry } from '../../platform/facts/plan.ts';
import { holdsExactly, planHistory, rangeOf } from '../../platform/facts/plan.ts';
import { dec } from '../../platform/money.ts';
import { leasesByNumber } from '../../leases/sheets/codes.ts';
import type { RentRow } from './rent-sheet.ts';
import { RENT_SAMPLES, cellsOf, productWarnings, rentSheet } from './rent-sheet.ts';
import type { KnownRent, LeaseRents } from './store.ts';
import { knownRents, replaceRents } from './store.ts';
import { leasesFor } from '../../leases/sql.ts';

export const rents: Exchange<RentRow> = {
  sheet: rentSheet,
  samples: RENT_SAMPLES,
  span: (row) => row,
  cluster: (row) => row.lease,
  key: (row) => row.lease,
  check: (row) => ({ row }),
  async apply(trx, stamp, given): Promise<Applied> {
    const { good, refused, known } = await judge(trx, given);
    let counts = NO_COUNTS;
    const changed: LeaseRents[] = [];
    for (const [leaseId, group] of groupBy(good, ({ entry }) => entry.key['lease_id'] ?? '')) {
      const stored = known.get(leaseId) ?? [];
      const history = planHistory(group.map(({ entry }) => entry), stored);
      counts = addCounts(counts, history.counts);
      if (history.drafts.some((draft) => draft.stored === null)) changed.push({ stored, pieces: history.drafts });
    }
    await replaceRents(trx, stamp, changed);
    const warnings = good.flatMap(({ row }): Remark[] => {
      const reasons = productWarnings(row.value);
      return reasons.length === 0 ? [] : [{ line: row.line, reasons }];
    });
    return { counts, refused, warnings };
  },
  async *read(trx, _setting, scope) {
    const sql = `select l.number as lease, r.amount::text as amount, r.rate::text as rate, r.area_m2::text as area, f.last_increase_on::text as "lastIncrease", ${SPAN_SQL}
      from rent_periods f join rents r on r.id = f.rent_id join ${leasesFor(scope)} on l.id = f.lease_id where upper_inf(f.recorded) order by l.number collate "C", lower(f.valid)`;
    for await (const row of cursorRows<Omit<RentRow, 'amount' | 'rate' | 'area'> & { amount: string; rate: string | null; area: string | null }>(trx, sql, scopeBindings(scope))) {
      yield { ...row, amount: dec(row.amount), rate: row.rate === null ? null : dec(row.rate), area: row.area === null ? null : dec(row.area) };
    }
  },
};

interface Judged {
  readonly good: readonly { readonly row: ImportRow<RentRow>; readonly entry: FactEntry }[];
  readonly refused: readonly Remark[];
  readonly known: ReadonlyMap<string, readonly KnownRent[]>;
}

async function judge(trx: Transaction, given: readonly ImportRow<RentRow>[]): Promise<Judged> {
  const leases = await leasesByNumber(trx, given.map(({ value }) => value.lease));
  const known = await knownRents(trx, [...leases.values()].map(({ id }) => id));
  const good: { row: ImportRow<RentRow>; entry: FactEntry }[] = [];
  const refused: Remark[] = [];
  for (const row of given) {
    const { lease } = row.value;
    const id = leases.get(lease)?.id;
    if (id === undefined) {
      refused.push({ line: row.line, reasons: [reason('numer_umowy', 'lease_unknown', { lease })] });
      continue;
    }
    const entry: FactEntry = { key: { lease_id: id }, value: cellsOf(row.value), from: row.value.from, to: endOf(row.value), reopen: true };
    const approved = approvedReasons(entry, known.get(id) ?? []);
    if (approved.length > 0) refused.push({ line: row.line, reasons: approved });
    else good.push({ row, entry });
  }
  return { good, refused, known };
}

/** A rent that a run approved stays: it was told in a letter. The same rent again says nothing new. */
function approvedReasons(entry: FactEntry, known: readonly KnownRent[]): Reason[] {
  const range = rangeOf(entry, known);
  if (holdsExactly(known, range, entry.value)) return [];
  const approved = known.find((rent) => rent.runId !== null && overlaps(rent.range, range));
  return approved === undefined ? [] : [reason('od', 'rent_approved', { from: approved.range.from, run: approved.runId ?? '' })];
}
