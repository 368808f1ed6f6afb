/** Invented persons and their households. */
import type { Random } from './random.ts';
import type { PersonRow } from './rows.ts';
import type { Names } from './seeds.ts';

export interface Person {
  readonly id: number;
  readonly woman: boolean;
  readonly surname: Surname;
}

interface Surname {
  readonly man: string;
  readonly woman: string;
}

/** Makes persons as they are needed; names may repeat, codes do not. */
export class Persons {
  readonly rows: PersonRow[] = [];
  readonly #names: Names;
  readonly #random: Random;
  readonly #surnames: readonly Surname[];

  constructor(names: Names, random: Random) {
    this.#names = names;
    this.#random = random;
    this.#surnames = [
      ...names.gendered.map((stem) => ({ man: `${stem}i`, woman: `${stem}a` })),
      ...names.common.map((surname) => ({ man: surname, woman: surname })),
    ];
  }

  /** Somebody new. */
  someone(woman: boolean = this.#random.chance(0.56)): Person {
    return this.#add(woman, this.#random.pick(this.#surnames));
  }

  /** Somebody of the same surname: a spouse, a grown-up child. */
  relative(of: Person, woman: boolean = this.#random.chance(0.5)): Person {
    return this.#add(woman, of.surname);
  }

  #add(woman: boolean, surname: Surname): Person {
    const id = this.rows.length + 1;
    const first = this.#random.pick(woman ? this.#names.women : this.#names.men);
    this.rows.push({ id, code: `O-${String(id).padStart(6, '0')}`, name: `${first} ${woman ? surname.woman : surname.man}` });
    return { id, woman, surname };
  }
}
