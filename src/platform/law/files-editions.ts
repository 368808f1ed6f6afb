/**
 * Editions of an act: a file lists them once, and an entry without its own `from` holds in each of them.
 * An edition's certainty, where it has one, replaces the entry's: an assumed edition is assumed throughout.
 */
import type { z } from 'zod';
import type { Problems } from './files-problems.ts';
import { place } from './files-problems.ts';
import { check, editionSchema } from './files-schema.ts';
import type { RawMap, RawNode } from './files-yaml.ts';
import { isRawList } from './files-yaml.ts';
import { lawFileText, numbered } from './files-words.ts';

export type Edition = z.output<typeof editionSchema>;

export function readEditions(raw: RawNode | undefined, file: string, problems: Problems): Edition[] {
  if (raw === undefined) return [];
  if (!isRawList(raw)) {
    problems.add(file, place('', 'editions'), lawFileText('no_list'));
    return [];
  }
  return raw.flatMap((edition, index) => check(editionSchema, edition, file, numbered('edition', index + 1), problems) ?? []);
}

/** The entry once per edition, or as it stands when it has a `from` of its own. */
export function inEditions(entry: RawMap, editions: readonly Edition[]): RawMap[] {
  if ('from' in entry || 'to' in entry || editions.length === 0) return [entry];
  return editions.map((edition) => {
    const { strength, ...rest } = entry;
    const overridden = edition.certainty !== undefined && edition.certainty !== entry['certainty'];
    return {
      reference: edition.reference,
      ...rest,
      ...(strength !== undefined && !overridden ? { strength } : {}),
      ...(edition.certainty !== undefined ? { certainty: edition.certainty } : {}),
      from: edition.from,
      ...(edition.to !== undefined ? { to: edition.to } : {}),
    };
  });
}
