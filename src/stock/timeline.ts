/** The facts of a dwelling through a window of days, put together from what was bundled for it, its staircase and its building. */
import type { Instant } from '../platform/dates/instants.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains } from '../platform/dates/ranges.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Dec } from '../platform/money.ts';
import { internedDec } from '../platform/money.ts';
import type { BundledFact } from '../platform/facts/bundle.ts';
import type { BusinessFinding, DwellingFacts, RoomPart, TechnicalFinding, TrafficFinding } from './facts.ts';

/** What was bundled for one subject. */
export interface SubjectBundle {
  readonly options: readonly BundledFact[];
  readonly measures: readonly BundledFact[];
  readonly traffic: readonly BundledFact[];
  readonly businesses: readonly BundledFact[];
  readonly technical: readonly BundledFact[];
  readonly parts: readonly BundledFact[];
}

export const EMPTY_BUNDLE: SubjectBundle = { options: [], measures: [], traffic: [], businesses: [], technical: [], parts: [] };

const SHAPES = ['options', 'measures', 'traffic', 'businesses', 'technical', 'parts'] as const;

/** A day on which a fact begins or ends, and when that became known if it was late. */
export interface FactChange {
  readonly day: PlainDate;
  readonly late: Instant | null;
}

/** Facts of one dwelling in the window; for days between two changes the same object. */
export class DwellingTimeline {
  readonly #subjects: readonly SubjectBundle[];
  readonly #days: readonly PlainDate[];
  readonly #known = new Map<PlainDate | null, DwellingFacts>();
  readonly changes: readonly FactChange[];

  constructor(subjects: readonly SubjectBundle[], window: DayRange) {
    this.#subjects = subjects;
    this.changes = changesOf(subjects, window);
    this.#days = this.changes.length === 0 ? [] : [...new Set(this.changes.map(({ day }) => day))].sort();
  }

  on(day: PlainDate): DwellingFacts {
    // Days between two changes share their facts; null stands for the days before the first change.
    const segment = this.#days.length === 0 ? null : (this.#days.findLast((start) => start <= day) ?? null);
    const known = this.#known.get(segment);
    if (known) return known;
    const facts = factsOn(this.#subjects, day);
    this.#known.set(segment, facts);
    return facts;
  }
}

function changesOf(subjects: readonly SubjectBundle[], window: DayRange): FactChange[] {
  const ranged: { told: string; range: DayRange; late: Instant | null; lateEnd: Instant | null }[] = [];
  for (const subject of subjects) {
    for (const shape of SHAPES) {
      for (const { fields, range, late, lateEnd } of subject[shape]) if (range !== null) ranged.push({ told: `${shape} ${fields.join('|')} `, range, late, lateEnd });
    }
  }
  // A fact recorded again with the same value adjoins itself, which is no change; one that became known late replaced another.
  const known = ranged.filter(({ late }) => late === null);
  const starts = new Set(known.map(({ told, range }) => told + range.from));
  const ends = new Set(ranged.filter(({ lateEnd }) => lateEnd === null).map(({ told, range }) => told + (range.to ?? '')));
  const changes: FactChange[] = [];
  for (const { told, range: { from, to }, late, lateEnd } of ranged) {
    if (late !== null || (contains(window, from) && !ends.has(told + from))) changes.push({ day: from, late });
    if (to !== null && contains(window, to) && (lateEnd !== null || !starts.has(told + to))) changes.push({ day: to, late: lateEnd });
  }
  return changes;
}

function holds({ range }: BundledFact, day: PlainDate): boolean {
  return range === null || contains(range, day);
}

function factsOn(subjects: readonly SubjectBundle[], day: PlainDate): DwellingFacts {
  const options: Record<string, string> = {};
  const measures: Record<string, Dec> = {};
  const traffic: TrafficFinding[] = [];
  const businesses: BusinessFinding[] = [];
  const technical: TechnicalFinding[] = [];
  const parts: RoomPart[] = [];
  for (const subject of subjects) {
    for (const fact of subject.options) if (holds(fact, day)) options[fact.fields[0] ?? ''] = fact.fields[1] ?? '';
    for (const fact of subject.measures) if (holds(fact, day)) measures[fact.fields[0] ?? ''] = internedDec(fact.fields[1] ?? '');
    for (const fact of subject.traffic) if (holds(fact, day)) traffic.push(trafficOf(fact.fields));
    for (const fact of subject.businesses) if (holds(fact, day)) businesses.push(businessOf(fact.fields));
    for (const fact of subject.technical) if (holds(fact, day)) technical.push(technicalOf(fact.fields));
    for (const fact of subject.parts) if (holds(fact, day)) parts.push(partOf(fact.fields));
  }
  // The order in which facts were recorded never matters.
  parts.sort((a, b) => (a.room < b.room ? -1 : a.room > b.room ? 1 : a.part - b.part));
  traffic.sort((a, b) => inOrder(`${a.street}|${a.segment}|${a.band}`, `${b.street}|${b.segment}|${b.band}`) || a.distance.cmp(b.distance));
  businesses.sort((a, b) => inOrder(`${a.name}|${a.opens}|${a.closes}`, `${b.name}|${b.opens}|${b.closes}`));
  return { options, measures, traffic, businesses, technical, parts };
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function trafficOf([street = '', segment = '', band = '', distance = '']: readonly string[]): TrafficFinding {
  return { street, segment, band, distance: internedDec(distance) };
}

function businessOf([name = '', opens = '', closes = '']: readonly string[]): BusinessFinding {
  return { name, opens: opens.slice(0, 5), closes: closes.slice(0, 5) };
}

function technicalOf([installation = '', scope = '']: readonly string[]): TechnicalFinding {
  return { installation, scope: scope as TechnicalFinding['scope'] };
}

// The same room of the same size stands in many dwellings: what is computed of it can be kept by the object.
const knownParts = new Map<string, RoomPart>();
const MOST_PARTS = 200_000;

function partOf(fields: readonly string[]): RoomPart {
  const text = fields.join('|');
  let known = knownParts.get(text);
  if (!known) {
    if (knownParts.size >= MOST_PARTS) knownParts.clear();
    knownParts.set(text, (known = newPart(fields)));
  }
  return known;
}

function newPart([room = '', part = '', kind = '', use = '', band = '', area = '']: readonly string[]): RoomPart {
  return { room, part: Number(part), kind, use: use as RoomPart['use'], band: band as RoomPart['band'], area: internedDec(area) };
}
