/** A lease as one history: its terms, its basis and its rooms side by side, as a row of the file tells them. Pure. */
import { groupBy } from '../../platform/collections.ts';
import type { DayRange } from '../../platform/dates/ranges.ts';
import { changeDays, contains, overlaps } from '../../platform/dates/ranges.ts';
import type { FactCell, KnownFact } from '../../platform/facts/plan.ts';
import { keyText } from '../../platform/facts/plan.ts';

/** What is known of leases, table by table. */
export interface LeaseFacts {
  readonly terms: readonly KnownFact[];
  readonly bases: readonly KnownFact[];
  readonly rooms: readonly KnownFact[];
}

const SEPARATOR = '|';

/** The history of one lease: a piece for every change of any of the three; equal neighbours are one. */
export function joined({ terms, bases, rooms }: LeaseFacts): KnownFact[] {
  const pieces: KnownFact[] = [];
  for (const term of [...terms].sort((a, b) => (a.range.from < b.range.from ? -1 : 1))) {
    const days = changeDays([...bases, ...rooms].map(({ range }) => range), term.range);
    days.forEach((day, index) => {
      const range: DayRange = { from: day, to: days[index + 1] ?? term.range.to };
      const basis = bases.find((fact) => contains(fact.range, day))?.value;
      const value = {
        ...term.value,
        basis: basis?.['basis'] ?? null, document: basis?.['document'] ?? null, own_rate: basis?.['own_rate'] ?? null,
        rooms: term.value['covers'] === 'rooms' ? roomList(rooms.filter((fact) => contains(fact.range, day)).map(({ key }) => key['room'] ?? '')) : null,
      };
      pieces.push({ key: term.key, value, range });
    });
  }
  return merged(pieces);
}

/** Rooms as one cell, always in the same order. */
export function roomList(rooms: readonly string[]): string {
  return [...rooms].sort().join(SEPARATOR);
}

export function roomsIn(cell: string | null | undefined): string[] {
  return cell === null || cell === undefined || cell === '' ? [] : cell.split(SEPARATOR);
}

/** The history taken apart again into the rows of the three tables. */
export function apart(pieces: readonly KnownFact[]): LeaseFacts {
  const bases = pieces.filter(({ value }) => value['basis'] !== null);
  const rooms = pieces.flatMap(({ key, value, range }) =>
    roomsIn(value['rooms']).map((room): KnownFact => ({ key: { ...key, dwelling_id: value['dwelling_id'] ?? null, room }, value: {}, range })),
  );
  return {
    terms: merged(pieces.map((piece) => only(piece, ['dwelling_id', 'kind', 'covers', 'notice_months', 'eviction_stayed']))),
    bases: merged(bases.map((piece) => only(piece, ['basis', 'document', 'own_rate']))),
    rooms: merged(rooms),
  };
}

function only({ key, value, range }: KnownFact, columns: readonly string[]): KnownFact {
  return { key, value: Object.fromEntries(columns.map((column): [string, FactCell] => [column, value[column] ?? null])), range };
}

/** Neighbours of one key that touch and say the same become one. */
function merged(facts: readonly KnownFact[]): KnownFact[] {
  return [...groupBy(facts, ({ key }) => keyText(key)).values()].flatMap((group) => {
    const result: KnownFact[] = [];
    for (const fact of [...group].sort((a, b) => (a.range.from < b.range.from ? -1 : 1))) {
      const last = result.at(-1);
      if (last && last.range.to === fact.range.from && JSON.stringify(last.value) === JSON.stringify(fact.value)) {
        result[result.length - 1] = { ...last, range: { from: last.range.from, to: fact.range.to } };
      } else result.push(fact);
    }
    return result;
  });
}

/** Whether a room is known to be common on any of the days. VAL-10 */
export function commonIn(rooms: readonly { readonly use: string; readonly range: DayRange }[], days: DayRange): boolean {
  return rooms.some(({ use, range }) => use === 'common' && overlaps(range, days));
}
