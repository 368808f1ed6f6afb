import { describe, expect, it } from 'vitest';
import { IDENTITIES, IDENTITY_HEADER } from '../../../src/platform/http/index.ts';
import { bench, problemIn } from './support.ts';
import { seen } from './sample.ts';

const { clerk, nobody } = bench();

describe('who asks', () => {
  it('is asked for with 401, naming the header and those one may try', async () => {
    for (const asked of [nobody.get('/api/v1/leases'), nobody.get('/api/v1/leases').set(IDENTITY_HEADER, '  ')]) {
      const answer = await asked;
      const told = problemIn(answer, 401, 'identity_missing');
      expect(told.title).toBe('Nie wiadomo, kto pyta');
      expect(told.detail).toBe('Nie wiadomo, kto pyta. Dodaj nagłówek X-Kamienica-As z kodem osoby. Do wyboru: anna.referent, dawid.referent, hanna.podgorze, barbara.kierownik, cezary.prawo, filip.windykacja, edyta.audytor.');
      expect(answer.get('www-authenticate')).toContain(IDENTITY_HEADER);
    }
  });

  it('must be known, and is not the program itself', async () => {
    for (const code of ['nobody', 'system', 'anna.referent, system', '__proto__', 'x'.repeat(3_000)]) {
      const told = problemIn(await nobody.get('/api/v1/leases').set(IDENTITY_HEADER, code), 401, 'actor_unknown');
      expect(told.detail.length).toBeLessThan(300);
    }
    expect(IDENTITIES.map(({ code }) => code)).not.toContain('system');
  });

  it('reaches the command', async () => {
    await nobody.get('/api/v1/leases/UN-0001/rent?day=2026-01-31').set(IDENTITY_HEADER, 'edyta.audytor');
    expect(seen.at(-1)?.actor).toBe('edyta.audytor');
  });
});

describe('whether they may', () => {
  it('is checked before the body is looked at', async () => {
    const auditor = nobody.post('/api/v1/runs').set(IDENTITY_HEADER, 'edyta.audytor');
    const told = problemIn(await auditor.set('Content-Type', 'text/plain').send('{'), 403, 'not_permitted');
    expect(told.detail).toContain('run.prepare');
  });

  it('does not depend on who else may', async () => {
    const ask = (code: string) => nobody.post('/api/v1/runs').set(IDENTITY_HEADER, code).send({ tariff: 'KRK' });
    const statuses: Record<string, number> = {};
    for (const { code } of IDENTITIES) statuses[code] = (await ask(code)).status;
    expect(statuses).toEqual({
      'anna.referent': 202, 'dawid.referent': 202, 'hanna.podgorze': 202, 'barbara.kierownik': 202, 'cezary.prawo': 403, 'filip.windykacja': 403, 'edyta.audytor': 403,
    });
  });

  it('is said before 404 of a thing, so that one cannot search for what one may not see', async () => {
    const answer = await nobody.put('/api/v1/leases/none/note').set(IDENTITY_HEADER, 'edyta.audytor').send({});
    problemIn(answer, 403, 'not_permitted');
    problemIn(await clerk.put('/api/v1/leases/none/note').send({}), 422, 'invalid_input');
  });
});
