/** Objects of input and output are strict, all the way down: what nobody declared is refused, never dropped or sent unseen. */
import { z } from 'zod';

/** Places of objects that let unknown keys pass silently. @throws Error for what JSON cannot say (dates, bigints, transformed outputs) */
export function looseParts(name: string, schema: z.ZodType): string[] {
  // The output of a transformation has no form: an answer is sent as the handler gave it.
  if (name === 'output') z.toJSONSchema(schema, { io: 'output' });
  const found: string[] = [];
  visit(z.toJSONSchema(schema, { io: 'input' }), name, found);
  return [...new Set(found)];
}

/** In the input's form only an object declared loosely has no word on additional keys. */
function visit(at: unknown, place: string, found: string[]): void {
  if (typeof at !== 'object' || at === null) return;
  if ('type' in at && at.type === 'object' && 'properties' in at && !('additionalProperties' in at)) found.push(place);
  for (const [key, inner] of Object.entries(at)) {
    if (key === 'default' || key === 'examples' || key === 'enum' || key === 'const') continue;
    visit(inner, STEPS.has(key) ? place : `${place}.${key}`, found);
  }
}

const STEPS: ReadonlySet<string> = new Set(['properties', '$defs', 'anyOf', 'oneOf', 'allOf', 'items', 'prefixItems']);
