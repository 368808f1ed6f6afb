/** Schemas of the description: zod writes them, those with an id (`.meta({ id })`) are shared. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Schema } from './model.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const PREFIX = '#/components/schemas/';

/** Collects what is shared while the operations are described. */
export class SchemaBook {
  readonly #shared = new Map<string, Schema>();
  /** Name by direction and id. */
  readonly #names = new Map<string, string>();

  /** Shared schemas by name, sorted. */
  get shared(): Readonly<Record<string, Schema>> {
    return Object.fromEntries([...this.#shared].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * The schema as JSON Schema; its shared parts are kept in the book. `owner` names parts that refer to themselves without an id.
   * @throws Error when one id stands for two forms
   */
  of(schema: z.ZodType, io: 'input' | 'output', owner: string): Schema {
    // In a list, so that a schema with an id of its own is referred to like any other.
    const { items, $defs = {} } = z.toJSONSchema(z.array(schema), { io }) as unknown as { items: Json; $defs?: Readonly<Record<string, Json>> };
    const names = this.#namesFor($defs, io, owner);
    for (const [id, inner] of Object.entries($defs)) this.#shared.set(names.get(id) ?? id, clean(inner, names) as Schema);
    return clean(items, names) as Schema;
  }

  /** Names under which shared parts stand. What differs between giving and getting (defaults) is two schemas, and so is what holds it. */
  #namesFor($defs: Readonly<Record<string, Json>>, io: 'input' | 'output', owner: string): ReadonlyMap<string, string> {
    const names = new Map(Object.keys($defs).map((id) => [id, this.#names.get(`${io} ${id}`) ?? (id.startsWith('__') ? `${owner}.${id.slice(2)}` : id)]));
    const differing = (): [string, string] | undefined =>
      [...names].find(([id, name]) => {
        const known = this.#shared.get(name);
        return known !== undefined && !isDeepStrictEqual(known, clean($defs[id] ?? null, names));
      });
    for (let found = differing(); found !== undefined; found = differing()) {
      const [id, name] = found;
      if (name !== id || this.#names.has(`${io} ${id}`)) throw new Error(`the id ${id} stands for two forms`);
      names.set(id, `${id}${io === 'input' ? 'Input' : 'Output'}`);
    }
    for (const [id, name] of names) if (!id.startsWith('__')) this.#names.set(`${io} ${id}`, name);
    return names;
  }
}

const DROPPED: ReadonlySet<string> = new Set(['$schema', 'id', '~standard']);
/** What holds values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['default', 'examples', 'enum', 'const', 'required']);
const SAFE = Number.MAX_SAFE_INTEGER;

/** References lead to the components, marks for parameters become their words, and bounds that say nothing go. */
function clean(at: Json, names: ReadonlyMap<string, string>): Json {
  if (isList(at)) return at.map((inner) => clean(inner, names));
  if (typeof at !== 'object' || at === null) return at;
  return Object.fromEntries(
    Object.entries(at).flatMap(([key, value]): [string, Json][] => {
      if (DROPPED.has(key)) return [];
      if (VALUES.has(key)) return [[key, value]];
      if ((key === 'maximum' && value === SAFE) || (key === 'minimum' && value === -SAFE)) return [];
      if (key === '$ref' && typeof value === 'string') return [[key, refOf(value, names)]];
      if (key === 'x-example') return [['examples', [value]]];
      if (key === 'x-default') return [['default', value]];
      return [[key, key === 'properties' ? cleanProperties(value, names) : clean(value, names)]];
    }),
  );
}

/** Names of fields are nobody's keywords. */
function cleanProperties(properties: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof properties !== 'object' || properties === null || isList(properties)) return properties;
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, clean(inner, names)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function refOf(ref: string, names: ReadonlyMap<string, string>): string {
  const id = ref.replace('#/$defs/', '');
  return `${PREFIX}${names.get(id) ?? id}`;
}

/** The schema itself, its reference followed. */
export function resolved(schema: Schema, shared: Readonly<Record<string, Schema>>): Schema {
  let at = schema;
  const seen = new Set<string>();
  while (at.$ref !== undefined && !seen.has(at.$ref)) {
    seen.add(at.$ref);
    const { $ref, ...beside } = at;
    const target: Schema = shared[$ref.slice(PREFIX.length)] ?? {};
    at = { ...target, ...beside };
  }
  return at;
}
