/** A dwelling from words: the usual one, with what the case says differently, some of it from a day on. */
import { parseInstant } from '../../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import type { BundledFact } from '../../../src/platform/facts/bundle.ts';
import type { DwellingFacts, Missing } from '../../../src/stock/facts.ts';
import type { SubjectBundle } from '../../../src/stock/timeline.ts';
import { DwellingTimeline } from '../../../src/stock/timeline.ts';
import { factOf } from '../arbitraries.ts';
import { BOOK, day } from '../law.ts';
import type { Input } from './format.ts';

const SLOTS = new Map(BOOK.tables.slots.map((slot) => [slot.slot, slot]));
const SLOT_NAMES: ReadonlySet<string> = new Set([...SLOTS.keys(), 'traffic', 'business', 'technical', 'room']);

/** A flat about which everything is known: 2 points (stop 1, first floor 1), 32.00 m². */
const USUAL: readonly (readonly [string, string])[] = [
  ['zone', 'B'], ['building_form', 'compact'], ['largest_room_side', 'yard'], ['neighbour_distance', '20'], ['stop_distance', '300'],
  ['lift', 'no'], ['entrance', 'staircase'], ['storey', '1'], ['floor_level', '380'], ['attic', 'no'], ['hall', 'own'], ['bathroom', 'own'],
  ['kitchen_access', 'own'], ['kitchen_kind', 'daylight'], ['wc', 'own'], ['cellar', 'yes'], ['attic_or_drying', 'yes'], ['height', '270'],
  ['hot_water', 'local'], ['cold_water', 'inside'], ['gas', 'piped'], ['heating', 'central'], ['windows', 'double'],
];

const USUAL_ROOMS: readonly string[] = ['P1 room 20.00', 'K1 kitchen 8.00', 'L1 bathroom_wc 4.00'];

type Shape = keyof SubjectBundle;

/** Facts of a case: a bundle, as the database gives it. */
export class Facts {
  readonly bundle: { [Key in Shape]: SubjectBundle[Key][number][] } = { options: [], measures: [], traffic: [], businesses: [], technical: [], parts: [] };
  readonly #parts = new Map<string, number>();

  constructor(input: Input) {
    const given = input.among(SLOT_NAMES);
    const lines = input.one('dwelling') === 'unknown' ? given : [...USUAL.filter(([slot]) => !given.some(([key]) => key === slot)), ...given];
    const rooms = given.some(([key]) => key === 'room') || lines === given ? [] : USUAL_ROOMS.map((room): [string, string] => ['room', room]);
    for (const [key, text] of [...lines, ...rooms]) if (text !== 'unknown') this.#add(key, text);
  }

  timeline(from = '2000-01-01'): DwellingTimeline {
    return new DwellingTimeline([this.bundle], { from: day(from), to: null });
  }

  on(text: string): DwellingFacts {
    return this.timeline().on(day(text));
  }

  #add(key: string, text: string): void {
    const { words, range, late } = dated(text);
    const put = (shape: Shape, fields: string[]): void => {
      const facts: unknown[] = this.bundle[shape];
      facts.push({ ...factOf(shape, fields), range, late, lateEnd: late });
    };
    if (key === 'traffic') put('traffic', trafficFields(words));
    else if (key === 'business') put('businesses', ['sklep', ...words.split(/[–-]/)]);
    else if (key === 'technical') put('technical', [words.split(' ')[0] ?? '', words.split(' ')[1] ?? 'building']);
    else if (key === 'room') put('parts', this.#roomFields(words));
    else put(SLOTS.get(key)?.shape === 'measure' ? 'measures' : 'options', [key, words.split(' ')[0] ?? '']);
  }

  /** `P1 room 12.50 [from_140] [common]`. */
  #roomFields(words: string): string[] {
    const [room = '', kind = '', area = '', ...more] = words.split(' ');
    const part = (this.#parts.get(room) ?? 0) + 1;
    this.#parts.set(room, part);
    return [room, String(part), kind, more.includes('common') ? 'common' : 'own', more.find((word) => word.includes('_')) ?? 'from_220', area];
  }
}

/** `over_3000 at 50 m`, with ` by Aleja Pokoju` where the street matters. */
function trafficFields(words: string): string[] {
  const match = /^(\w+) at ([\d.]+) m(?: by (.+))?$/.exec(words);
  if (!match) throw new Error(`not "band at 50 m": ${words}`);
  return [match[3] ?? 'Aleja Pokoju', '', match[1] ?? '', match[2] ?? ''];
}

/** `… from 2026-02-02 to 2026-05-01 recorded 2026-03-10`: days of a fact and when it became known. */
export function dated(text: string): { words: string } & Pick<BundledFact<unknown>, 'range' | 'late'> {
  const [, words = '', from, to, recorded] = /^(.*?)(?: from (\d{4}-\d\d-\d\d))?(?: to (\d{4}-\d\d-\d\d))?(?: recorded (\d{4}-\d\d-\d\d))?$/.exec(text) ?? [];
  const range = from === undefined && to === undefined ? null : { from: parsePlainDate(from ?? '2000-01-01'), to: to === undefined ? null : parsePlainDate(to) };
  return { words, range, late: recorded === undefined ? null : parseInstant(`${recorded}T10:00:00Z`) };
}

/** What is missing, a line each, with the name the law has for it. */
export function missingText(missing: readonly Missing[]): string {
  return ['missing:', ...missing.map(({ subject, what }) => `  ${subject}.${what}${SLOTS.has(what) ? ` – ${SLOTS.get(what)?.name ?? ''}` : ''}`)].join('\n');
}
