/** The values of a table of the law by what they are about: what holds on a day, and all that was said before, after and instead. Pure. */
import { groupBy } from '../../platform/collections.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { contains } from '../../platform/dates/ranges.ts';
import type { Recorded } from '../../platform/law/book.ts';
import type { Certainty, Provenance } from '../../platform/law/types.ts';

/** A value in words. */
export interface LawRow extends Recorded<Provenance> {
  /** What it is a value of. */
  readonly key: string;
  /** Heading under which it stands. */
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/** All that was ever said of one key. */
export interface LawEntry {
  readonly key: string;
  readonly section: string;
  readonly name: string;
  /** What holds on the day as known now, or null. */
  readonly current: LawRow | null;
  /** The rest, the newest day first; of one day what was known last. */
  readonly others: readonly LawRow[];
}

/** In the order of the rows; the key, heading and name are those of the value on the day, else of the last one. */
export function entriesOn(rows: readonly LawRow[], day: PlainDate): LawEntry[] {
  return [...groupBy(rows, ({ key }) => key)].map(([key, those]) => {
    const current = those.find((row) => row.knownTo === null && contains(row, day)) ?? null;
    const others = those.filter((row) => row !== current).sort(later);
    const { section, name } = current ?? others[0] ?? { section: '', name: key };
    return { key, section, name, current, others };
  });
}

function later(a: LawRow, b: LawRow): number {
  if (a.from !== b.from) return a.from < b.from ? 1 : -1;
  return a.knownFrom < b.knownFrom ? 1 : a.knownFrom > b.knownFrom ? -1 : 0;
}

export interface EntryFilter {
  readonly certainty?: Certainty | undefined;
  readonly words?: string | undefined;
}

/** Entries whose value on the day is of the certainty and which have all the words, whatever their case and accents. */
export function filtered(entries: readonly LawEntry[], { certainty, words }: EntryFilter, sourceWords: (reference: string) => string): LawEntry[] {
  const wanted = folded(words ?? '').split(/\s+/).filter((word) => word !== '');
  return entries.filter(({ key, section, name, current, others }) => {
    if (certainty !== undefined && current?.certainty !== certainty) return false;
    if (wanted.length === 0) return true;
    const said = [current, ...others].flatMap((row) => (row === null ? [] : [row.value, row.note ?? '', row.reference, sourceWords(row.reference)]));
    const all = folded([key, section, name, ...said].join(' '));
    return wanted.every((word) => all.includes(word));
  });
}

/** Without case and accents: `Łąkowa` is found as `lakowa`. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l');
}
