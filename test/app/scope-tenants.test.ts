import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../src/app.ts';
import { importFile } from '../../src/exchange/index.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { may } from '../../src/platform/access/roles.ts';
import { scopeOf } from '../../src/platform/access/scope.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { TODAY, cityApp } from '../support/app.ts';
import type { Page, TestApp } from '../support/app.ts';
import { asking, limited, refusalOf, tenant } from '../support/asking.ts';

interface Dwelling { readonly dwelling: string; readonly building: string; readonly district: string | null }
interface Lease { readonly lease: string; readonly from: string; readonly to: string | null }

let city: TestApp;
beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

const codes = (list: Page<{ lease: string }>): string[] => list.items.map(({ lease }) => lease).sort();

/** Parties as known now. */
async function parties(where: string): Promise<{ person: string; lease: string; id: string }[]> {
  return rows(city.database.db, `select p.person_id::text as person, l.number as lease, l.id from lease_parties p join leases l on l.id = p.lease_id
    join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and t.valid @> '${TODAY}'::date where upper_inf(p.recorded) and ${where} order by l.id`);
}

describe('a tenant', () => {
  it('has the own leases in the list, and in its total', async () => {
    const [one] = await parties('upper_inf(p.valid)');
    if (!one) throw new Error('no party');
    const list = await asking(city, tenant(one.person))<Page<Lease>>('GET /leases');
    const own = (await parties(`p.person_id = ${one.person}`)).map(({ lease }) => lease);
    expect(codes(list)).toEqual([...new Set(own)].sort());
    expect(list.total).toBe(list.items.length);
    expect((await asking(city, personOf('anna.referent'))<Page<Lease>>('GET /leases')).total).toBeGreaterThan(list.total);
  });

  it('is told the rent of the own lease; that of another is not there', async () => {
    const found = await parties('upper_inf(p.valid)');
    const [one, other] = [found[0], found.find(({ person }) => person !== found[0]?.person)];
    if (!one || !other) throw new Error('no two tenants');
    const ask = asking(city, tenant(one.person));
    expect(await ask('GET /leases/:lease/rent', { params: { lease: one.lease } })).toMatchObject({ lease: one.lease });
    const refused = await refusalOf(ask('GET /leases/:lease/rent', { params: { lease: other.lease } }));
    const unknown = await refusalOf(ask('GET /leases/:lease/rent', { params: { lease: 'NIE-MA' } }));
    expect(refused).toEqual({ code: 'lease_unknown', text: unknown?.text.replace('NIE-MA', other.lease) });
  });

  it('reads in no answer who the other parties are', async () => {
    const shared = (await rows<{ person: string; lease: string; names: string[] }>(city.database.db,
      `select min(p.person_id)::text as person, l.number as lease, array_agg(distinct n.code) || array_agg(distinct n.name) as names from lease_parties p join leases l on l.id = p.lease_id join persons n on n.id = p.person_id
       join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and t.valid @> '${TODAY}'::date where upper_inf(p.recorded) group by l.number having count(*) > 1`))[0];
    if (!shared) throw new Error('no lease of two');
    const ask = asking(city, tenant(shared.person));
    const told = JSON.stringify([await ask('GET /leases'), await ask('GET /leases/:lease/rent', { params: { lease: shared.lease } })]);
    expect(shared.names.length).toBeGreaterThan(3);
    for (const name of shared.names) expect(told).not.toContain(name);
  });

  it('who left the lease still sees it; who was a party by mistake does not', async () => {
    const [left] = await rows<{ person: string; lease: string }>(city.database.db,
      `select p.person_id::text as person, l.number as lease from lease_parties p join leases l on l.id = p.lease_id
       join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and t.valid @> '${TODAY}'::date
       where upper_inf(p.recorded) and p.person_id not in (select q.person_id from lease_parties q where q.lease_id <> p.lease_id) order by l.id limit 1`);
    if (!left) throw new Error('no tenant of one lease');
    const close = (set: string): Promise<unknown> => city.database.owner.raw(`update lease_parties set ${set} where person_id = ${left.person}`);
    await close(`valid = daterange(lower(valid), '${TODAY}'::date - 1)`);
    const ask = asking(city, tenant(left.person));
    expect(codes(await ask<Page<Lease>>('GET /leases'))).toEqual([left.lease]);
    expect(await refusalOf(ask('GET /leases/:lease/rent', { params: { lease: left.lease } }))).toBeNull();
    await close(`recorded = tstzrange(lower(recorded), lower(recorded) + interval '1 hour'), closed_change_id = change_id`);
    expect(codes(await ask<Page<Lease>>('GET /leases'))).toEqual([]);
    expect((await refusalOf(ask('GET /leases/:lease/rent', { params: { lease: left.lease } })))?.code).toBe('lease_unknown');
  });

  it('not yet found among the persons sees nothing', async () => {
    expect(await asking(city, tenant(null))<Page<Lease>>('GET /leases')).toMatchObject({ items: [], total: 0 });
  });

  it('may read leases and law, and nothing of the stock, the runs or the rooms that others use', () => {
    const open = ROUTES.filter(({ permission }) => may(tenant('1'), permission)).map(({ path }) => path).filter((path) => /^\/(dwellings|leases|auxiliary-rooms|runs|operations|exports|imports\/:)/.test(path));
    expect(open.sort()).toEqual(['/leases', '/leases/:lease/rent']);
  });

  it('who also works for the city has the scope of the work', () => {
    const scope = scopeOf({ actor: { ...limited('a', ['clerk', 'tenant'], 'I Stare Miasto'), person: '1' }, clock: city.clock });
    expect(scope).toEqual({ kind: 'districts', districts: ['I Stare Miasto'], day: TODAY });
  });
});

describe('a building that comes to another district', () => {
  it('is in each for its days in lists, and by itself where it lies today', async () => {
    const anna = city.instance.context(personOf('anna.referent'));
    const moves = '2026-06-01';
    const { items } = await asking(city, personOf('anna.referent'))<Page<Dwelling>>('GET /dwellings', { query: { district: 'V Krowodrza' } });
    const { building, dwelling } = items[0] ?? { building: '', dwelling: '' };
    const source = Buffer.from(`kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do\n${building};ul. Nowa;7;31-001;XIII Podgórze;gmina;ZBK;${moves};\n`);
    expect(await importFile(anna, { sheet: 'budynki', source, fileName: 'budynki.csv', reason: 'Nowy podział.', dryRun: false })).toMatchObject({ changed: 1 });
    const before = asking(city, limited('k', ['clerk'], 'V Krowodrza'));
    const after = asking(city, personOf('hanna.podgorze'));
    const has = async (ask: typeof before, day: string): Promise<boolean> => {
      const list = await ask<Page<Dwelling>>('GET /dwellings', { query: { day, building } });
      return list.total > 0;
    };
    expect([await has(before, '2026-05-31'), await has(before, moves), await has(before, TODAY)]).toEqual([true, false, false]);
    expect([await has(after, '2026-05-31'), await has(after, moves), await has(after, TODAY)]).toEqual([false, true, true]);
    const facts = { params: { dwelling }, query: { day: '2026-01-01' } };
    expect((await refusalOf(before('GET /dwellings/:dwelling/facts', facts)))?.code).toBe('dwelling_unknown');
    expect(await refusalOf(after('GET /dwellings/:dwelling/facts', facts))).toBeNull();
  });
});
