/** Writes leases as rows: numbered by the year and order of their first days. */
import type { Days } from './calendar.ts';
import { dayText } from './calendar.ts';
import type { Amendment } from './history.ts';
import { history, since } from './history.ts';
import type { LeaseDraft, PartyDraft } from './lease-drafts.ts';
import type { City, Times } from './rows.ts';

/** Numbers the leases `ZBK/2014/01234` (without a title `BT/2024/00012`) and writes them with all that belongs to them. */
export function writeLeases(drafts: readonly LeaseDraft[], city: City): void {
  const sorted = drafts.map((draft, index) => ({ draft, index })).sort((a, b) => a.draft.days.from - b.draft.days.from || a.index - b.index);
  const numbers = new Map<string, number>();
  for (const { draft } of sorted) {
    const series = `${draft.term.kind === 'without_title' ? 'BT' : 'ZBK'}/${dayText(draft.days.from).slice(0, 4)}`;
    const number = (numbers.get(series) ?? 0) + 1;
    numbers.set(series, number);
    writeLease(draft, city.leases.length + 1, `${series}/${String(number).padStart(5, '0')}`, city);
  }
}

/** The value through the days of the lease, its end known at once or later, perhaps with one amendment. */
function writeValue<V>({ days, entered, ended }: LeaseDraft, value: V, amendment: Amendment<V> | null, write: (value: V, times: Times) => void): void {
  const first: Days = ended === null ? days : { from: days.from, to: null };
  const end: Amendment<V>[] = ended === null || days.to === null ? [] : [{ from: days.to, to: null, value: null, change: ended }];
  history({ ...first, value, change: entered }, amendment === null ? end : [amendment, ...end], write);
}

function writeLease(draft: LeaseDraft, id: number, number: string, city: City): void {
  const dwelling_id = draft.dwelling.id;
  city.leases.push({ id, number, dwelling_id });
  writeValue(draft, draft.term, draft.termAmendment, (term, times) => void city.lease_terms.push({ lease_id: id, dwelling_id, ...term, ...times }));
  writeValue(draft, draft.basis, draft.basisAmendment, (basis, times) => void city.lease_bases.push({ lease_id: id, ...basis, ...times }));
  for (const room of draft.rooms) {
    const end = draft.termAmendment?.value === null ? { ...draft.termAmendment, value: null } : null;
    writeValue(draft, room, end, (_, times) => void city.lease_rooms.push({ lease_id: id, dwelling_id, room, ...times }));
  }
  for (const party of draft.parties) writeParty(draft, party, id, city);
  if (draft.hold !== null) {
    city.lease_holds.push({ lease_id: id, reason: draft.hold.reason, ...since(draft.hold.days, draft.hold.change) });
  }
}

function writeParty(draft: LeaseDraft, { person, role, joined, left }: PartyDraft, id: number, city: City): void {
  const write = (_: true, times: Times): void => void city.lease_parties.push({ lease_id: id, person_id: person, role, ...times });
  if (joined !== null) {
    history({ from: joined.from, to: draft.days.to, value: true as const, change: joined.change }, leaving(left), write);
    return;
  }
  writeValue(draft, true as const, leaving(left)[0] ?? null, write);
}

function leaving(left: PartyDraft['left']): Amendment<true>[] {
  return left === null ? [] : [{ from: left.from, to: null, value: null, change: left.change }];
}
