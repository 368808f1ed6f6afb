import { z } from 'zod';
import type { PlainDate } from './plain.ts';
import { isPlainDate } from './plain.ts';

/** A day `YYYY-MM-DD` in input and output. */
export const plainDate = z
  .string()
  .refine((text): text is PlainDate => isPlainDate(text), { error: 'Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-01-31.' })
  .meta({ format: 'date', examples: ['2026-01-31'] });
