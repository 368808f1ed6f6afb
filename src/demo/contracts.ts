/** What leases say: kind, basis of the rate with the document it rests on, parties. RATE-6 */
import type { Day } from './calendar.ts';
import { dayText } from './calendar.ts';
import type { PartyDraft } from './lease-drafts.ts';
import type { Person, Persons } from './persons.ts';
import type { Random } from './random.ts';
import type { Basis, LeaseBasis, LeaseKind, LeaseTerm, PartyRole } from './rows.ts';

export const POINTS: LeaseBasis = { basis: 'points', document: null, own_rate: null };
export const SOCIAL: LeaseBasis = { basis: 'social', document: null, own_rate: null };
export const TEMPORARY: LeaseBasis = { basis: 'temporary_room', document: null, own_rate: null };

export function whole(kind: LeaseKind, stayed = false): LeaseTerm {
  return { kind, covers: 'whole', notice_months: null, eviction_stayed: stayed };
}

export function ofRooms(kind: LeaseKind): LeaseTerm {
  return { kind, covers: 'rooms', notice_months: null, eviction_stayed: false };
}

/** Rates in zł/m²: the lower ones lie under the highest rate of later tariffs, which a run has to raise. */
const OWN_RATES: Readonly<Partial<Record<Basis, readonly string[]>>> = {
  taken_over_own: ['13.40', '18.20', '15.22', '16.40', '24.50'],
  tender: ['19.50', '15.80', '22.10', '17.35', '28.00'],
  artists_studio: ['6.20', '7.45', '8.10', '5.60'],
  individual: ['4.40', '9.90', '12.00', '7.15'],
};

/** The basis with the document it rests on; `turn` walks through the variants. */
export function basisOf(basis: Basis, from: Day, turn: number, random: Random): LeaseBasis {
  const rates = OWN_RATES[basis] ?? [];
  const own_rate = basis === 'offers_before' ? (turn % 2 === 1 ? '19.80' : null) : (rates[turn % Math.max(rates.length, 1)] ?? null);
  return { basis, document: documentOf(basis, dayText(from), turn, random), own_rate };
}

function documentOf(basis: Basis, day: string, turn: number, random: Random): string | null {
  const year = day.slice(0, 4);
  const order = `zarządzenie Prezydenta Miasta Krakowa nr ${random.int(120, 3400)}/${year}`;
  switch (basis) {
    case 'points':
    case 'social':
    case 'temporary_room': return null;
    case 'taken_over_standard': return takenOver(year, turn, random);
    case 'taken_over_own': return `umowa z poprzednim właścicielem z ${day}`;
    case 'tender': return `przetarg, ${order}`;
    case 'offers_before': return `konkurs ofert, ${order}`;
    case 'artists_dwelling':
    case 'artists_studio': return `skierowanie komisji ds. pracowni nr ${random.int(1, 60)}/${year}`;
    case 'individual': return order;
  }
}

/** The three cases of P ann. 1 §4.1, the first of them in its variants. */
function takenOver(year: string, turn: number, random: Random): string {
  switch (turn % 4) {
    case 0: return `decyzja o przydziale w szczególnym trybie najmu z ${random.int(1978, 1994)} r.`;
    case 1: return `skierowanie Gminy Miejskiej Kraków nr ${random.int(10, 900)}/${year}`;
    case 2: return `protokół przekazania zakładowego budynku mieszkalnego z ${year} r.`;
    default: return `wyrok sądu, sygn. I C ${random.int(20, 980)}/${year.slice(2)}`;
  }
}

function party(person: Person, role: PartyRole): PartyDraft {
  return { person: person.id, role, joined: null, left: null };
}

export interface Household {
  readonly head: Person;
  readonly parties: PartyDraft[];
}

/** One tenant, a couple, or a tenant with a co-tenant. */
export function household(persons: Persons, random: Random): Household {
  const head = persons.someone();
  const kind = random.weighted([['one', 70], ['couple', 24], ['co_tenant', 6]] as const);
  const parties = [party(head, 'tenant')];
  if (kind === 'couple') parties.push(party(persons.relative(head, !head.woman), 'tenant'));
  if (kind === 'co_tenant') parties.push(party(random.chance(0.6) ? persons.relative(head) : persons.someone(), 'co_tenant'));
  return { head, parties };
}

/** The same persons without a title. */
export function occupants(parties: readonly PartyDraft[]): PartyDraft[] {
  return parties.map(({ person }) => ({ person, role: 'occupant', joined: null, left: null }));
}
