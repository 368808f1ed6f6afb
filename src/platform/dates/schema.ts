import { z } from 'zod';
import type { PlainDate } from './plain.ts';
import { isPlainDate } from './plain.ts';
import { said } from '../problem-texts.ts';

/** A day `YYYY-MM-DD` in input and output. */
export const plainDate = z
  .string()
  .refine((text): text is PlainDate => isPlainDate(text), said('want_day'))
  .meta({ format: 'date', examples: ['2026-01-31'] });
