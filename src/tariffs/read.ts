/** What other slices may ask of tariffs. */
import type { Queryable } from '../platform/database/connect.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { contains } from '../platform/dates/ranges.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { isKnown } from '../platform/law/book.ts';
import type { Tariff } from './rules.ts';
import type { StoredTariff } from './store.ts';
import { readTariffs } from './store.ts';

/** All tariffs as known at one instant. */
export class TariffBook {
  readonly all: readonly StoredTariff[];

  constructor(tariffs: readonly StoredTariff[], knownAt: Instant) {
    this.all = tariffs.filter((tariff) => isKnown(tariff, knownAt)).sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** The tariff in force on the day, or null. */
  on(day: PlainDate): Tariff | null {
    return this.all.find((tariff) => contains(tariff, day)) ?? null;
  }

  /** The tariff of the code: its latest edition. */
  named(code: string): Tariff | null {
    return this.all.findLast((tariff) => tariff.code === code) ?? null;
  }
}

/** The tariffs as known at the instant. */
export async function tariffBook(db: Queryable, knownAt: Instant): Promise<TariffBook> {
  return new TariffBook(await readTariffs(db), knownAt);
}

/** Every reading of the tariff there is or was: the newest days first, of the same days what was known last. */
export async function tariffReadings(db: Queryable, code: string): Promise<StoredTariff[]> {
  const order = (tariff: StoredTariff): string => `${tariff.from} ${tariff.knownTo ?? '~'} ${tariff.knownFrom}`;
  return (await readTariffs(db)).filter((tariff) => tariff.code === code).sort((a, b) => (order(a) < order(b) ? 1 : -1));
}
