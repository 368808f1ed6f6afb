/**
 * The law as files: `seeds/law` for Kraków, a folder alike for any other city. Reads, checks and types them; who loads them closes
 * open values where the next one starts and records when they were known.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checkLaw } from './files-check.ts';
import { Problems } from './files-problems.ts';
import type { Sections } from './files-sections.ts';
import { noSections, readSections } from './files-sections.ts';
import { readTariff } from './files-tariff.ts';
import type { LawFiles, Located, TariffFile } from './files-types.ts';
import { lawFileText } from './files-words.ts';

export { LawFileError } from './files-problems.ts';
export type { LawFileProblem } from './files-problems.ts';
export { readTariffFile } from './files-tariff.ts';
export type { LawFiles, TariffFile, TariffFileCategory } from './files-types.ts';

const TARIFFS = 'tariffs';
/** Samples to copy stand beside the law and are never read as law. */
const SAMPLE = '-sample.yaml';

/**
 * All `*.yaml` of the folder, samples apart, and its `tariffs/*.yaml`.
 * @throws LawFileError naming every problem of every file
 */
export function readLawFolder(dir: string): LawFiles {
  const problems = new Problems();
  const sections = noSections();
  const names = yamlNames(dir);
  if (names.length === 0) problems.add(dir, '', lawFileText('folder_empty'));
  for (const name of names) readSections(readFileSync(path.join(dir, name), 'utf8'), name, sections, problems);
  const tariffs = yamlNames(path.join(dir, TARIFFS)).flatMap((file): Located<TariffFile>[] => {
    const name = `${TARIFFS}/${file}`;
    const value = readTariff(readFileSync(path.join(dir, TARIFFS, file), 'utf8'), name, problems);
    return value === null ? [] : [{ file: name, entry: '', value }];
  });
  // Cross-checks of half-read files would blame entries for the faults of others.
  problems.throwIfAny();
  checkLaw(sections, tariffs, problems);
  problems.throwIfAny();
  return lawOf(sections, tariffs);
}

/**
 * One law file by itself, of any sections; references, groups and slots of other files are not looked for.
 * @throws LawFileError naming every problem
 */
export function readLawFile(text: string, name: string): LawFiles {
  const problems = new Problems();
  const sections = noSections();
  readSections(text, name, sections, problems);
  problems.throwIfAny();
  return lawOf(sections, []);
}

function yamlNames(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith('.yaml') && !name.endsWith(SAMPLE))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function lawOf(sections: Sections, tariffs: readonly Located<TariffFile>[]): LawFiles {
  const plain = <T>(located: readonly Located<T>[]): T[] => located.map(({ value }) => value);
  return {
    references: plain(sections.references),
    slots: plain(sections.slots),
    groups: plain(sections.groups),
    items: plain(sections.items),
    zones: plain(sections.zones),
    traffic: plain(sections.streets),
    parameters: plain(sections.parameters),
    holidays: plain(sections.holidays),
    tariffs: plain(tariffs),
  };
}
