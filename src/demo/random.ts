/** Numbers that look random and are the same for the same seed on every machine. */

/** A stream of numbers (sfc32); streams of different names do not disturb one another. */
export class Random {
  readonly #seed: string;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(seed: string) {
    this.#seed = seed;
    const hash = hasher(seed);
    this.#a = hash();
    this.#b = hash();
    this.#c = hash();
    for (let i = 0; i < 12; i += 1) this.next();
  }

  /** A stream of its own, which depends only on this stream's seed and the name. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** 0 … 2³²-1. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** From 0 included to 1 excluded. */
  real(): number {
    return this.next() / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.real() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.real() < probability;
  }

  /** About normal: mean 0, deviation 1, never beyond ±3.5. */
  bell(): number {
    return (this.real() + this.real() + this.real() + this.real() - 2) * Math.sqrt(3);
  }

  /** @throws RangeError when the list is empty */
  pick<T>(list: readonly T[]): T {
    const index = Math.floor(this.real() * list.length);
    if (index >= list.length) throw new RangeError('nothing to pick from');
    return list[index] as T;
  }

  /** One of the choices, as often as its weight says. @throws RangeError when there is none */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.real() * total;
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    const last = choices.at(-1);
    if (last === undefined) throw new RangeError('nothing to choose from');
    return last[0];
  }

  /** The same entries in another order, as a new list. */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let i = result.length - 1; i > 0; i -= 1) {
      const j = Math.floor(this.real() * (i + 1));
      const moved = result[i] as T;
      result[i] = result[j] as T;
      result[j] = moved;
    }
    return result;
  }
}

/** Spreads a text over as many 32-bit numbers as are asked for (xmur3). */
function hasher(text: string): () => number {
  let h = 1_779_033_703 ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 3_432_918_353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2_246_822_507);
    h = Math.imul(h ^ (h >>> 13), 3_266_489_909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}
