/**
 * Who the demo's persons are. The city is copied by the owner of the database, who has no keys, so that PESELs are given afterwards by the
 * instance, which encrypts them: from the seed and what was copied, the same for the same seed.
 */
import type { Context } from '../platform/context.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { GivenIdentity } from '../persons/identities.ts';
import { enterIdentities } from '../persons/identities.ts';
import { peselOf } from '../persons/rules.ts';
import type { Identity } from '../persons/store.ts';
import type { CityOptions } from './plan.ts';
import { Random } from './random.ts';
import { readNames } from './seeds.ts';

interface Copied {
  readonly id: string;
  readonly name: string;
  /** First day of the first lease; the anchor day for whoever has none. */
  readonly first: PlainDate;
}

/** Gives every person a PESEL that fits an adult at the first lease, and a few the reason why they have none. Gives their number; 0 when it was done before. */
export async function giveIdentities(ctx: Context, { seed, anchor }: Pick<CityOptions, 'seed' | 'anchor'>): Promise<number> {
  const { done } = await row<{ done: boolean }>(ctx.db, 'select exists (select 1 from persons where pesel_sealed is not null) as done');
  if (done) return 0;
  const persons = await rows<Copied>(
    ctx.db,
    `select p.id, p.name, coalesce(min(lower(f.valid)), ?::date) as first from persons p left join lease_parties f on f.person_id = p.id group by p.id order by p.id`,
    [anchor],
  );
  const women = new Set(readNames().women);
  const random = new Random(`kamienica/${seed}/identities`);
  const used = new Set<string>();
  const given: GivenIdentity[] = [];
  for (const { id, name, first } of persons) given.push({ id, identity: identity(random, used, { woman: women.has(name.split(' ')[0] ?? ''), first, anchor }) });
  await enterIdentities(ctx, given);
  return given.length;
}

interface Told {
  readonly woman: boolean;
  readonly first: PlainDate;
  readonly anchor: PlainDate;
}

function identity(random: Random, used: Set<string>, { woman, first, anchor }: Told): Identity {
  const born = birthDay(random, first, anchor);
  const kind = random.weighted([['pesel', 975], ['foreigner', 17], ['unknown', 8]] as const);
  if (kind === 'foreigner') return { pesel: null, withoutPesel: 'foreigner', document: `AB${random.int(1_000_000, 9_999_999)}`, born };
  if (kind === 'unknown') return { pesel: null, withoutPesel: 'unknown', document: null, born: null };
  for (;;) {
    const pesel = peselOf(born, random.int(0, 4_999) * 2 + (woman ? 0 : 1));
    if (used.has(pesel)) continue;
    used.add(pesel);
    return { pesel, withoutPesel: null, document: null, born };
  }
}

const YOUNGEST = 20;
const OLDEST_AT_FIRST = 58;
const OLDEST = 96;

/** Whoever signed was of age, and lives today. */
function birthDay(random: Random, first: PlainDate, anchor: PlainDate): PlainDate {
  const signed = Number(first.slice(0, 4));
  const year = Math.max(signed - random.int(YOUNGEST, OLDEST_AT_FIRST), Number(anchor.slice(0, 4)) - OLDEST);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(random.int(1, 12))}-${two(random.int(1, 28))}` as PlainDate;
}
