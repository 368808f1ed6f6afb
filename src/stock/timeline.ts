/** The facts of a dwelling through a window of days, put together from what was bundled for it, its staircase and its building. */
import type { Instant } from '../platform/dates/instants.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains } from '../platform/dates/ranges.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Dec } from '../platform/money.ts';
import { internedDec } from '../platform/money.ts';
import type { BundledFact } from '../platform/facts/bundle.ts';
import { bundleReader, holdsOn } from '../platform/facts/bundle.ts';
import { Segments } from '../platform/facts/segments.ts';
import type { BusinessFinding, DwellingFacts, RoomPart, TechnicalFinding, TrafficFinding } from './facts.ts';
import { noSlots, slotPlace } from './facts.ts';

/** What is recorded of one slot. */
export interface SlotFact {
  readonly place: number;
  readonly value: string | Dec;
}

/** What was bundled for one subject. */
export interface SubjectBundle {
  readonly options: readonly BundledFact<SlotFact>[];
  readonly measures: readonly BundledFact<SlotFact>[];
  readonly traffic: readonly BundledFact<TrafficFinding>[];
  readonly businesses: readonly BundledFact<BusinessFinding>[];
  readonly technical: readonly BundledFact<TechnicalFinding>[];
  readonly parts: readonly BundledFact<RoomPart>[];
}

/** Readers of what was bundled, by shape. */
export const READERS = {
  options: bundleReader(([slot = '', option = '']): SlotFact => ({ place: slotPlace(slot), value: option })),
  measures: bundleReader(([slot = '', value = '']): SlotFact => ({ place: slotPlace(slot), value: internedDec(value) })),
  traffic: bundleReader(([street = '', segment = '', band = '', distance = '']): TrafficFinding => ({ street, segment, band, distance: internedDec(distance) })),
  businesses: bundleReader(([name = '', opens = '', closes = '']): BusinessFinding => ({ name, opens: opens.slice(0, 5), closes: closes.slice(0, 5) })),
  technical: bundleReader(([installation = '', scope = '']): TechnicalFinding => ({ installation, scope: scope as TechnicalFinding['scope'] })),
  parts: bundleReader(([room = '', part = '', kind = '', use = '', band = '', area = '']): RoomPart => ({
    room, part: Number(part), kind, use: use as RoomPart['use'], band: band as RoomPart['band'], area: internedDec(area),
  })),
} as const satisfies { readonly [Shape in keyof SubjectBundle]: (text: string | null | undefined) => SubjectBundle[Shape] };

export const EMPTY_BUNDLE: SubjectBundle = { options: [], measures: [], traffic: [], businesses: [], technical: [], parts: [] };

/** A day on which a fact begins or ends, and when that became known if it was late. */
export interface FactChange {
  readonly day: PlainDate;
  readonly late: Instant | null;
}

/** Facts of one dwelling in the window; for days between two changes the same object. */
export class DwellingTimeline {
  readonly #subjects: readonly SubjectBundle[];
  readonly #facts: Segments<DwellingFacts>;
  readonly changes: readonly FactChange[];

  constructor(subjects: readonly SubjectBundle[], window: DayRange) {
    this.#subjects = subjects;
    this.changes = changesOf(subjects, window);
    this.#facts = new Segments(this.changes);
  }

  on(day: PlainDate): DwellingFacts {
    return this.#facts.on(day, (asked) => factsOn(this.#subjects, asked));
  }
}

interface Ranged {
  readonly told: string;
  readonly range: DayRange;
  readonly late: Instant | null;
  readonly lateEnd: Instant | null;
}

const NO_CHANGES: readonly FactChange[] = [];

function changesOf(subjects: readonly SubjectBundle[], window: DayRange): readonly FactChange[] {
  const ranged: Ranged[] = [];
  for (const { options, measures, traffic, businesses, technical, parts } of subjects) {
    addRanged(ranged, 'options', options);
    addRanged(ranged, 'measures', measures);
    addRanged(ranged, 'traffic', traffic);
    addRanged(ranged, 'businesses', businesses);
    addRanged(ranged, 'technical', technical);
    addRanged(ranged, 'parts', parts);
  }
  // Of most dwellings nothing changed.
  if (ranged.length === 0) return NO_CHANGES;
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

function addRanged(ranged: Ranged[], shape: keyof SubjectBundle, facts: readonly BundledFact<unknown>[]): void {
  for (const { told, range, late, lateEnd } of facts) if (range !== null) ranged.push({ told: `${shape} ${told} `, range, late, lateEnd });
}

function factsOn(subjects: readonly SubjectBundle[], day: PlainDate): DwellingFacts {
  const slots = noSlots();
  const traffic: TrafficFinding[] = [];
  const businesses: BusinessFinding[] = [];
  const technical: TechnicalFinding[] = [];
  const parts: RoomPart[] = [];
  for (const subject of subjects) {
    for (const fact of subject.options) if (holdsOn(fact, day)) slots[fact.value.place] = fact.value.value;
    for (const fact of subject.measures) if (holdsOn(fact, day)) slots[fact.value.place] = fact.value.value;
    for (const fact of subject.traffic) if (holdsOn(fact, day)) traffic.push(fact.value);
    for (const fact of subject.businesses) if (holdsOn(fact, day)) businesses.push(fact.value);
    for (const fact of subject.technical) if (holdsOn(fact, day)) technical.push(fact.value);
    for (const fact of subject.parts) if (holdsOn(fact, day)) parts.push(fact.value);
  }
  // The order in which facts were recorded never matters.
  if (parts.some((part, index) => index > 0 && byPlace(parts[index - 1] ?? part, part) > 0)) parts.sort(byPlace);
  if (traffic.length > 1) traffic.sort((a, b) => inOrder(`${a.street}|${a.segment}|${a.band}`, `${b.street}|${b.segment}|${b.band}`) || a.distance.cmp(b.distance));
  if (businesses.length > 1) businesses.sort((a, b) => inOrder(`${a.name}|${a.opens}|${a.closes}`, `${b.name}|${b.opens}|${b.closes}`));
  return { slots, traffic, businesses, technical, parts };
}

function byPlace(a: RoomPart, b: RoomPart): number {
  return a.room < b.room ? -1 : a.room > b.room ? 1 : a.part - b.part;
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
