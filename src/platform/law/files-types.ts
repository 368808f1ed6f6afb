/** What the law files hold once they are read. */
import type { PlainDate } from '../dates/plain.ts';
import type { Dec } from '../money.ts';
import type { Certainty, Holiday, Item, ItemGroup, Parameter, Provenance, Reference, Slot, TrafficStreet, Zone } from './types.ts';

/** A category of a tariff: `from`–`to` points, both included, null = open; rate in zł/m². RATE-1 */
export interface TariffFileCategory {
  readonly category: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly rate: Dec;
  /** Of this rate. */
  readonly certainty: Certainty;
}

/** One tariff file: the order on rates as written, its rules not yet checked. P ann. 1 §1.2 */
export interface TariffFile extends Provenance {
  readonly code: string;
  /** Name of the order, in Polish. */
  readonly act: string;
  readonly categories: readonly TariffFileCategory[];
  /** zł/m². */
  readonly socialRate: Dec;
  /** zł/m². */
  readonly temporaryRoomRate: Dec;
  /** Replacement cost index known when the order was prepared, zł/m². RATE-3 */
  readonly index: Dec | null;
  /** In a draft the planned day. RATE-4 */
  readonly signedOn: PlainDate | null;
  readonly councilInformedOn: PlainDate | null;
}

/** Entries by section, as a law file names them. */
export interface LawSections {
  readonly references: Reference;
  readonly slots: Slot;
  readonly groups: ItemGroup;
  readonly items: Item;
  readonly zones: Zone;
  readonly streets: TrafficStreet;
  readonly parameters: Parameter;
  readonly holidays: Holiday;
}

/** The law of a folder. Values without `to` end where the next value of the same key starts; the loader closes them. */
export interface LawFiles {
  readonly references: readonly Reference[];
  readonly slots: readonly Slot[];
  readonly groups: readonly ItemGroup[];
  readonly items: readonly Item[];
  readonly zones: readonly Zone[];
  readonly traffic: readonly TrafficStreet[];
  readonly parameters: readonly Parameter[];
  readonly holidays: readonly Holiday[];
  readonly tariffs: readonly TariffFile[];
}

/** A read entry and where it stands. */
export interface Located<T> {
  readonly file: string;
  readonly entry: string;
  readonly value: T;
}
