/** Rents and their periods, as an import reads and writes them. */
import { groupBy } from '../../platform/collections.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import type { Draft, FactCell, KnownFact } from '../../platform/facts/plan.ts';
import { planReplace } from '../../platform/facts/plan.ts';
import type { Stamp } from '../../platform/facts/stamp.ts';
import type { FactTable } from '../../platform/facts/write.ts';
import { applyPlan, readFacts } from '../../platform/facts/write.ts';

const RENT_PERIODS: FactTable = { table: 'rent_periods', key: { lease_id: 'bigint' }, value: { rent_id: 'bigint', last_increase_on: 'date' } };

/** A rent in force; its cells are those of the file, and `rent_id`. */
export interface KnownRent extends KnownFact {
  /** The run that approved it; null = imported. */
  readonly runId: string | null;
}

/** A lease whose rents change. */
export interface LeaseRents {
  readonly stored: readonly KnownRent[];
  readonly pieces: readonly Draft[];
}

interface RentAmounts {
  readonly id: string;
  readonly amount: string;
  readonly rate: string | null;
  readonly area_m2: string | null;
  readonly run_id: string | null;
}

/** Rents of the leases as known now, by lease. */
export async function knownRents(trx: Transaction, leaseIds: readonly string[]): Promise<Map<string, KnownRent[]>> {
  const periods = await readFacts(trx, RENT_PERIODS, leaseIds);
  const found = await rows<RentAmounts>(
    trx,
    'select id, amount::text as amount, rate::text as rate, area_m2::text as area_m2, run_id from rents where id = any(?::bigint[])',
    [[...new Set(periods.map(({ value }) => value['rent_id'] ?? ''))]],
  );
  const amounts = new Map(found.map((rent) => [rent.id, rent]));
  return groupBy(
    periods.map((period): KnownRent => {
      const rent = amounts.get(period.value['rent_id'] ?? '');
      return { ...period, value: { ...period.value, amount: rent?.amount ?? null, rate: rent?.rate ?? null, area_m2: rent?.area_m2 ?? null }, runId: rent?.run_id ?? null };
    }),
    ({ key }) => key['lease_id'] ?? '',
  );
}

/** Writes the pieces in the place of what was known of their leases; pieces without a rent get one. */
export async function replaceRents(trx: Transaction, stamp: Stamp, changed: readonly LeaseRents[]): Promise<void> {
  const pieces = changed.flatMap(({ stored, pieces: given }) => given.map((piece) => sameRent(piece, stored)));
  const ids = await enterRents(trx, stamp, pieces.filter(({ value }) => value['rent_id'] === undefined));
  const targets = pieces.map((piece) => periodOf(piece, piece.value['rent_id'] ?? ids.get(amountsOf(piece)) ?? null));
  const stored = changed.flatMap((lease) => lease.stored.map((rent) => periodOf(rent, rent.value['rent_id'] ?? null)));
  await applyPlan(trx, stamp, RENT_PERIODS, planReplace(targets, stored));
}

/** Only the days changed: the rent of the same first day and the same amounts goes on. */
function sameRent(piece: KnownFact, stored: readonly KnownRent[]): KnownFact {
  if (piece.value['rent_id'] !== undefined) return piece;
  const before = stored.find((rent) => rent.range.from === piece.range.from && rent.runId === null && amountsOf(rent) === amountsOf(piece));
  return before === undefined ? piece : { ...piece, value: { ...piece.value, rent_id: before.value['rent_id'] ?? null } };
}

function periodOf({ key, value, range, ...rest }: KnownFact, rentId: FactCell): KnownFact {
  return { ...rest, key, value: { rent_id: rentId, last_increase_on: value['last_increase_on'] ?? null }, range };
}

function amountsOf({ key, value }: Pick<KnownFact, 'key' | 'value'>): string {
  return [key['lease_id'], value['amount'], value['rate'], value['area_m2']].map((cell) => cell ?? '').join('|');
}

/** One rent for each lease and amounts. */
async function enterRents(trx: Transaction, stamp: Stamp, pieces: readonly KnownFact[]): Promise<Map<string, string>> {
  const fresh = [...new Map(pieces.map((piece) => [amountsOf(piece), piece])).values()];
  if (fresh.length === 0) return new Map();
  const cells = (name: string): FactCell[] => fresh.map(({ value }) => value[name] ?? null);
  const entered = await rows<{ id: string; lease_id: string; amount: string; rate: string | null; area_m2: string | null }>(
    trx,
    `insert into rents (lease_id, amount, rate, area_m2, origin, change_id)
     select k.lease_id, k.amount, k.rate, k.area_m2, 'imported', ? from unnest(?::bigint[], ?::numeric[], ?::numeric[], ?::numeric[]) as k(lease_id, amount, rate, area_m2)
     returning id, lease_id, amount::text as amount, rate::text as rate, area_m2::text as area_m2`,
    [stamp.changeId, fresh.map(({ key }) => key['lease_id'] ?? null), cells('amount'), cells('rate'), cells('area_m2')] as never[],
  );
  return new Map(entered.map(({ id, lease_id, ...value }) => [amountsOf({ key: { lease_id }, value }), id]));
}
