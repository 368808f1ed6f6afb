/** What the pages of tariffs ask of slices to their right: handed in when the program is put together. */
import type { Reader } from '../../platform/access/scope.ts';

/** Rents of one category and basis that stand on a tariff. */
export interface TariffUseRow {
  /** Null where the basis takes its rate from elsewhere than the categories. */
  readonly category: string | null;
  readonly basis: string | null;
  /** Rents in force today. */
  readonly inForce: number;
  /** Drafts of the latest run by the tariff. */
  readonly drafts: number;
}

export interface TariffUse {
  /** The latest run by the tariff, or null. */
  readonly run: string | null;
  readonly rows: readonly TariffUseRow[];
}

export type UseOfTariff = (reader: Reader, tariff: string) => Promise<TariffUse>;
