/** Codes of statement lines that the catalogue words. A test looks through the rules for codes that are missing here. */

export const LINE_CODES = [
  'area', 'room', 'room_not_counted', 'common_share', 'common_rounded', 'rounding',
  'points', 'item', 'no_item',
  'rate', 'category_rate', 'lowering', 'lowering_cap', 'social_rate', 'temporary_room_rate',
  'own_rate_taken_over_own', 'own_rate_tender', 'own_rate_offers_before', 'own_rate_artists_studio', 'own_rate_individual',
  'highest_rate_floor', 'highest_rate_before', 'no_title', 'no_title_stayed',
  'rent', 'rent_product',
  'remuneration', 'remuneration_product', 'auxiliary_share',
] as const;

export type LineCode = (typeof LINE_CODES)[number];

const KNOWN: ReadonlySet<string> = new Set(LINE_CODES);

export function isLineCode(code: string): code is LineCode {
  return KNOWN.has(code);
}

export type Language = 'pl' | 'en';

/** What a line's words may draw on: its arguments, names that stand in the law, numbers in the language's form. */
export interface Saying {
  /** Argument of the line; empty where it has none. */
  arg(name: string): string;
  /** Wording of an item of annex 5 in its act. */
  item(item: string): string;
  /** Name of a group of items. */
  group(group: string): string;
  /** A decimal argument in the language's form, two places at least. */
  decimal(name: string): string;
  /** A decimal argument in the language's form, as many places as it has. */
  number(name: string): string;
}

export interface Words {
  readonly lines: Readonly<Record<LineCode, (say: Saying) => string>>;
  /** Kinds of rooms; the act names them in annex 2 I.4. */
  readonly rooms: Readonly<Record<string, string>>;
  /** Height bands of UOPL art. 2(2). */
  readonly bands: Readonly<Record<string, string>>;
  /** Bases of the rate that stand beside the category. */
  readonly bases: Readonly<Record<string, string>>;
  readonly certainties: Readonly<Record<'printed' | 'reconstructed' | 'reported' | 'assumed', string>>;
  /** Of a value that the law's book does not hold. */
  readonly unknown: string;
  readonly strengths: Readonly<Record<'weak' | 'medium' | 'strong', string>>;
  /** Names of what was found where the law has no slot for it. */
  readonly findings: Readonly<Record<'street' | 'distance' | 'business', string>>;
  readonly observed: string;
  /** Before the number of an item in a reference. */
  readonly itemMark: string;
  /** Heading of the list of values that no act prints. */
  readonly restsOn: string;
}
