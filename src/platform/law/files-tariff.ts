/** Reads one tariff file: `seeds/law/tariffs/README.md` describes its fields. RATE-1 … RATE-4 are checked by the tariffs themselves. */
import { z } from 'zod';
import { Problems } from './files-problems.ts';
import { certainty, check, day, decimal, provenance, text, whole } from './files-schema.ts';
import type { TariffFile } from './files-types.ts';
import { parseYaml } from './files-yaml.ts';

const tariffSchema = z
  .strictObject({
    code: text,
    order: text,
    signed: day.nullable().default(null),
    council_informed: day.nullable().default(null),
    index: decimal.nullable().default(null),
    social_rate: decimal,
    temporary_room_rate: decimal,
    categories: z
      .array(z.strictObject({ category: text, from: whole.nullable().default(null), to: whole.nullable().default(null), rate: decimal, certainty: certainty.exactOptional() }))
      .min(1),
    ...provenance,
  })
  .transform(
    ({ order, signed, council_informed, social_rate, temporary_room_rate, categories, ...tariff }): TariffFile => ({
      ...tariff,
      act: order,
      signedOn: signed,
      councilInformedOn: council_informed,
      socialRate: social_rate,
      temporaryRoomRate: temporary_room_rate,
      categories: categories.map((category) => ({ ...category, certainty: category.certainty ?? tariff.certainty })),
    }),
  );

/** The tariff of the text, or null: the problems say why. */
export function readTariff(source: string, name: string, problems: Problems): TariffFile | null {
  const raw = parseYaml(source, name, problems);
  return raw === null ? null : check(tariffSchema, raw, name, '', problems);
}

/**
 * A tariff file as a clerk wrote it; `name` is what errors call it.
 * @throws LawFileError naming every problem
 */
export function readTariffFile(source: string, name: string): TariffFile {
  const problems = new Problems();
  const tariff = readTariff(source, name, problems);
  problems.throwIfAny();
  if (tariff === null) throw new Error(`${name}: unread without a problem`);
  return tariff;
}
