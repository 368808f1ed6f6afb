/** What is computed of an object and kept as long as the object lives. */

/**
 * `make`, computed once for each object. The two objects asked last are answered without a look-up: a run compares the days of two
 * laws. Nothing is put on the object itself, for objects of several shapes make everything slow that handles them.
 */
export function kept<Of extends object, Value>(make: (of: Of) => Value): (of: Of) => Value {
  const known = new WeakMap<Of, { readonly value: Value }>();
  let last: { readonly of: Of; readonly value: Value } | null = null;
  let other: { readonly of: Of; readonly value: Value } | null = null;
  return (of) => {
    if (last !== null && last.of === of) return last.value;
    if (other !== null && other.of === of) return other.value;
    let found = known.get(of);
    if (found === undefined) known.set(of, (found = { value: make(of) }));
    other = last;
    last = { of, value: found.value };
    return found.value;
  };
}

const MOST_ALIKE = 32;

/** Like `kept`, and shared by all objects of which `told` says the same: the law of two days differs in little. */
export function keptAlike<Of extends object, Value>(told: (of: Of) => string, make: (of: Of) => Value): (of: Of) => Value {
  const alike = new Map<string, { readonly value: Value }>();
  return kept((of) => {
    const key = told(of);
    let found = alike.get(key);
    if (found === undefined) {
      if (alike.size >= MOST_ALIKE) alike.clear();
      alike.set(key, (found = { value: make(of) }));
    }
    return found.value;
  });
}
