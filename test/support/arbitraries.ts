/** Dwellings, leases and tariffs at random, for what must hold of all of them. */
import fc from 'fast-check';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import type { DayRange } from '../../src/platform/dates/ranges.ts';
import type { BundledFact } from '../../src/platform/facts/bundle.ts';
import type { Slot } from '../../src/platform/law/types.ts';
import { dec } from '../../src/platform/money.ts';
import type { Basis, LeaseTerms } from '../../src/leases/terms.ts';
import { BASES } from '../../src/leases/terms.ts';
import type { SlotFact, SubjectBundle } from '../../src/stock/timeline.ts';
import { READERS } from '../../src/stock/timeline.ts';
import type { Category } from '../../src/tariffs/rules.ts';
import { BOOK, day } from './law.ts';

export const FIRST = day('2024-01-01');

/** Days of the three years 2024–2026. */
export const someDay: fc.Arbitrary<PlainDate> = fc.integer({ min: 0, max: 1095 }).map((days) => addDays(FIRST, days));

const SLOTS = [...new Map(BOOK.tables.slots.map((slot) => [slot.slot, slot])).values()];

/** Values near the limits of the items, so that both sides are met. */
const MEASURES = ['0', '1', '2', '3', '9.99', '10', '20', '21', '29', '30', '50', '100', '240', '350', '351', '500', '501', '1001', '-1', '-90', '0.1'];

function valueOf(slot: Slot): fc.Arbitrary<string> {
  return slot.shape === 'option' ? fc.constantFrom(...slot.options) : fc.constantFrom(...MEASURES);
}

/** Two decimal places, in m² or m. */
export function hundredths(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((value) => (value / 100).toFixed(2));
}

const hour = fc.integer({ min: 0, max: 47 }).map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);

const trafficFields = fc.tuple(fc.constantFrom('ul. Wielicka', 'ul. Kotlarska', 'Aleja Pokoju'), fc.constant(''), fc.constantFrom('500_1000', '1000_3000', 'over_3000'), hundredths(1900, 5100));
const businessFields = fc.tuple(fc.constantFrom('bar', 'sklep', 'kino'), hour, hour);
const technicalFields = fc.tuple(fc.constantFrom('water_sewage', 'electric', 'gas', 'heating', 'danger'), fc.constantFrom('building', 'staircase', 'dwelling'));
const KINDS = ['room', 'kitchen', 'hall', 'balcony', 'cellar', 'pantry'] as const;
const partFields = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...KINDS), fc.constantFrom('own', 'own', 'common'), fc.constantFrom('from_220', 'from_220', 'from_140', 'under_140'), hundredths(100, 3000))
  .map(([room, kind, use, band, area]) => ({ room: `${use === 'own' ? 'P' : 'W'}${room}`, kind, use, band, area }));

/** The fact as the database gives it. */
export function factOf<Shape extends keyof SubjectBundle>(shape: Shape, fields: readonly string[]): SubjectBundle[Shape][number] {
  const [fact] = READERS[shape](fields.join('\u001d'));
  if (!fact) throw new Error(`no fact of ${fields.join(', ')}`);
  return fact;
}

const distinct = <Fields extends readonly string[]>(facts: readonly Fields[], columns: number): Fields[] => [...new Map(facts.map((fields) => [fields.slice(0, columns).join('|'), fields])).values()];

const slotFacts = (shape: 'options' | 'measures'): fc.Arbitrary<BundledFact<SlotFact>[]> =>
  fc.tuple(...SLOTS.filter((slot) => `${slot.shape}s` === shape).map((slot) => valueOf(slot).map((value) => factOf(shape, [slot.slot, value])))).map((facts) => [...facts]);

/** A dwelling of which every slot is recorded. */
export const bundle: fc.Arbitrary<SubjectBundle> = fc.record({
  options: slotFacts('options'),
  measures: slotFacts('measures'),
  traffic: fc.array(trafficFields, { maxLength: 3 }).map((list) => distinct(list, 1).map((fields) => factOf('traffic', fields))),
  businesses: fc.array(businessFields, { maxLength: 3 }).map((list) => distinct(list, 1).map((fields) => factOf('businesses', fields))),
  technical: fc.array(technicalFields, { maxLength: 4 }).map((list) => distinct(list, 2).map((fields) => factOf('technical', fields))),
  parts: fc.array(partFields, { minLength: 1, maxLength: 7 }).map((list) => [
    factOf('parts', ['P1', '1', 'room', 'own', 'from_220', '18.37']),
    ...list.map(({ room, kind, use, band, area }, index) => factOf('parts', [room, String(index + 2), kind, use, band, area])),
  ]),
});

/** The bundle with some facts missing and some given only for a time, each within the days of the one it replaces. */
export function changing(given: SubjectBundle): fc.Arbitrary<SubjectBundle> {
  const range: fc.Arbitrary<DayRange | null> = fc.option(fc.tuple(someDay, fc.integer({ min: 1, max: 600 })).map(([from, days]) => ({ from, to: addDays(from, days) })), { freq: 2 });
  const limited = <Value>(facts: readonly BundledFact<Value>[]): fc.Arbitrary<BundledFact<Value>[]> => fc.tuple(...facts.map((fact) => range.map((days) => ({ ...fact, range: days })))).map((list) => [...list]);
  return fc.record({
    options: fc.constant(given.options), measures: fc.constant(given.measures), traffic: limited(given.traffic),
    businesses: limited(given.businesses), technical: limited(given.technical), parts: fc.constant(given.parts),
  });
}

export const terms: fc.Arbitrary<LeaseTerms> = fc
  .record({
    kind: fc.constantFrom('indefinite' as const, 'social' as const, 'without_title' as const),
    rooms: fc.constantFrom(null, null, ['P1']),
    basis: fc.constantFrom<Basis[]>(...BASES),
    ownRate: fc.option(hundredths(300, 3000)),
    evictionStayed: fc.boolean(),
    noticeMonths: fc.constantFrom(null, null, 6),
  })
  .map((given) => ({ ...given, ownRate: given.ownRate === null ? null : dec(given.ownRate), document: 'umowa 1', starts: FIRST, ends: null }));

/** Categories as a clerk might type them: mostly in order, now and then a gap or a lower rate. */
export const categories: fc.Arbitrary<Category[]> = fc
  .array(fc.record({ width: fc.integer({ min: 1, max: 4 }), gap: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1), rise: fc.constantFrom(-10, 0, 25, 103, 103, 103) }), { minLength: 1, maxLength: 8 })
  .map((list) => {
    let from = -10;
    let rate = 664;
    return list.map(({ width, gap, rise }, index): Category => {
      const category = { category: String(index + 1), from: index === 0 ? null : from + gap, to: index === list.length - 1 ? null : from + gap + width - 1, rate: dec((rate / 100).toFixed(2)), certainty: 'assumed' as const };
      from += gap + width;
      rate += rise;
      return category;
    });
  });
