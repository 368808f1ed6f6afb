import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, cityApp, places, problemOf } from '../support/app.ts';
import type { Page, Person, TestApp } from '../support/app.ts';

let city: TestApp;
let anna: Person;
beforeAll(async () => {
  city = await cityApp();
  anna = city.as('anna.referent');
});
afterAll(() => city.drop());

interface Line {
  readonly text: string;
  readonly depth: number;
  readonly amount: { readonly text: string } | null;
}
interface Rent {
  readonly lease: string;
  readonly dwelling: string;
  readonly day: string;
  readonly knownAt: string;
  readonly tariff: string;
  readonly inForce: { readonly amount: string; readonly from: string; readonly origin: string; readonly run: string | null; readonly statement: object | null } | null;
  readonly calculated: { readonly amount: string; readonly statement: { readonly result: { readonly rent: string } }; readonly explained: { readonly lines: readonly Line[] } } | null;
  readonly missing: readonly { readonly subject: string; readonly what: string; readonly name: string }[];
}

const rentOf = (lease: string, query = ''): string => `/leases/${encodeURIComponent(lease)}/rent${query}`;

async function draftsOf(query: string): Promise<{ lease: string; dwelling: string; newAmount: string | null }[]> {
  return [...bodyOf<Page<{ lease: string; dwelling: string; newAmount: string | null }>>(await anna.get(`/runs/2/drafts?${query}`)).items];
}

async function pointsLease(): Promise<string> {
  const [draft] = await draftsOf('outcome=increase&basis=points&sort=lease');
  if (!draft) throw new Error('no lease by points');
  return draft.lease;
}

describe('the rent of a lease', () => {
  it('is given as it is in force and as it is calculated, each with its statement', async () => {
    const rent = bodyOf<Rent>(await anna.get(rentOf(await pointsLease())));
    expect(rent).toMatchObject({ day: '2026-11-22', tariff: 'krk-2025', missing: [] });
    expect(rent.calculated?.statement.result.rent).toBe(rent.calculated?.amount);
    expect(rent.inForce).toMatchObject({ origin: 'run' });
    expect(rent.inForce?.statement).toMatchObject({ result: { rent: rent.inForce?.amount } });
    const [first] = rent.calculated?.explained.lines ?? [];
    expect(first?.text).toBe('Czynsz miesięczny (C)');
    expect(first?.amount?.text.replaceAll(/\s/g, ' ')).toBe(`${rent.calculated?.amount.replace('.', ',')} zł`);
  });

  it('is asked for another day and another tariff', async () => {
    const lease = await pointsLease();
    const next = bodyOf<Rent>(await anna.get(rentOf(lease, '?day=2027-04-15')));
    expect(next).toMatchObject({ day: '2027-04-15', tariff: 'krk-2027-projekt' });
    const named = bodyOf<Rent>(await anna.get(rentOf(lease, '?tariff=krk-2027-projekt')));
    expect(Number(named.calculated?.amount)).toBeGreaterThan(Number(bodyOf<Rent>(await anna.get(rentOf(lease))).calculated?.amount));
    expect(problemOf(await anna.get(rentOf(lease, '?tariff=krk-1999')), 404, 'tariff_unknown').detail).toContain('krk-2025');
  });

  it('is told in English as well', async () => {
    const rent = bodyOf<Rent>(await anna.get(rentOf(await pointsLease(), '?language=en')));
    expect(rent.calculated?.explained.lines[0]?.text).toBe('Monthly rent (C)');
  });

  it('as it was known on a day stays what it was when something is recorded later', async () => {
    const lease = await pointsLease();
    const asked = rentOf(lease, '?day=2026-11-22&known_on=2026-11-21');
    const before = bodyOf<Rent>(await anna.get(asked));
    const fact = { slot: 'mould', subject: before.dwelling, value: 'independent', from: '2026-11-01', reason: 'Wizja lokalna.', as: 'change' };
    expect((await anna.post('/facts', fact)).status).toBe(204);
    expect(bodyOf<Rent>(await anna.get(asked))).toEqual(before);
    const now = bodyOf<Rent>(await anna.get(rentOf(lease)));
    expect(now.calculated?.amount).not.toBe(before.calculated?.amount);
    expect(now.inForce).toEqual(before.inForce);
  });

  it('is refused in words for a lease, a day or a parameter there is not', async () => {
    const lease = await pointsLease();
    expect(problemOf(await anna.get(rentOf('ZBK/1/1')), 404, 'lease_unknown').detail).toBe('Nie ma umowy o numerze „ZBK/1/1”.');
    expect(problemOf(await anna.get(rentOf(lease, '?day=1900-01-01')), 422, 'lease_not_on').detail).toContain('1900-01-01');
    expect(places(problemOf(await anna.get(rentOf(lease, '?day=31.12.2026')), 422, 'invalid_input'))).toEqual(['day: Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-01-31.']);
    expect(places(problemOf(await anna.get(rentOf(lease, '?dzien=2026-01-01')), 422, 'invalid_input'))).toEqual(['dzien: Nieznany parametr. Dozwolone: day, known_on, tariff, language.']);
    expect(places(problemOf(await anna.get(rentOf(lease, '?day=2026-01-01&day=2026-01-02')), 422, 'invalid_input'))).toEqual(['day: Parametr podano więcej niż raz. Zostaw jeden.']);
  });

  it('that cannot be calculated says what is missing, by its Polish name', async () => {
    const [draft] = await draftsOf('reason=not_valued');
    if (!draft) throw new Error('no dwelling that cannot be valued');
    const rent = bodyOf<Rent>(await anna.get(rentOf(draft.lease)));
    expect(rent.calculated).toBeNull();
    expect(rent.missing.length).toBeGreaterThan(0);
    for (const { name, what } of rent.missing) expect(name).not.toBe(what);
  });
});

interface Value {
  readonly dwelling: string;
  readonly points: string | null;
  readonly area: string | null;
  readonly explained: { readonly lines: readonly Line[] };
  readonly missing: readonly { readonly subject: string; readonly what: string; readonly name: string }[];
}

describe('the value of a dwelling', () => {
  it('has points and usable area, item by item', async () => {
    const [draft] = await draftsOf('outcome=increase&basis=points&sort=lease');
    const value = bodyOf<Value>(await anna.get(`/dwellings/${draft?.dwelling ?? ''}/value`));
    expect(value).toMatchObject({ missing: [] });
    expect(value.points).toMatch(/^-?\d+(\.\d+)?$/);
    expect(value.area).toMatch(/^\d+\.\d\d$/);
    expect(value.explained.lines.length).toBeGreaterThan(10);
  });

  it('with gaps names what is missing in Polish instead of guessing', async () => {
    const [draft] = await draftsOf('reason=not_valued');
    const value = bodyOf<Value>(await anna.get(`/dwellings/${draft?.dwelling ?? ''}/value`));
    expect(value.points).toBeNull();
    const { slots } = bodyOf<{ slots: { slot: string; name: string }[] }>(await anna.get('/law/slots'));
    for (const { what, name, subject } of value.missing) {
      expect(name).toBe(slots.find(({ slot }) => slot === what)?.name ?? name);
      expect(name).toMatch(/[a-ząćęłńóśźż]{4}/);
      expect(['building', 'staircase', 'dwelling']).toContain(subject);
    }
    expect(value.missing.length).toBeGreaterThan(0);
  });

  it('of a day before anything was recorded names everything that is missing, and is no error', async () => {
    const [draft] = await draftsOf('outcome=increase&basis=points&sort=lease');
    const value = bodyOf<Value>(await anna.get(`/dwellings/${draft?.dwelling ?? ''}/value?day=2026-11-22&known_on=2000-01-01`));
    expect(value.points).toBeNull();
    expect(value.missing.map(({ name }) => name)).toContain('strefa');
  });

  it('and its history lead from the value to who recorded what', async () => {
    const [draft] = await draftsOf('outcome=increase&basis=points&sort=lease');
    const { dwelling, facts } = bodyOf<{ dwelling: { dwelling: string }; facts: { subject: string; slot: string; actor: string; reason: string; knownFrom: string }[] }>(await anna.get(`/dwellings/${draft?.dwelling ?? ''}/facts`));
    expect(dwelling.dwelling).toBe(draft?.dwelling);
    expect(new Set(facts.map(({ subject }) => subject))).toEqual(new Set(['building', 'staircase', 'dwelling']));
    expect(facts.every(({ actor, reason }) => actor !== '' && reason !== '')).toBe(true);
  });
});

describe('an auxiliary room', () => {
  it('is charged to its users, in parts that add up, each explained', async () => {
    const { rooms } = bodyOf<{ rooms: { room: string }[] }>(await anna.get('/auxiliary-rooms'));
    expect(rooms.length).toBeGreaterThan(0);
    for (const { room } of rooms.slice(0, 3)) {
      const told = bodyOf<{ users: { premises: string; amount: string; explained: { lines: Line[] } }[]; unknown: string[] }>(await anna.get(`/auxiliary-rooms/${room}/remuneration`));
      expect(told.users.length > 0).toBe(told.unknown.length === 0);
      for (const { explained } of told.users) expect(explained.lines.length).toBeGreaterThan(0);
    }
  });

  it('there is not is refused in words', async () => {
    expect(problemOf(await anna.get('/auxiliary-rooms/X-1/remuneration?day=2026-01-01'), 404, 'auxiliary_room_unknown').detail).toBe('Nie ma w dniu 2026-01-01 pomieszczenia pomocniczego o kodzie „X-1”.');
  });
});
