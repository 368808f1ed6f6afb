import { Router } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { Quota, RateLimits } from '../../../src/platform/http/index.ts';
import { IDENTITY_HEADER, RATE_LIMITS } from '../../../src/platform/http/index.ts';
import { bench, problemIn } from './support.ts';

const few: Quota = { most: 3, seconds: 60 };
const only = (changed: Partial<RateLimits>): { limits: RateLimits } => ({ limits: { ...RATE_LIMITS, ...changed } });
const as = (code: string): Record<string, string> => ({ [IDENTITY_HEADER]: code });

/** Statuses of so many equal requests, one after another. */
async function statuses(count: number, ask: () => PromiseLike<{ readonly status: number }>): Promise<number[]> {
  const told: number[] = [];
  for (let turn = 0; turn < count; turn += 1) told.push((await ask()).status);
  return told;
}

describe('whoever asks too often', () => {
  it('is told in words when to come again, and the answers before say how many are left', async () => {
    const { clerk } = bench(only({ personQuestions: few }));
    const first = await clerk.get('/api/v1/leases/UN-0001');
    expect(first.get('ratelimit')).toMatch(/"person-questions"; r=2; t=\d+/);
    expect(first.get('ratelimit-policy')).toMatch(/"person-questions"; q=3; w=60/);
    expect(await statuses(2, () => clerk.get('/api/v1/leases/UN-0001'))).toEqual([200, 200]);
    const refused = await clerk.get('/api/v1/leases/UN-0001');
    const told = problemIn(refused, 429, 'too_many_requests');
    const seconds = Number(refused.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect([told.title, told.detail]).toEqual(['Za dużo żądań', `Za dużo żądań w krótkim czasie. Odczekaj ${seconds} s i spróbuj ponownie.`]);
  });

  it('as one person is stopped whatever the address, and nobody else with them', async () => {
    const { app } = bench({ ...only({ personQuestions: few }), trustProxy: 1 });
    let address = 0;
    const ask = (code: string): PromiseLike<{ status: number }> => request(app).get('/api/v1/leases').set(as(code)).set('X-Forwarded-For', `203.0.113.${(address += 1)}`);
    expect(await statuses(4, () => ask('anna.referent'))).toEqual([200, 200, 200, 429]);
    expect((await ask('dawid.referent')).status).toBe(200);
  });

  it('from one address is stopped whoever they say they are, before it is asked who they are', async () => {
    const { app } = bench({ ...only({ addressQuestions: few }), trustProxy: 1 });
    const from = (address: string, code: string): PromiseLike<{ status: number }> => request(app).get('/api/v1/leases').set(as(code)).set('X-Forwarded-For', address);
    const codes = ['anna.referent', 'nobody.at.all', 'dawid.referent', 'edyta.audytor'];
    expect(await statuses(4, () => from('203.0.113.7', codes.shift() ?? ''))).toEqual([200, 401, 200, 429]);
    expect((await from('203.0.113.8', 'anna.referent')).status).toBe(200);
  });

  it('from the subnet that one customer of IPv6 gets is one address', async () => {
    const { app } = bench({ ...only({ addressQuestions: few }), trustProxy: 1 });
    let host = 0;
    const ask = (net: string): PromiseLike<{ status: number }> => request(app).get('/api/v1/leases').set(as('anna.referent')).set('X-Forwarded-For', `${net}::${(host += 1)}`);
    expect(await statuses(4, () => ask('2001:db8:0:1'))).toEqual([200, 200, 200, 429]);
    expect((await ask('2001:db8:1:1')).status).toBe(200);
  });

  it('cannot choose the address unless a proxy is trusted', async () => {
    const { app } = bench(only({ addressQuestions: few }));
    let forged = 0;
    expect(await statuses(4, () => request(app).get('/api/v1/leases').set(as('anna.referent')).set('X-Forwarded-For', `203.0.113.${(forged += 1)}`))).toEqual([200, 200, 200, 429]);
  });

  it('may still ask when no more commands are taken, and reaches no command after', async () => {
    const { clerk } = bench(only({ personCommands: few }));
    const start = (): PromiseLike<{ status: number }> => clerk.post('/api/v1/runs').send({ tariff: 'KRK' });
    expect(await statuses(5, start)).toEqual([202, 202, 202, 429, 429]);
    expect((await clerk.get('/api/v1/leases')).status).toBe(200);
  });

  it('with what is no address or no method at all is counted too', async () => {
    const { app } = bench(only({ addressQuestions: few, addressCommands: few }));
    expect(await statuses(4, () => request(app).get('/none'))).toEqual([404, 404, 404, 429]);
    expect(await statuses(4, () => request(app).patch('/api/v1/%zz'))).toEqual([400, 400, 400, 429]);
  });

  it('is held to fewer commands than questions, and a person to fewer than an address', () => {
    expect(RATE_LIMITS.personCommands.most).toBeLessThan(RATE_LIMITS.personQuestions.most);
    expect(RATE_LIMITS.addressCommands.most).toBeLessThan(RATE_LIMITS.addressQuestions.most);
    expect(RATE_LIMITS.personQuestions.most).toBeLessThan(RATE_LIMITS.addressQuestions.most);
  });

  it('does not keep the watch over the process from its answer', async () => {
    const { nobody } = bench(only({ addressQuestions: { most: 1, seconds: 60 } }));
    expect(await statuses(3, () => nobody.get('/health/live'))).toEqual([200, 200, 200]);
    expect(await statuses(2, () => nobody.get('/none'))).toEqual([404, 429]);
    expect((await nobody.get('/metrics')).status).toBe(200);
  });
});

describe('sign-in', () => {
  const router = Router();
  router.post('/sign-in/callback/staff', (req, res) => void res.sendStatus(req.get('x-code') === 'right' ? 204 : 401));

  it('takes few attempts that fail, and does not count those that succeed among them', async () => {
    const { app } = bench({ ...only({ failedSignIns: few }), mount: [router] });
    const attempt = (code: string): PromiseLike<{ status: number }> => request(app).post('/sign-in/callback/staff').set('X-Code', code);
    expect(await statuses(5, () => attempt('right'))).toEqual([204, 204, 204, 204, 204]);
    expect(await statuses(4, () => attempt('wrong'))).toEqual([401, 401, 401, 429]);
    // The right code is no way in any more: a guesser must not learn that it was.
    expect((await attempt('right')).status).toBe(429);
  });

  it('takes few attempts at all', async () => {
    const { app } = bench({ ...only({ signIns: few }), mount: [router] });
    expect(await statuses(4, () => request(app).post('/sign-in/callback/staff').set('X-Code', 'right'))).toEqual([204, 204, 204, 429]);
  });

  it('cannot be guessed at by many attempts at once', async () => {
    const { app } = bench({ ...only({ failedSignIns: few }), mount: [router] });
    const server = app.listen(0);
    try {
      const told = await Promise.all(Array.from({ length: 12 }, async () => (await request(server).post('/sign-in/callback/staff').set('X-Code', 'wrong')).status));
      expect(told.filter((status) => status === 401)).toHaveLength(3);
    } finally {
      server.close();
    }
  });
});
