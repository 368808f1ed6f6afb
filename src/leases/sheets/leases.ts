/** `umowy`: a lease with its terms, the basis of its rate and its rooms. */
import { groupBy } from '../../platform/collections.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { endOf } from '../../platform/exchange/columns.ts';
import { NO_COUNTS, addCounts } from '../../platform/exchange/facts-sheet.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Applied, Exchange, ImportRow, Remark } from '../../platform/exchange/types.ts';
import type { FactEntry, KnownFact } from '../../platform/facts/plan.ts';
import { planHistory, planReplace } from '../../platform/facts/plan.ts';
import type { Stamp } from '../../platform/facts/stamp.ts';
import { applyPlan, readFacts } from '../../platform/facts/write.ts';
import { likePesel } from '../../persons/rules.ts';
import type { KnownDwelling } from '../../stock/sheets/codes.ts';
import { dwellingsByCode, roomsOf } from '../../stock/sheets/codes.ts';
import { leaseClash } from './clash.ts';
import type { KnownLease } from './codes.ts';
import { leasesByNumber } from './codes.ts';
import type { LeaseRow } from './lease-sheet.ts';
import { LEASE_SAMPLES, cellsOf, leaseReasons, leaseSheet, rowOf } from './lease-sheet.ts';
import { readLeases } from './read-leases.ts';
import { suspectDwellings } from './suspects.ts';
import { LEASE_BASES, LEASE_ROOMS, LEASE_TERMS } from './tables.ts';
import { apart, commonIn, joined } from './view.ts';
import { DWELLINGS } from '../../stock/sql.ts';

export const leases: Exchange<LeaseRow> = {
  sheet: leaseSheet,
  samples: LEASE_SAMPLES,
  span: (row) => row,
  // Leases of one dwelling may contradict one another.
  cluster: (row) => row.dwelling,
  key: (row) => row.lease,
  check(row) {
    const reasons = leaseReasons(row);
    return reasons.length > 0 ? { reasons } : { row: { ...row, stayed: row.stayed === true ? true : null, rooms: row.rooms === null ? null : [...row.rooms].sort() } };
  },
  async apply(trx, stamp, given): Promise<Applied> {
    const { good, refused } = await judge(trx, given);
    const known = await ensureLeases(trx, good.map(({ value }) => value));
    const counts = await write(trx, stamp, good, known);
    return { counts, refused, warnings: [] };
  },
  suspects: suspectDwellings,
  clash: leaseClash,
  async *read(trx, _setting, scope) {
    for await (const { number, dwelling, facts } of readLeases(trx, scope)) for (const piece of joined(facts)) yield rowOf(number, dwelling, piece);
  },
};

async function judge(trx: Transaction, given: readonly ImportRow<LeaseRow>[]): Promise<{ good: ImportRow<LeaseRow>[]; refused: Remark[] }> {
  const dwellings = await dwellingsByCode(trx, given.map(({ value }) => value.dwelling));
  const known = new Map<string, Pick<KnownLease, 'dwelling'>>(await leasesByNumber(trx, given.map(({ value }) => value.lease)));
  const roomReasons = await roomJudge(trx, given.map(({ value }) => value), dwellings);
  const good: ImportRow<LeaseRow>[] = [];
  const refused: Remark[] = [];
  for (const row of given) {
    const { lease, dwelling } = row.value;
    const there = known.get(lease);
    const reasons = !dwellings.has(dwelling)
      ? [reason('kod_lokalu', 'dwelling_unknown', { dwelling })]
      : there !== undefined && there.dwelling !== dwelling
        ? [reason('kod_lokalu', 'lease_elsewhere', { lease, dwelling: there.dwelling })]
        : there === undefined && likePesel(lease)
          ? [reason('numer_umowy', 'code_like_pesel')]
          : roomReasons(row.value);
    if (reasons.length > 0) {
      refused.push({ line: row.line, reasons });
      continue;
    }
    known.set(lease, { dwelling });
    good.push(row);
  }
  return { good, refused };
}

/** Rooms of a lease must be there, and nobody else's. VAL-10 */
async function roomJudge(trx: Transaction, given: readonly LeaseRow[], dwellings: ReadonlyMap<string, KnownDwelling>): Promise<(row: LeaseRow) => Reason[]> {
  const ids = given.flatMap(({ rooms, dwelling }) => (rooms === null ? [] : (dwellings.get(dwelling)?.id ?? [])));
  const parts = groupBy(ids.length === 0 ? [] : await roomsOf(trx, ids), ({ dwellingId, room }) => `${dwellingId}|${room}`);
  return (row) =>
    (row.rooms ?? []).flatMap((room): Reason[] => {
      const args = { room, dwelling: row.dwelling };
      const known = parts.get(`${dwellings.get(row.dwelling)?.id ?? ''}|${room}`);
      if (known === undefined) return [reason('pokoje', 'room_unknown', args)];
      const uses = known.map(({ use, from, to }) => ({ use, range: { from: from as PlainDate, to: to as PlainDate | null } }));
      return commonIn(uses, { from: row.from, to: endOf(row) }) ? [reason('pokoje', 'room_common', args)] : [];
    });
}

/** Leases that are new are entered. */
async function ensureLeases(trx: Transaction, given: readonly LeaseRow[]): Promise<Map<string, KnownLease>> {
  const known = await leasesByNumber(trx, given.map(({ lease }) => lease));
  const fresh = new Map(given.filter(({ lease }) => !known.has(lease)).map(({ lease, dwelling }) => [lease, dwelling]));
  if (fresh.size === 0) return known;
  await rows(
    trx,
    `insert into leases (number, dwelling_id) select k.number, d.id from unnest(?::text[], ?::text[]) as k(number, dwelling) join ${DWELLINGS} on d.code = k.dwelling on conflict do nothing`,
    [[...fresh.keys()], [...fresh.values()]],
  );
  return new Map([...known, ...(await leasesByNumber(trx, [...fresh.keys()]))]);
}

async function write(trx: Transaction, stamp: Stamp, given: readonly ImportRow<LeaseRow>[], known: ReadonlyMap<string, KnownLease>): Promise<Applied['counts']> {
  const entries = given.flatMap(({ value: row }): FactEntry[] => {
    const lease = known.get(row.lease);
    if (lease === undefined) throw new RangeError(`lease ${row.lease} was not entered`);
    return [{ key: { lease_id: lease.id }, value: cellsOf(row, lease.dwellingId), from: row.from, to: endOf(row), reopen: true }];
  });
  const byLease = groupBy(entries, ({ key }) => key['lease_id'] ?? '');
  const ids = [...byLease.keys()];
  const terms = groupBy(await readFacts(trx, LEASE_TERMS, ids), leaseOf);
  const bases = groupBy(await readFacts(trx, LEASE_BASES, ids), leaseOf);
  const rooms = groupBy(await readFacts(trx, LEASE_ROOMS, ids), leaseOf);
  let counts = NO_COUNTS;
  const pieces: KnownFact[] = [];
  const stored: { terms: KnownFact[]; bases: KnownFact[]; rooms: KnownFact[] } = { terms: [], bases: [], rooms: [] };
  for (const [id, group] of byLease) {
    const facts = { terms: terms.get(id) ?? [], bases: bases.get(id) ?? [], rooms: rooms.get(id) ?? [] };
    const history = planHistory(group, joined(facts));
    counts = addCounts(counts, history.counts);
    if (history.drafts.every((draft) => draft.stored !== null)) continue;
    pieces.push(...history.drafts.map(({ key, value, range }) => ({ key, value, range })));
    stored.terms.push(...facts.terms);
    stored.bases.push(...facts.bases);
    stored.rooms.push(...facts.rooms);
  }
  const targets = apart(pieces);
  await applyPlan(trx, stamp, LEASE_TERMS, planReplace(targets.terms, stored.terms));
  await applyPlan(trx, stamp, LEASE_BASES, planReplace(targets.bases, stored.bases));
  await applyPlan(trx, stamp, LEASE_ROOMS, planReplace(targets.rooms, stored.rooms));
  return counts;
}

function leaseOf({ key }: KnownFact): string {
  return key['lease_id'] ?? '';
}
