/** Schemas that many answers share. */
import { z } from 'zod';

export const dayOut = z.string().meta({ format: 'date', examples: ['2026-01-31'] });
export const instantOut = z.string().meta({ examples: ['2026-01-31T10:00:00.000000Z'] });
/** A decimal as text: money in zł, areas in m², rates in zł/m², never a float. */
export const decimalOut = z.string().meta({ examples: ['512.20'] });

const quantityOut = z.string().meta({ examples: ['48.20 m2'] });

/** A line as it is stored. */
export const lineOut = z
  .strictObject({
    id: z.string(),
    parent: z.string().optional(),
    rule: z.string(),
    code: z.string(),
    args: z.record(z.string(), z.string()).optional(),
    quantity: quantityOut.optional(),
    rate: quantityOut.optional(),
    amount: quantityOut.optional(),
    law: z.string().optional(),
  })
  .meta({ id: 'Line' });

/** A statement as it is stored: `result` and the lines that explain it. */
export const statementOut = z.strictObject({ version: z.literal(1), result: z.record(z.string(), z.string()), lines: z.array(lineOut) }).meta({ id: 'Statement' });

const shownOut = z.strictObject({ number: z.string(), unit: z.string(), text: z.string() }).nullable();
const referenceOut = z.strictObject({ code: z.string(), title: z.string(), place: z.string().nullable(), address: z.string().nullable(), item: z.string().nullable() });
const certaintyOut = z.enum(['printed', 'reconstructed', 'reported', 'assumed']).nullable();

/** A statement in words, with paragraph and certainty. */
export const renderedOut = z
  .strictObject({
    language: z.string(),
    version: z.literal(1),
    lines: z.array(
      z.strictObject({
        id: z.string(),
        parent: z.string().nullable(),
        depth: z.int(),
        text: z.string(),
        observed: z.array(z.strictObject({ name: z.string(), value: z.string() })),
        rule: z.string(),
        quantity: shownOut,
        rate: shownOut,
        amount: shownOut,
        reference: referenceOut.nullable(),
        certainty: certaintyOut,
        strength: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    uncertain: z.array(
      z.strictObject({
        key: z.string(), name: z.string(), certainty: certaintyOut, strength: z.string().nullable(), reference: referenceOut,
        note: z.string().nullable(), lines: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'RenderedStatement' });

export const missingOut = z.strictObject({ subject: z.string(), what: z.string(), name: z.string() }).meta({ id: 'Missing' });
