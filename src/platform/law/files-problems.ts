/** What is wrong with law files, for the person who wrote them: every problem of every file, not only the first. */
import { lawFileText } from './files-words.ts';

export interface LawFileProblem {
  readonly file: string;
  /** The entry and the field: `cecha „12a”, pole „value”`. */
  readonly place: string;
  readonly message: string;
}

/** Law files that cannot be used. Carries all problems found. */
export class LawFileError extends Error {
  readonly problems: readonly LawFileProblem[];

  constructor(problems: readonly LawFileProblem[]) {
    super(problems.map(({ file, place, message }) => `${file}: ${place === '' ? '' : `${place}: `}${message}`).join('\n'));
    this.name = 'LawFileError';
    this.problems = problems;
  }
}

/** Collects problems while reading goes on; the same problem once. */
export class Problems {
  readonly #found = new Map<string, LawFileProblem>();

  add(file: string, place: string, message: string): void {
    this.#found.set(JSON.stringify([file, place, message]), { file, place, message });
  }

  /** @throws LawFileError when anything was found */
  throwIfAny(): void {
    if (this.#found.size > 0) throw new LawFileError([...this.#found.values()]);
  }
}

/** `cecha „12a”, pole „value”` */
export function place(entry: string, field: string): string {
  if (field === '') return entry;
  const there = lawFileText('at_field', { field });
  return entry === '' ? there : `${entry}, ${there}`;
}
