/** The tariffs' own tables. */
import type { Queryable } from '../platform/database/connect.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { formatDayRange } from '../platform/dates/ranges.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import type { Recorded } from '../platform/law/book.ts';
import { KNOWN_COLUMNS, provenanceOf } from '../platform/law/store.ts';
import type { Certainty } from '../platform/law/types.ts';
import { dec } from '../platform/money.ts';
import type { Category, Tariff } from './rules.ts';

export type StoredTariff = Recorded<Tariff> & { readonly id: string; readonly loadedBy: string };

interface TariffRow {
  readonly id: string;
  readonly code: string;
  readonly act: string;
  readonly social_rate: string;
  readonly temporary_room_rate: string;
  readonly index_value: string | null;
  readonly signed_on: PlainDate | null;
  readonly council_informed_on: PlainDate | null;
  readonly loaded_by: string;
  readonly categories: readonly { category: string; from: number | null; to: number | null; rate: string; certainty: Certainty }[];
}

/** Every tariff there is or was, with its categories, in one query. */
export async function readTariffs(db: Queryable): Promise<StoredTariff[]> {
  const found = await rows<TariffRow & Parameters<typeof provenanceOf>[0]>(
    db,
    `select t.id, t.code, t.act, t.social_rate, t.temporary_room_rate, t.index_value, t.signed_on, t.council_informed_on, t.loaded_by,
       t.valid::text as valid, ${KNOWN_COLUMNS}, t.reference, t.certainty, t.strength, t.note,
       coalesce((select json_agg(json_build_object('category', c.category, 'from', lower(c.points), 'to', upper(c.points) - 1, 'rate', c.rate::text, 'certainty', c.certainty) order by c.position)
         from tariff_categories c where c.tariff_id = t.id), '[]') as categories
     from tariffs t order by t.id`,
  );
  return found.map((entry) => ({
    id: entry.id,
    loadedBy: entry.loaded_by,
    code: entry.code,
    act: entry.act,
    categories: entry.categories.map((category): Category => ({ ...category, rate: dec(category.rate) })),
    socialRate: dec(entry.social_rate),
    temporaryRoomRate: dec(entry.temporary_room_rate),
    index: entry.index_value === null ? null : dec(entry.index_value),
    signedOn: entry.signed_on,
    councilInformedOn: entry.council_informed_on,
    ...provenanceOf(entry),
  }));
}

/** Adds a tariff for the range, known from the instant. */
export async function insertTariff(trx: Queryable, tariff: Tariff, range: DayRange, knownFrom: Instant, actor: string): Promise<string> {
  const { id } = await row<{ id: string }>(
    trx,
    `insert into tariffs (code, act, social_rate, temporary_room_rate, index_value, signed_on, council_informed_on, loaded_by,
       valid, recorded, reference, certainty, strength, note)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    [
      tariff.code, tariff.act, tariff.socialRate.toFixed(), tariff.temporaryRoomRate.toFixed(), tariff.index?.toFixed() ?? null,
      tariff.signedOn, tariff.councilInformedOn, actor, formatDayRange(range), `[${knownFrom},)`,
      tariff.reference, tariff.certainty, tariff.strength ?? null, tariff.note ?? null,
    ],
  );
  await trx('tariff_categories').insert(
    tariff.categories.map((category, position) => ({
      tariff_id: id,
      category: category.category,
      points: `[${category.from ?? ''},${category.to ?? ''}]`,
      rate: category.rate.toFixed(),
      certainty: category.certainty,
      position,
    })),
  );
  return id;
}

/** From the instant on the row is no longer known. */
export async function closeTariffs(trx: Queryable, ids: readonly string[], at: Instant): Promise<void> {
  if (ids.length > 0) await trx.raw('update tariffs set recorded = tstzrange(lower(recorded), ?) where id = any(?)', [at, [...ids]]);
}
