import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveIdentities } from '../../src/demo/identities.ts';
import { copyCity, generateCity, sourceOf } from '../../src/demo/index.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { addMonths } from '../../src/platform/dates/plain.ts';
import { bornByPesel, peselFlaw } from '../../src/persons/rules.ts';
import type { Identity } from '../../src/persons/read.ts';
import { findPerson, identityOf } from '../../src/persons/read.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { people } from '../support/instance.ts';
import { SECRETS } from '../support/secrets.ts';
import { ANCHOR } from './reading.ts';

const city = generateCity({ seed: 5, dwellings: 300, anchor: ANCHOR });
const databases: TestDatabase[] = [];

type Known = Identity & { readonly name: string; readonly first: PlainDate };

async function identities(seed: number): Promise<Known[]> {
  const database = await cloneDatabase();
  databases.push(database);
  await copyCity(database.ownerUrl, sourceOf(city));
  const { anna } = people(database, ANCHOR);
  expect(await giveIdentities(anna, { seed, anchor: ANCHOR })).toBe(city.persons.length);
  expect(await giveIdentities(anna, { seed, anchor: ANCHOR })).toBe(0);
  const firsts = await rows<{ code: string; first: PlainDate }>(database.db, `select p.code, coalesce(min(lower(f.valid)), '${ANCHOR}') as first from persons p left join lease_parties f on f.person_id = p.id group by p.id order by p.id`);
  return Promise.all(firsts.map(async ({ code, first }) => {
    const person = await findPerson(database.db, code);
    return { name: person.name, first, ...identityOf(SECRETS, person) };
  }));
}

let persons: Known[] = [];
beforeAll(async () => {
  persons = await identities(5);
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

describe("the demo's persons", () => {
  it('have PESELs that are right, each another, of people who were of age when they first signed', () => {
    const numbered = persons.filter((person): person is Known & { pesel: string } => person.pesel !== null);
    expect(numbered.length).toBeGreaterThan(persons.length * 0.9);
    expect(new Set(numbered.map(({ pesel }) => pesel)).size).toBe(numbered.length);
    for (const { pesel, first } of numbered) {
      expect(peselFlaw(pesel, ANCHOR)).toBeNull();
      expect(addMonths(bornByPesel(pesel) ?? ANCHOR, 18 * 12) <= first).toBe(true);
    }
    const ofWomen = numbered.filter(({ name }) => /^(Anna|Maria|Katarzyna|Małgorzata|Ewa) /.test(name));
    expect(ofWomen.length).toBeGreaterThan(3);
    expect(ofWomen.filter(({ pesel }) => Number(pesel[9]) % 2 !== 0)).toEqual([]);
  });

  it('have a reason where they have none, and foreigners a document', () => {
    const without = persons.filter(({ pesel }) => pesel === null);
    expect(new Set(without.map(({ withoutPesel }) => withoutPesel))).toEqual(new Set(['foreigner', 'unknown']));
    for (const { withoutPesel, document } of without) expect(document !== null).toBe(withoutPesel === 'foreigner');
  });

  it('are the same for the same seed, and others for another', async () => {
    expect(await identities(5)).toEqual(persons);
    expect(await identities(6)).not.toEqual(persons);
  });
});
