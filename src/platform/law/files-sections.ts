/** The sections a law file may have, and how the entries of each are read. */
import type { z } from 'zod';
import type { Edition } from './files-editions.ts';
import { inEditions, readEditions } from './files-editions.ts';
import type { Problems } from './files-problems.ts';
import { place } from './files-problems.ts';
import * as schema from './files-schema.ts';
import type { LawSections, Located } from './files-types.ts';
import type { RawMap, RawNode } from './files-yaml.ts';
import { isRawList, isRawMap, parseYaml } from './files-yaml.ts';
import { lawFileText, named, numbered } from './files-words.ts';

export type Sections = { readonly [Name in keyof LawSections]: Located<LawSections[Name]>[] };

interface SectionForm<T> {
  /** The fields that name an entry. */
  readonly key: readonly string[];
  readonly schema: z.ZodType<T>;
}

export const SECTIONS: { readonly [Name in keyof LawSections]: SectionForm<LawSections[Name]> } = {
  references: { key: ['code'], schema: schema.referenceSchema },
  slots: { key: ['slot'], schema: schema.slotSchema },
  groups: { key: ['group'], schema: schema.groupSchema },
  items: { key: ['item'], schema: schema.itemSchema },
  zones: { key: ['zone'], schema: schema.zoneSchema },
  streets: { key: ['band', 'street', 'segment'], schema: schema.streetSchema },
  parameters: { key: ['key'], schema: schema.parameterSchema },
  holidays: { key: ['name'], schema: schema.holidaySchema },
};

export const SECTION_NAMES = Object.keys(SECTIONS) as readonly (keyof LawSections)[];

export function noSections(): Sections {
  return { references: [], slots: [], groups: [], items: [], zones: [], streets: [], parameters: [], holidays: [] };
}

/** Adds the entries of one file to `sections`. */
export function readSections(source: string, file: string, sections: Sections, problems: Problems): void {
  const root = parseYaml(source, file, problems);
  if (root === null) return;
  const editions = readEditions(root['editions'], file, problems);
  for (const name of Object.keys(root)) {
    if (name !== 'editions' && !SECTION_NAMES.some((known) => known === name)) problems.add(file, '', lawFileText('section_unknown', { section: name }));
  }
  for (const name of SECTION_NAMES) {
    const raw = root[name];
    if (raw !== undefined) addSection(name, raw, { file, editions, sections, problems });
  }
}

interface Reading {
  readonly file: string;
  readonly editions: readonly Edition[];
  readonly sections: Sections;
  readonly problems: Problems;
}

/** Reads one section of the file into its list, which it returns. */
function addSection<Name extends keyof LawSections>(name: Name, raw: RawNode, reading: Reading): Located<LawSections[Name]>[] {
  const { file, editions, problems } = reading;
  const into: Located<LawSections[Name]>[] = reading.sections[name];
  if (!isRawList(raw)) {
    problems.add(file, place('', name), lawFileText('no_list'));
    return into;
  }
  const { schema: form } = SECTIONS[name];
  raw.forEach((item, index) => {
    const entry = entryName(name, item, index);
    if (!isRawMap(item)) {
      problems.add(file, entry, lawFileText('no_entry'));
      return;
    }
    for (const dated of datedEntries(name, item, entry, editions, file, problems)) {
      const value = check(form, dated, file, problems);
      if (value !== null) into.push({ file, entry: dated.entry, value });
    }
  });
  return into;
}

function check<T>(form: z.ZodType<T>, dated: { entry: string; raw: RawMap }, file: string, problems: Problems): T | null {
  return schema.check(form, dated.raw, file, dated.entry, problems);
}

/** `cecha „12a”`, or by its number in the list where its own name is missing. */
function entryName(section: keyof LawSections, item: RawNode, index: number): string {
  const { key } = SECTIONS[section];
  const words = isRawMap(item) ? key.map((field) => item[field]).filter((word): word is string => typeof word === 'string' && word !== '') : [];
  return words.length > 0 ? named(section, words.join(' ')) : numbered(section, index + 1);
}

/** The entry's dated forms: a parameter once per value, everything else as it is; both once per edition. References have no date. */
function datedEntries(
  section: keyof LawSections,
  item: RawMap,
  entry: string,
  editions: readonly Edition[],
  file: string,
  problems: Problems,
): { entry: string; raw: RawMap }[] {
  if (section === 'references') return [{ entry, raw: item }];
  if (section !== 'parameters') return inEditions(item, editions).map((raw) => ({ entry, raw }));
  const { values, ...head } = item;
  if (!isRawList(values) || values.length === 0) {
    problems.add(file, place(entry, 'values'), lawFileText('no_values'));
    return [];
  }
  return values.flatMap((value, index) => {
    const name = `${entry}, ${numbered('value', index + 1)}`;
    if (isRawMap(value)) return inEditions(value, editions).map((raw) => ({ entry: name, raw: { ...raw, ...head } }));
    problems.add(file, name, lawFileText('no_entry'));
    return [];
  });
}
