import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE } from '../../src/app.ts';
import { DRAFT_SORTS } from '../../src/rents/runs/drafts.ts';
import { TODAY, bodyOf, cityApp, finished, places, problemOf } from '../support/app.ts';
import type { Page, Person, TestApp } from '../support/app.ts';

let city: TestApp;
let anna: Person;
let barbara: Person;
beforeAll(async () => {
  city = await cityApp();
  anna = city.as('anna.referent');
  barbara = city.as('barbara.kierownik');
});
afterAll(() => city.drop());

interface Draft {
  readonly lease: string;
  readonly dwelling: string;
  readonly step: number;
  readonly outcome: string;
  readonly reason: string | null;
  readonly effectiveFrom: string | null;
  readonly oldAmount: string | null;
  readonly newAmount: string | null;
  readonly difference: string | null;
  readonly percent: string | null;
  readonly category: string | null;
  readonly points: string | null;
  readonly zone: string | null;
  readonly district: string | null;
  readonly warnings: readonly string[];
  readonly leftOut: boolean;
}
interface Run {
  readonly run: string;
  readonly state: string;
  readonly leases: number | null;
  readonly leftOut: number;
  readonly preparedBy: readonly string[];
  readonly decidedBy: string | null;
  readonly summary: { readonly outcomes: readonly { outcome: string; leases: string; difference: string | null }[] } | null;
}

const NEXT = { tariff: 'krk-2027-projekt', delivered: '2026-12-10' };

async function drawn(person: Person, body: object = NEXT): Promise<string> {
  const answer = await person.post('/runs', body);
  const { run, operation } = bodyOf<{ run: string; operation: string }>(answer, 202);
  expect(answer.get('location')).toBe(`${BASE}/operations/${operation}`);
  expect(await finished(person, answer.get('location') ?? '')).toMatchObject({ state: 'done', problem: null, result: { run } });
  return run;
}

async function drafts(run: string, query = ''): Promise<readonly Draft[]> {
  return bodyOf<Page<Draft>>(await anna.get(`/runs/${run}/drafts?per_page=200${query}`)).items;
}

const runOf = async (run: string): Promise<Run> => bodyOf<Run>(await anna.get(`/runs/${run}`));

describe('a run over HTTP', () => {
  it('is not approved by whoever had a hand in it', async () => {
    const own = await drawn(barbara);
    expect(problemOf(await barbara.post(`/runs/${own}/approval`), 403, 'decision_own').detail).toContain('Poproś inną osobę');
    problemOf(await barbara.post(`/runs/${own}/rejection`, { reason: 'Nie tak miało być.' }), 403, 'decision_own');
    const other = await drawn(anna);
    const [first] = await drafts(other);
    expect((await barbara.post(`/runs/${other}/omissions`, { lease: first?.lease, reason: 'Wyjaśniamy.' })).status).toBe(204);
    problemOf(await barbara.post(`/runs/${other}/approval`), 403, 'decision_own');
  });

  it('is rejected with a reason', async () => {
    const run = await drawn(anna);
    expect(places(problemOf(await barbara.post(`/runs/${run}/rejection`, {}), 422, 'invalid_input'))).toEqual(['reason: Podaj tę wartość.']);
    expect((await barbara.post(`/runs/${run}/rejection`, { reason: 'Rada nie została poinformowana.' })).status).toBe(204);
    expect(await runOf(run)).toMatchObject({ state: 'rejected', stateReason: 'Rada nie została poinformowana.', decidedBy: 'barbara.kierownik' });
  });

  it('names the leases whose data changed beneath it, and draws them anew', async () => {
    const run = await drawn(anna);
    const rising = (await drafts(run, '&outcome=increase&basis=points&sort=lease')).find(({ warnings }) => warnings.length === 0);
    const fact = { slot: 'damp', subject: rising?.dwelling, value: 'independent', from: '2026-11-01', reason: 'Wizja lokalna.', as: 'change' };
    expect((await anna.post('/facts', fact)).status).toBe(204);
    const told = problemOf(await barbara.post(`/runs/${run}/approval`), 409, 'run_inputs_changed');
    expect(told.detail).toContain(rising?.lease);
    const { leases } = bodyOf<{ leases: string[] }>(await anna.post(`/runs/${run}/redraw`));
    expect(leases).toContain(rising?.lease);
    expect((await runOf(run)).summary).not.toBeNull();
    expect((await barbara.post(`/runs/${run}/rejection`, { reason: 'Zaczynamy od nowa.' })).status).toBe(204);
  });
});

describe('the drafts of a run', () => {
  it('are filtered by every column that is told', async () => {
    const all = await drafts('2');
    const [one] = all.filter(({ outcome, zone, district }) => outcome === 'increase' && zone !== null && district !== null);
    if (!one) throw new Error('no rising lease in a zone');
    for (const key of ['outcome', 'zone', 'district'] as const) {
      const found = await drafts('2', `&${key}=${encodeURIComponent(one[key] ?? '')}`);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((draft) => draft[key] === one[key])).toBe(true);
    }
    expect((await drafts('2', '&outcome=exception')).every(({ reason }) => reason !== null)).toBe(true);
    expect((await drafts('2', `&lease=${encodeURIComponent(one.lease)}`)).every(({ lease }) => lease === one.lease)).toBe(true);
    expect(await drafts('2', '&warning=NIE-MA')).toEqual([]);
    expect(places(problemOf(await anna.get('/runs/2/drafts?outcome=podwyzka'), 422, 'invalid_input'))).toEqual(['outcome: Wybierz jedną z wartości: increase, decrease, first, unchanged, exception.']);
  });

  it('are sorted by every key, amounts as amounts', async () => {
    for (const sort of DRAFT_SORTS) {
      const rows = await drafts('2', `&sort=-${sort}`);
      const key = sort.replace(/_./, (letter) => letter.charAt(1).toUpperCase());
      // Categories are Roman numbers: their order is that of their points.
      const told = sort === 'category' ? rows.filter(({ category }) => category !== null).map(({ points }) => points) : rows.map((row) => row[key as keyof Draft]);
      const keys = told.filter((value) => value !== null).map((value) => (/^-?\d+\.\d\d$/.test(String(value)) ? Number(value) : String(value)));
      expect(keys.length).toBeGreaterThan(sort === 'reason' ? 5 : 50);
      const polish = new Intl.Collator('pl').compare;
      expect(keys).toEqual([...keys].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? b - a : sort === 'district' ? polish(String(b), String(a)) : String(a) < String(b) ? 1 : -1)));
    }
  });

  it('show the old and the new statement side by side', async () => {
    const run = await drawn(anna);
    const [rising] = (await drafts(run, '&outcome=increase&basis=points')).filter(({ step }) => step === 0);
    const { steps } = bodyOf<{ steps: { newAmount: string; oldAmount: string; statement: { result: { rent: string } } | null; oldStatement: { result: { rent: string } } | null }[] }>(
      await anna.get(`/runs/${run}/draft?lease=${encodeURIComponent(rising?.lease ?? '')}`),
    );
    expect(steps[0]?.statement?.result.rent).toBe(rising?.newAmount);
    expect(steps[0]?.oldStatement?.result.rent).toBe(rising?.oldAmount);
    problemOf(await anna.get(`/runs/${run}/draft?lease=NIE-MA`), 404, 'lease_not_in_run');
  });

  it('are compared with those of another run', async () => {
    const told = bodyOf<{ leases: number; same: number; total: number; sumA: string; sumB: string; difference: string; items: { difference: string | null }[] }>(await anna.get('/runs/1/comparison?with=2&per_page=200'));
    expect(told.same + told.total).toBe(told.leases);
    expect((Number(told.sumB) - Number(told.sumA)).toFixed(2)).toBe(told.difference);
    const sizes = told.items.flatMap(({ difference }) => (difference === null ? [] : [Math.abs(Number(difference))]));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(bodyOf(await anna.get('/runs/2/comparison?with=2'))).toMatchObject({ total: 0, difference: '0.00', items: [] });
    problemOf(await anna.get('/runs/1/comparison?with=99999'), 404, 'run_unknown');
  });
});

describe('a run that cannot be begun', () => {
  it('says why: tariff, scope, days', async () => {
    expect(problemOf(await anna.post('/runs', { tariff: 'krk-1999' }), 404, 'tariff_unknown').detail).toContain('krk-2027-projekt');
    problemOf(await anna.post('/runs', { ...NEXT, scope: { kind: 'building', building: 'NIE-MA' } }), 404, 'building_unknown');
    problemOf(await anna.post('/runs', { ...NEXT, scope: { kind: 'leases', leases: ['NIE-MA'] } }), 404, 'leases_unknown');
    expect(problemOf(await anna.post('/runs', { ...NEXT, scope: { kind: 'district', district: 'Atlantyda' } }), 404, 'district_unknown').detail).toMatch(/Znane: .+,/);
    expect(places(problemOf(await anna.post('/runs', { ...NEXT, scope: { kind: 'ulica' } }), 422, 'invalid_input'))[0]).toMatch(/^scope\.kind: /);
    expect(places(problemOf(await anna.post('/runs', { taryfa: 'x', delivered: '10.12.2026' }), 422, 'invalid_input')).sort()).toEqual([
      'delivered: Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-01-31.', 'tariff: Podaj tę wartość.', 'taryfa: Nieznane pole. Usuń je albo popraw nazwę.',
    ]);
    problemOf(await anna.post('/runs'), 400, 'body_missing');
    expect(places(problemOf(await anna.post('/runs', { ...NEXT, delivered: '2206-12-10' }), 422, 'day_far'))).toEqual(['delivered: Dzień 2206-12-10 jest zbyt odległy; najpóźniejszy dopuszczalny to 2028-11-22. Sprawdź rok.']);
    for (const since of ['0000-01-01T00:00:00Z', '2026-11-21T00:00:00.1234567891Z', '2026-11-21', 'wczoraj']) {
      expect(places(problemOf(await anna.post('/runs', { ...NEXT, scope: { kind: 'changed', since } }), 422, 'invalid_input'))).toEqual(['scope.since: Podaj chwilę ze strefą, na przykład 2026-01-31T10:00:00+01:00.']);
    }
    await drawn(anna, { ...NEXT, scope: { kind: 'changed', since: '2026-11-21T00:00:00+23:59' } });
  });

  it('leaves nothing behind', async () => {
    const before = bodyOf<Page<Run>>(await anna.get('/runs')).total;
    await anna.post('/runs', { tariff: 'krk-1999' });
    expect(bodyOf<Page<Run>>(await anna.get('/runs')).total).toBe(before);
  });

  it('for want of a law says so in its operation, and is void', async () => {
    const answer = await anna.post('/runs', { ...NEXT, businessDate: '1900-01-01', delivered: '1900-01-01' });
    const { run } = bodyOf<{ run: string }>(answer, 202);
    const told = await finished(anna, answer.get('location') ?? '');
    for (const at of [told.startedAt, told.finishedAt]) expect(at).toMatch(/^2026-11-22T\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(told).toMatchObject({ state: 'failed', problem: { code: 'law_missing', detail: expect.stringContaining('notice.months') as string } });
    await expect.poll(async () => (await runOf(run)).state).toBe('void');
    expect(problemOf(await barbara.post(`/runs/${run}/approval`), 409, 'run_not_draft').detail).not.toMatch(/void/);
  });

  it('lists the newest run first', async () => {
    const runs = bodyOf<Page<Run>>(await anna.get('/runs')).items.map(({ run }) => Number(run));
    expect(runs).toEqual([...runs].sort((a, b) => b - a));
    expect(TODAY).toBe('2026-11-22');
  });
});

describe('from the first request to the rent in force', () => {
  it('a run is begun, drawn, looked at, left out of, taken back, and approved by another person', async () => {
    const run = await drawn(anna);
    expect(await runOf(run)).toMatchObject({ state: 'draft', preparedBy: ['anna.referent'], decidedBy: null, leftOut: 0 });
    const [rising] = await drafts(run, '&outcome=increase&sort=-difference');
    const lease = rising?.lease ?? '';
    expect((await anna.post(`/runs/${run}/omissions`, { lease, reason: 'Sprawa w sądzie.' })).status).toBe(204);
    expect(problemOf(await anna.post(`/runs/${run}/omissions`, { lease, reason: 'Drugi raz.' }), 409, 'lease_left_out').detail).toContain(lease);
    expect((await runOf(run)).leftOut).toBe(1);
    expect((await drafts(run, `&lease=${encodeURIComponent(lease)}`))[0]?.leftOut).toBe(true);
    expect((await anna.delete(`/runs/${run}/omissions?lease=${encodeURIComponent(lease)}`)).status).toBe(204);
    problemOf(await anna.delete(`/runs/${run}/omissions?lease=${encodeURIComponent(lease)}`), 409, 'lease_not_left_out');
    expect(bodyOf(await anna.post(`/runs/${run}/redraw`))).toEqual({ leases: [] });
    problemOf(await anna.post(`/runs/${run}/approval`), 403, 'not_permitted');
    const { rents } = bodyOf<{ rents: number }>(await barbara.post(`/runs/${run}/approval`));
    expect(rents).toBeGreaterThan(100);
    expect(await runOf(run)).toMatchObject({ state: 'approved', decidedBy: 'barbara.kierownik' });
    expect(problemOf(await barbara.post(`/runs/${run}/approval`), 409, 'decision_not_draft').detail).toContain('zatwierdzone');
    expect(problemOf(await anna.post(`/runs/${run}/omissions`, { lease, reason: 'Za późno.' }), 409, 'run_not_draft').detail).toContain('zatwierdzone');
    const rent = bodyOf<{ inForce: { amount: string; run: string } }>(await anna.get(`/leases/${encodeURIComponent(lease)}/rent?day=${rising?.effectiveFrom ?? ''}`));
    expect(rent.inForce).toMatchObject({ amount: rising?.newAmount, run });
  });
});
