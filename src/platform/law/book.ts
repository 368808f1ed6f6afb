/** Everything the law ever said, as known at any time: from it comes the immutable `Law` of one day. */
import type { Instant } from '../dates/instants.ts';
import type { DayRange } from '../dates/ranges.ts';
import { contains } from '../dates/ranges.ts';
import type { PlainDate } from '../dates/plain.ts';
import { LawMissing } from '../errors.ts';
import type { Dec } from '../money.ts';
import { dec } from '../money.ts';
import type { LawPatch } from './patch.ts';
import { patchedItems, patchedParameters } from './patch.ts';
import type { Holiday, Item, ItemGroup, Parameter, Provenance, Reference, Slot, TrafficStreet, Zone } from './types.ts';

/** A value with the time it was known. */
export type Recorded<T> = T & { readonly knownFrom: Instant; readonly knownTo: Instant | null };

export interface LawTables {
  readonly references: readonly Reference[];
  readonly slots: readonly Recorded<Slot>[];
  readonly groups: readonly Recorded<ItemGroup>[];
  readonly items: readonly Recorded<Item>[];
  readonly zones: readonly Recorded<Zone>[];
  readonly traffic: readonly Recorded<TrafficStreet>[];
  readonly parameters: readonly Recorded<Parameter>[];
  readonly holidays: readonly Recorded<Holiday>[];
}

/** The law of one day as known at one time. Immutable. */
export class Law {
  readonly day: PlainDate;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly groups: readonly ItemGroup[];
  readonly items: readonly Item[];
  readonly zones: readonly Zone[];
  readonly traffic: readonly TrafficStreet[];
  readonly holidays: readonly Holiday[];
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly #numbers = new Map<string, Dec>();
  readonly #integers = new Map<string, number>();
  readonly #cites = new Map<string, string>();

  constructor(day: PlainDate, parts: Omit<LawTables, 'references'>) {
    this.day = day;
    this.slots = new Map(parts.slots.map((slot) => [slot.slot, slot]));
    this.groups = [...parts.groups].sort((a, b) => a.position - b.position);
    this.items = parts.items;
    this.zones = parts.zones;
    this.traffic = parts.traffic;
    this.holidays = parts.holidays;
    this.parameters = new Map(parts.parameters.map((parameter) => [parameter.key, parameter]));
  }

  /** @throws LawMissing when no value holds on the day */
  parameter(key: string): Parameter {
    const found = this.parameters.get(key);
    if (!found) throw new LawMissing(key, this.day);
    return found;
  }

  /** A parameter that is a number. @throws LawMissing */
  number(key: string): Dec {
    const known = this.#numbers.get(key);
    if (known) return known;
    const { value } = this.parameter(key);
    if (typeof value !== 'string') throw new LawMissing(`${key} (number)`, this.day);
    const number = dec(value);
    this.#numbers.set(key, number);
    return number;
  }

  /** A parameter that is a whole number: months, days, decimal places. @throws LawMissing */
  integer(key: string): number {
    const known = this.#integers.get(key);
    if (known !== undefined) return known;
    const number = this.number(key);
    if (!number.isInteger()) throw new LawMissing(`${key} (whole number)`, this.day);
    this.#integers.set(key, number.toNumber());
    return number.toNumber();
  }

  /** A parameter that is a list of words. @throws LawMissing */
  list(key: string): readonly string[] {
    const { value } = this.parameter(key);
    return typeof value === 'string' ? [value] : value;
  }

  /** A parameter that names one of the variants of a rule that exist. @throws LawMissing when the law asks for another */
  choice<T extends string>(key: string, variants: readonly T[]): T {
    const { value } = this.parameter(key);
    const found = variants.find((variant) => variant === value);
    if (found === undefined) throw new LawMissing(`${key} (${variants.join(' | ')})`, this.day);
    return found;
  }

  /** `key@reference`, as a line names the value it used. */
  cite(key: string): string {
    let cite = this.#cites.get(key);
    if (cite === undefined) this.#cites.set(key, (cite = `${key}@${this.parameter(key).reference}`));
    return cite;
  }

  /** The same law with other values. @throws LawMissing when the patch names something that is not there */
  with(patch: LawPatch): Law {
    const missing = (name: string): LawMissing => new LawMissing(name, this.day);
    return new Law(this.day, {
      slots: recorded([...this.slots.values()]),
      groups: recorded(this.groups),
      items: recorded(patchedItems(this.items, patch, missing)),
      zones: recorded(this.zones),
      traffic: recorded(this.traffic),
      holidays: recorded(this.holidays),
      parameters: recorded(patchedParameters(this.parameters, patch, missing)),
    });
  }
}

function recorded<T>(values: readonly T[]): Recorded<T>[] {
  return values.map((value) => ({ ...value, knownFrom: '-infinity' as Instant, knownTo: null }));
}

/** All rows of the law; gives the `Law` of a day, the same object for all days between two changes. */
export class LawBook {
  readonly tables: LawTables;
  readonly references: ReadonlyMap<string, Reference>;
  readonly #cache = new Map<string, Law>();
  /** What was asked last: whoever values a stock asks for one day thousands of times. */
  #last: { readonly day: PlainDate; readonly knownAt: Instant; readonly law: Law } | null = null;
  readonly #days: PlainDate[];
  readonly #instants: Instant[];

  constructor(tables: LawTables) {
    this.tables = tables;
    this.references = new Map(tables.references.map((reference) => [reference.code, reference]));
    const days = new Set<PlainDate>();
    for (const value of this.#all()) {
      days.add(value.from);
      if (value.to !== null) days.add(value.to);
    }
    this.#days = [...days].sort();
    this.#instants = [...new Set(this.#all().flatMap(({ knownFrom, knownTo }) => (knownTo === null ? [knownFrom] : [knownFrom, knownTo])))].sort();
  }

  #all(): Recorded<Provenance>[] {
    const { slots, groups, items, zones, traffic, parameters, holidays } = this.tables;
    return [...slots, ...groups, ...items, ...zones, ...traffic, ...parameters, ...holidays];
  }

  /** The law of the day, as known at the instant. */
  at(day: PlainDate, knownAt: Instant): Law {
    if (this.#last === null || this.#last.day !== day || this.#last.knownAt !== knownAt) this.#last = { day, knownAt, law: this.#lawAt(day, knownAt) };
    return this.#last.law;
  }

  #lawAt(day: PlainDate, knownAt: Instant): Law {
    const segment = this.#days.findLast((start) => start <= day) ?? day;
    // One object for all instants between two loads: what is kept of a law is kept once.
    const key = `${segment}|${this.#instants.findLast((instant) => instant <= knownAt) ?? ''}`;
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const { tables } = this;
    const holds = (value: Recorded<Provenance>): boolean => contains(value, segment) && isKnown(value, knownAt);
    const law = new Law(segment, {
      slots: tables.slots.filter(holds),
      groups: tables.groups.filter(holds),
      items: tables.items.filter(holds),
      zones: tables.zones.filter(holds),
      traffic: tables.traffic.filter(holds),
      parameters: tables.parameters.filter(holds),
      holidays: tables.holidays.filter(holds),
    });
    if (this.#cache.size > 64) this.#cache.clear();
    this.#cache.set(key, law);
    return law;
  }

  /** Days inside the window on which the law changes. */
  changesIn(window: DayRange): PlainDate[] {
    return this.#days.filter((day) => day > window.from && contains(window, day));
  }
}

/** Whether the value was known at the instant. */
export function isKnown(value: { readonly knownFrom: Instant; readonly knownTo: Instant | null }, at: Instant): boolean {
  return value.knownFrom <= at && (value.knownTo === null || at < value.knownTo);
}
