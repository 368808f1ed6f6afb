import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/platform/database/connect.ts';
import { databaseGauges } from '../../../src/platform/watch.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { bench, problemIn } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

const TOKEN = 'a-long-token-of-the-operator';
const OUTSIDE = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find(({ internal, family }) => !internal && family === 'IPv4')?.address;

describe('the figures', () => {
  it('count requests by method, template and class of status, and time them, without any value of an address', async () => {
    const { clerk, nobody } = bench();
    await clerk.get('/api/v1/leases/Jan-Kowalski/rent?day=2026-01-31');
    await clerk.get('/api/v1/leases?district=Podg%C3%B3rze');
    await clerk.get('/api/v1/leases?district=Podg%C3%B3rze');
    await nobody.get('/api/v1/leases');
    await nobody.get('/44051401359');
    await nobody.search('/api/v1/leases');
    const { text } = await nobody.get('/metrics');
    const counted = text.split('\n').filter((line) => line.startsWith('http_requests_total{'));
    expect(counted.sort()).toEqual([
      'http_requests_total{method="GET",route="/api/v1/leases",status="2xx"} 2',
      'http_requests_total{method="GET",route="/api/v1/leases",status="4xx"} 1',
      'http_requests_total{method="GET",route="/api/v1/leases/:lease/rent",status="4xx"} 1',
      'http_requests_total{method="GET",route="none",status="4xx"} 1',
      'http_requests_total{method="other",route="/api/v1/leases",status="4xx"} 1',
    ]);
    expect(text).toContain('http_request_duration_seconds_bucket{le="+Inf",route="/api/v1/leases"} 4');
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).not.toMatch(/Kowalski|44051401359|Podg|2026-01-31|anna/);
  });

  it('are those of one application alone', async () => {
    const [one, other] = [bench(), bench()];
    await one.nobody.get('/none');
    expect((await other.nobody.get('/metrics')).text).not.toContain('http_requests_total{');
  });

  it('show the connections of the pool and the operations that run', async () => {
    const { nobody } = bench({ metrics: { gauges: databaseGauges(database.db) } });
    const insert = (state: string): PromiseLike<unknown> => database.db('operations').insert({ kind: 'import', state, actor: 'anna.referent', started_at: '2026-01-31T10:00:00Z', message: '' });
    await insert('running');
    await insert('running');
    const held = await database.db.transaction();
    await held.raw('select 1');
    const { text } = await nobody.get('/metrics');
    await held.rollback();
    expect(text).toContain('kamienica_operations_running{kind="import"} 2');
    expect(text).toMatch(/^kamienica_pool_connections\{state="used"\} [1-9]/m);
    expect(text).toContain('kamienica_pool_connections{state="waiting"} 0');
    await database.db('operations').where({ state: 'running' }).update({ state: 'done', finished_at: '2026-01-31T11:00:00Z' });
    expect((await nobody.get('/metrics')).text).not.toContain('kamienica_operations_running{');
  });

  it('come without those of a database that does not answer', async () => {
    const gone = connect('postgres://nobody@127.0.0.1:1/none', { max: 1 });
    const { nobody } = bench({ metrics: { gauges: databaseGauges(gone) } });
    const answer = await nobody.get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('kamienica_pool_connections{state="used"} 0');
    expect(answer.text).not.toContain('kamienica_operations_running{');
    await gone.destroy();
  });
});

describe('the figures are read', () => {
  it('without a token on this machine alone, and not through a proxy on it', async () => {
    const { nobody } = bench();
    expect((await nobody.get('/metrics')).status).toBe(200);
    for (const header of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via']) problemIn(await nobody.get('/metrics').set(header, 'for=203.0.113.7'), 403, 'metrics_elsewhere');
  });

  it.skipIf(OUTSIDE === undefined)('without a token not over the network', async () => {
    const server = bench().app.listen(0, '0.0.0.0');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      problemIn(await request(`http://${OUTSIDE ?? ''}:${port}`).get('/metrics'), 403, 'metrics_elsewhere');
    } finally {
      server.close();
    }
  });

  it('with a token from anywhere by whoever shows it, and by nobody else', async () => {
    const { nobody } = bench({ metrics: { token: TOKEN } });
    const right = await nobody.get('/metrics').set('Authorization', `Bearer ${TOKEN}`).set('X-Forwarded-For', '203.0.113.7');
    expect(right.status).toBe(200);
    for (const wrong of [undefined, '', 'Bearer', 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN, `Basic ${TOKEN}`]) {
      const asked = nobody.get('/metrics');
      const answer = await (wrong === undefined ? asked : asked.set('Authorization', wrong));
      problemIn(answer, 401, 'metrics_token');
      expect(answer.get('www-authenticate')).toBe('Bearer realm="metrics"');
      expect(answer.text).not.toContain(TOKEN);
    }
  });
});
