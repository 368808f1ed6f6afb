/** What entries of the law files mean to each other: known references, groups and slots, and no two values at once for one key. */
import type { Problems } from './files-problems.ts';
import { place } from './files-problems.ts';
import type { Sections } from './files-sections.ts';
import { SECTIONS, SECTION_NAMES } from './files-sections.ts';
import type { LawSections, Located, TariffFile } from './files-types.ts';
import type { Condition, Item, ItemGroup, Provenance, Slot } from './types.ts';
import { lawFileText } from './files-words.ts';

type Shape = 'option' | 'measure';

/** Fields of findings that items may ask for, besides slots. VAL-3, VAL-6, P ann. 5 item 33 */
const FINDINGS: Readonly<Record<Exclude<ItemGroup['over'], 'slots'>, Readonly<Record<string, Shape>>>> = {
  traffic: { band: 'option', distance: 'measure' },
  business: { hours: 'option' },
  technical: { installation: 'option' },
};

export function checkLaw(sections: Sections, tariffs: readonly Located<TariffFile>[], problems: Problems): void {
  checkReferences(sections, tariffs, problems);
  for (const name of SECTION_NAMES) checkTimes(name, sections, problems);
  checkItems(sections, problems);
  const codes = new Set<string>();
  for (const { file, entry, value } of tariffs) {
    if (codes.has(value.code)) problems.add(file, place(entry, 'code'), lawFileText('tariff_twice', { tariff: value.code }));
    codes.add(value.code);
    if (value.to !== null && value.to <= value.from) problems.add(file, place(entry, 'to'), lawFileText('later_than_from'));
  }
}

function checkReferences(sections: Sections, tariffs: readonly Located<TariffFile>[], problems: Problems): void {
  const known = new Set(sections.references.map(({ value }) => value.code));
  const dated = SECTION_NAMES.flatMap((name): readonly Located<Provenance>[] => (name === 'references' ? [] : sections[name]));
  for (const { file, entry, value } of [...dated, ...tariffs]) {
    if (!known.has(value.reference)) problems.add(file, place(entry, 'reference'), lawFileText('reference_unknown', { reference: value.reference }));
  }
}

/** One value of a key at a time. A value without `to` ends where the next one starts. */
function checkTimes(name: keyof LawSections, sections: Sections, problems: Problems): void {
  const last = new Map<string, Located<Timed>>();
  const timed: Located<Timed>[] = sections[name].map(({ file, entry, value }) => ({ file, entry, value: { key: keyOf(name, value), from: '', to: null, ...value } }));
  timed.sort((a, b) => (a.value.from < b.value.from ? -1 : a.value.from > b.value.from ? 1 : 0));
  for (const { file, entry, value } of timed) {
    const before = last.get(value.key)?.value;
    if (value.to !== null && value.to <= value.from) problems.add(file, place(entry, 'to'), lawFileText('later_than_from'));
    if (before?.from === value.from) problems.add(file, entry, lawFileText(value.from === '' ? 'entry_twice' : 'entry_twice_from', { from: value.from }));
    else if (before && before.to !== null && before.to > value.from) {
      problems.add(file, entry, lawFileText('begins_too_early', { from: value.from, to: before.to }));
    }
    last.set(value.key, { file, entry, value });
  }
}

interface Timed {
  readonly key: string;
  readonly from: string;
  readonly to: string | null;
}

function keyOf(name: keyof LawSections, value: object): string {
  const fields = new Map<string, unknown>(Object.entries(value));
  return JSON.stringify(SECTIONS[name].key.map((field) => fields.get(field)));
}

function checkItems(sections: Sections, problems: Problems): void {
  const groups = new Map(sections.groups.map(({ value }) => [value.group, value]));
  const slots = new Map(sections.slots.map(({ value }) => [value.slot, value]));
  for (const { file, entry, value } of sections.items) {
    const group = groups.get(value.group);
    if (group) checkConditions(value, group, slots, (slot, message) => problems.add(file, place(entry, `when.${slot}`), message));
    else problems.add(file, place(entry, 'group'), lawFileText('group_unknown', { group: value.group }));
  }
}

function checkConditions(item: Item, group: ItemGroup, slots: ReadonlyMap<string, Slot>, complain: (slot: string, message: string) => void): void {
  for (const [name, condition] of Object.entries(item.when)) {
    const slot = slots.get(name);
    const shape = group.over === 'slots' ? slot?.shape : FINDINGS[group.over][name];
    if (shape === undefined) complain(name, lawFileText('observation_unknown'));
    else if (isOptions(condition) !== (shape === 'option')) complain(name, lawFileText(shape === 'option' ? 'give_options' : 'give_limits'));
    else if (isOptions(condition) && group.over === 'slots') {
      for (const option of condition) if (!slot?.options.includes(option)) complain(name, lawFileText('option_unknown', { option }));
    }
  }
}

function isOptions(condition: Condition): condition is readonly string[] {
  return Array.isArray(condition);
}
