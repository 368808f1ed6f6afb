/** The tables of the law as rows in words. */
import { isPlainDate } from '../../platform/dates/plain.ts';
import type { LawBook, Recorded } from '../../platform/law/book.ts';
import type { Holiday, Parameter, Provenance, Slot, TrafficStreet } from '../../platform/law/types.ts';
import { shownText } from '../../platform/statement/numbers.ts';
import * as format from '../../web/format.ts';
import type { View } from '../../web/view.ts';
import type { LawRow } from './entries.ts';

export const LAW_TABLES = ['points', 'groups', 'slots', 'streets', 'zones', 'parameters', 'holidays'] as const;
export type LawTableName = (typeof LAW_TABLES)[number];

export function isLawTable(name: string): name is LawTableName {
  return (LAW_TABLES as readonly string[]).includes(name);
}

type Words = Pick<View, 't' | 'language'>;

/** All that the table ever said, in the order of the acts. */
export function lawRows(book: LawBook, table: LawTableName, words: Words): LawRow[] {
  return ROWS[table](book, words);
}

const ROWS: Readonly<Record<LawTableName, (book: LawBook, words: Words) => LawRow[]>> = {
  points: pointRows,
  groups: ({ tables: { groups } }, { t }) =>
    byPosition(groups).map((group) => ({ ...held(group), key: group.group, section: t.law.overs[group.over] ?? group.over, name: group.name, value: [t.law.cardinalities[group.cardinality] ?? group.cardinality, ...(group.choose === null ? [] : [t.law.chooseLeast])].join(', ') })),
  slots: ({ tables: { slots } }, words) => slots.map((slot) => ({ ...held(slot), key: slot.slot, section: words.t.law.subjects[slot.subject] ?? slot.subject, name: slot.name, value: slotValue(slot, words) })),
  streets: ({ tables: { traffic } }, { t }) => traffic.map((entry) => ({ ...held(entry), key: keyOf(entry), section: t.law.bands[entry.band] ?? entry.band, name: entry.street, value: entry.segment === '' ? t.law.wholeStreet : entry.segment })),
  zones: ({ tables: { zones } }, { t }) => [...zones].sort((a, b) => a.precedence - b.precedence).map((zone) => ({ ...held(zone), key: zone.zone, section: '', name: zone.name, value: `${zone.boundary} ${t.law.precedence(zone.precedence)}` })),
  parameters: ({ tables: { parameters } }, words) => parameters.map((entry) => ({ ...held(entry), key: entry.key, section: topicOf(entry, words), name: entry.name, value: parameterValue(entry, words) })),
  holidays: ({ tables: { holidays } }, { t }) => holidays.map((day) => ({ ...held(day), key: day.name, section: '', name: day.name, value: holidayValue(day, t) })),
};

/** What every value carries, and nothing of what only its own kind has. */
function held(value: Recorded<Provenance>): Recorded<Provenance> {
  const { from, to, reference, certainty, strength, note, knownFrom, knownTo } = value;
  return { from, to, reference, certainty, ...(strength === undefined ? {} : { strength }), ...(note === undefined ? {} : { note }), knownFrom, knownTo };
}

function byPosition<T extends { readonly position: number }>(values: readonly T[]): T[] {
  return [...values].sort((a, b) => a.position - b.position);
}

function pointRows({ tables: { items, groups } }: LawBook, { language }: Words): LawRow[] {
  const order = new Map(byPosition(groups).map(({ group, name }, index) => [group, { name, index }]));
  const place = (group: string): number => order.get(group)?.index ?? order.size;
  return [...items]
    .sort((a, b) => place(a.group) - place(b.group))
    .map((item) => ({ ...held(item), key: item.item, section: order.get(item.group)?.name ?? item.group, name: `${item.item}. ${item.text}`, value: `${item.unit === 'pkt' ? format.signed(item.value.toFixed(), language, 0) : shownText(item.value.toFixed(), 0, language)}\u00a0${item.unit}` }));
}

function slotValue({ shape, options, optionNames, unit, min, max, unrecorded }: Slot, { t, language }: Words): string {
  const said = shape === 'option'
    ? options.map((option) => optionNames[option] ?? option).join('; ')
    : t.law.measure(shownText(min ?? '', 0, language), shownText(max ?? '', 0, language), unit ?? '');
  return `${said}. ${unrecorded === 'unknown' ? t.law.unrecorded : t.law.unrecordedIs(unrecorded === 'none' ? t.law.nothing : (optionNames[unrecorded] ?? unrecorded))}`;
}

function keyOf({ band, street, segment }: TrafficStreet): string {
  return [band, street, segment].join(' · ');
}

/** Units that say nothing beside the value. */
const WITHOUT_UNIT = new Set(['kod', '1', 'dzień', 'godz.']);

/** What the first word of its key is about. */
function topicOf({ key }: Parameter, { t }: Words): string {
  const topic = key.split('.')[0] ?? key;
  return t.law.topics[topic] ?? topic;
}

function parameterValue({ value, unit }: Parameter, { t, language }: Words): string {
  const one = (said: string): string => (/^-?\d+(?:\.\d+)?$/.test(said) ? shownText(said, 0, language) : isPlainDate(said) ? format.day(said, language) : (t.law.codes[said] ?? said));
  const said = typeof value === 'string' ? one(value) : value.map(one).join(', ');
  return WITHOUT_UNIT.has(unit) ? said : `${said}\u00a0${unit.replace('m2', 'm²')}`;
}

function holidayValue({ fixed, easter, weekday }: Holiday, t: Words['t']): string {
  if (fixed !== null) return t.law.everyYear(fixed.slice(3), fixed.slice(0, 2));
  if (easter !== null) return t.law.easter(easter);
  return t.law.weekdays[(weekday ?? 1) - 1] ?? String(weekday);
}
