/** One question for everything: a place, a lease, a person as far as whoever asks may know of persons. */
import { listLeases } from '../../leases/lists.ts';
import type { LeaseRow } from '../../leases/lists.ts';
import { personsSeen } from '../../leases/sql.ts';
import { searchPersons } from '../../persons/read.ts';
import type { PersonView } from '../../persons/read.ts';
import { may } from '../../platform/access/roles.ts';
import type { Context } from '../../platform/context.ts';
import type { ListPage } from '../../platform/database/listing.ts';
import { DomainError } from '../../platform/errors.ts';
import type { DwellingFilter, DwellingRow } from '../../stock/lists.ts';
import { listDwellings } from '../../stock/lists.ts';

/** Of each kind no more than these: who gets more asks more precisely. */
export const MOST_FOUND = 10;

/** While one types: places and leases, each no more than these. */
const MOST_SUGGESTED = 5;

interface Part<Row> {
  readonly items: readonly Row[];
  readonly total: number;
}

export interface FoundPlaces {
  readonly dwellings: Part<DwellingRow>;
  readonly leases: Part<LeaseRow>;
}

export interface Found extends FoundPlaces {
  /** Null for those who may not know of persons. */
  readonly persons: Part<PersonView> | null;
}

const NOTHING = { items: [], total: 0 };

/** `Długa 12/3`, `ul. Długa 12 m. 3`, `Długa 12`, `Długa`. */
const ADDRESS = /^(?:ul\.|al\.|pl\.|os\.)?\s*(?<street>\D.*?)(?:\s+(?<house>\d+[A-Za-z]?)(?:\s*(?:\/|\bm\.?\s*|\blok\.?\s*)(?<flat>\d+[A-Za-z]?))?)?$/u;
const CODE = /^[A-Z]\d/u;
const PESEL = /^\d{11}$/u;

/** What the words mean as a place: a code, or a street with house and flat; null where they can be none. */
export function placeFilter(words: string): DwellingFilter | null {
  if (CODE.test(words)) return { code: words };
  const { street, house, flat } = ADDRESS.exec(words)?.groups ?? {};
  if (street === undefined || street.length > 120) return null;
  return { street: street.trim(), ...(house === undefined ? {} : { building_number: house }), ...(flat === undefined ? {} : { number: flat }) };
}

const first = <Sort extends string>(limit: number, by: Sort): ListPage<Sort> => ({ limit, offset: 0, sort: { by, descending: false } });

/** Dwellings and leases that fit the words, of the asker's own part of the city. */
async function findPlaces(ctx: Context, words: string, most: number): Promise<FoundPlaces> {
  const today = ctx.clock.today();
  const place = placeFilter(words);
  const [dwellings, leases] = await Promise.all([
    place === null ? NOTHING : listDwellings(ctx, today, place, first(most, 'street')),
    words.length < 3 || PESEL.test(words) ? NOTHING : listLeases(ctx, today, { number: words.toUpperCase().slice(0, 60) }, first(most, 'lease')),
  ]);
  return { dwellings, leases };
}

/** Without what stands before a number that is not typed yet. */
const plain = (given: string): string => given.normalize('NFC').trim().replace(/\s*(?:\/|\bm\.?|\blok\.?)$/u, '').trim();

/** Everything that fits the words. Looking for persons is an event of the audit trail. */
export async function findAll(ctx: Context, given: string): Promise<Found> {
  const words = plain(given);
  const [places, persons] = await Promise.all([findPlaces(ctx, words, MOST_FOUND), may(ctx.actor, 'person.read') ? personsLike(ctx, words) : null]);
  return { ...places, persons };
}

/** What fits so far. Nobody is looked up in passing: persons are found by the whole question alone. */
export function suggest(ctx: Context, given: string): Promise<FoundPlaces> {
  return findPlaces(ctx, plain(given), MOST_SUGGESTED);
}

async function personsLike(ctx: Context, words: string): Promise<Part<PersonView>> {
  const wanted = PESEL.test(words) ? { pesel: words } : /^O-\d/.test(words) ? { code: words } : /\d/.test(words) || words.length < 2 ? null : { name: words };
  if (wanted === null) return NOTHING;
  try {
    return await searchPersons(ctx, { ...wanted, perPage: MOST_FOUND }, personsSeen);
  } catch (error) {
    // Eleven digits that are no PESEL are nobody's.
    if (error instanceof DomainError && error.code === 'person_refused') return NOTHING;
    throw error;
  }
}
