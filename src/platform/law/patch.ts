/** A change laid over the law: what-if is the same computation with another sink. */
import { dec } from '../money.ts';
import { limitAt, limitPlace, withLimit } from './limits.ts';
import type { Item, Parameter, Provenance } from './types.ts';

/** Every value that differs, by its key. What is changed rests on no act, so it is `assumed`; what equals the law's changes nothing. */
export interface LawPatch {
  readonly parameters?: Readonly<Record<string, Parameter['value']>>;
  /** Value by item: points, or the percentage of a lowering. */
  readonly items?: Readonly<Record<string, string>>;
  /** Number in a condition of an item by `<item>.<slot>.<bound>`: `24.storey.from`. */
  readonly limits?: Readonly<Record<string, string>>;
}

/** What is thrown for a name that the law does not have. */
type Missing = (name: string) => Error;

export function patchedItems(items: readonly Item[], patch: LawPatch, missing: Missing): Item[] {
  const found = new Map(items.map((item) => [item.item, item]));
  const itemOf = (item: string, name: string): Item => {
    const known = found.get(item);
    if (!known) throw missing(name);
    return known;
  };
  for (const [item, value] of Object.entries(patch.items ?? {})) {
    const known = itemOf(item, `item ${item}`);
    if (!known.value.eq(dec(value))) found.set(item, assumed({ ...known, value: dec(value) }));
  }
  for (const [key, value] of Object.entries(patch.limits ?? {})) {
    const place = limitPlace(key);
    const known = itemOf(place?.item ?? '', `limit ${key}`);
    if (place === null || limitAt(known, place) === null) throw missing(`limit ${key}`);
    const changed = withLimit(known, place, value);
    if (changed !== known) found.set(place.item, assumed(changed));
  }
  return [...found.values()];
}

export function patchedParameters(parameters: ReadonlyMap<string, Parameter>, patch: LawPatch, missing: Missing): Parameter[] {
  const found = new Map(parameters);
  for (const [key, value] of Object.entries(patch.parameters ?? {})) {
    const known = found.get(key);
    if (!known) throw missing(key);
    if (!sameValue(known.value, value)) found.set(key, assumed({ ...known, value }));
  }
  return [...found.values()];
}

/** Without the strength of a reconstruction that it no longer is. */
function assumed<T extends Provenance>(value: T): T {
  const changed: T & { strength?: Provenance['strength'] } = { ...value, certainty: 'assumed' };
  delete changed.strength;
  return changed;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Whether two values are the same number, or the same words. */
export function sameValue(a: Parameter['value'], b: Parameter['value']): boolean {
  if (typeof a === 'string' && typeof b === 'string' && NUMBER.test(a) && NUMBER.test(b)) return dec(a).eq(dec(b));
  return JSON.stringify(a) === JSON.stringify(b);
}
