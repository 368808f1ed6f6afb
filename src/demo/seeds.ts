/** What the city is made of: streets, the traffic register of the act, names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
// Compiled, the program lies one folder deeper.
const FOLDER = path.resolve(path.basename(ROOT) === 'dist' ? path.dirname(ROOT) : ROOT, 'seeds');

const STREET_STYLES = ['tenement', 'huta', 'estate', 'house', 'other'] as const;
export type StreetStyle = (typeof STREET_STYLES)[number];

const streets = z.object({
  districts: z.array(z.string()).length(18),
  streets: z.array(
    z.strictObject({
      street: z.string(),
      district: z.int().min(1).max(18),
      postcode: z.string().regex(/^3[01]-\d$/),
      zone: z.enum(['S', 'A', 'B', 'C']),
      styles: z.array(z.enum(STREET_STYLES)).min(1),
      tram: z.boolean().default(false),
      rail: z.boolean().default(false),
      far: z.boolean().default(false),
      arteries: z.array(z.string()).default([]),
    }),
  ),
});

const traffic = z.object({ streets: z.array(z.object({ band: z.string(), street: z.string(), segment: z.string().default('') })) });

const names = z.object({
  men: z.array(z.string()),
  women: z.array(z.string()),
  gendered: z.array(z.string()),
  common: z.array(z.string()),
});

/** An entry of annex 4. VAL-3 */
export interface Artery {
  readonly band: string;
  readonly street: string;
  readonly segment: string;
}

export interface Street {
  readonly street: string;
  readonly district: string;
  /** First four characters; the last two digits are the building's. */
  readonly postcode: string;
  readonly zone: 'S' | 'A' | 'B' | 'C';
  readonly styles: readonly StreetStyle[];
  readonly tram: boolean;
  readonly rail: boolean;
  readonly far: boolean;
  /** For every artery nearby, its entries in the act (one for each segment). */
  readonly arteries: readonly (readonly Artery[])[];
}

export type Names = z.infer<typeof names>;

function read(file: string): unknown {
  return parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

/** @throws Error when a street names an artery that annex 4 does not have */
export function readStreets(): Street[] {
  const register = traffic.parse(read('law/traffic.yaml')).streets;
  const { districts, streets: list } = streets.parse(read('demo/streets.yaml'));
  return list.map((entry) => ({
    ...entry,
    district: districts[entry.district - 1] ?? '',
    arteries: entry.arteries.map((name) => {
      const entries = register.filter((artery) => artery.street === name);
      if (entries.length === 0) throw new Error(`seeds/demo/streets.yaml: annex 4 has no ${name} (${entry.street})`);
      return entries.map(({ band, street, segment }) => ({ band, street, segment }));
    }),
  }));
}

export function readNames(): Names {
  return names.parse(read('demo/names.yaml'));
}
