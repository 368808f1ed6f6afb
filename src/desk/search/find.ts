/** One question for everything: a place, a lease, a person as far as whoever asks may know of persons. */
import { listLeases } from '../../leases/lists.ts';
import type { LeaseRow } from '../../leases/lists.ts';
import { personsSeen } from '../../leases/sql.ts';
import { searchPersons } from '../../persons/read.ts';
import type { PersonView } from '../../persons/read.ts';
import { may } from '../../platform/access/roles.ts';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import type { DwellingFilter, DwellingRow } from '../../stock/lists.ts';
import { listDwellings } from '../../stock/lists.ts';

/** Of each kind no more than these: who gets more asks more precisely. */
export const MOST_FOUND = 10;

interface Part<Row> {
  readonly items: readonly Row[];
  readonly total: number;
}

export interface Found {
  readonly dwellings: Part<DwellingRow>;
  readonly leases: Part<LeaseRow>;
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

const page = <Sort extends string>(by: Sort): { limit: number; offset: number; sort: { by: Sort; descending: boolean } } => ({ limit: MOST_FOUND, offset: 0, sort: { by, descending: false } });

/** Everything that fits the words, of the asker's own part of the city. Looking for persons is an event of the audit trail. */
export async function findAll(ctx: Context, given: string): Promise<Found> {
  const words = given.trim().normalize('NFC');
  const today = ctx.clock.today();
  const place = placeFilter(words);
  const [dwellings, leases, persons] = await Promise.all([
    place === null ? NOTHING : listDwellings(ctx, today, place, page('street')),
    words.length < 3 || PESEL.test(words) ? NOTHING : listLeases(ctx, today, { number: words.toUpperCase().slice(0, 60) }, page('lease')),
    may(ctx.actor, 'person.read') ? personsLike(ctx, words) : null,
  ]);
  return { dwellings, leases, persons };
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
