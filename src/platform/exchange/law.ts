/** Law for facts that may be older than the law's first edition. */
import type { PlainDate } from '../dates/plain.ts';
import { LawMissing } from '../errors.ts';
import type { Law, LawBook } from '../law/book.ts';
import type { Setting } from './types.ts';

const firstDays = new WeakMap<LawBook, PlainDate>();

/**
 * The law of the day; of its first edition for days before it, for what was observed then is observed in its words.
 * @throws LawMissing when no law is loaded
 */
export function lawOn({ law, knownAt }: Setting, day: PlainDate): Law {
  let first = firstDays.get(law);
  if (first === undefined) {
    first = law.tables.slots.map(({ from }) => from).sort()[0];
    if (first === undefined) throw new LawMissing('slots', day);
    firstDays.set(law, first);
  }
  return law.at(day < first ? first : day, knownAt);
}
