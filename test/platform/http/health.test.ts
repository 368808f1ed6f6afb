import { setTimeout as pause } from 'node:timers/promises';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/platform/database/connect.ts';
import { probeOf } from '../../../src/platform/http/index.ts';
import { databaseProbe } from '../../../src/platform/watch.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { bench, problemIn } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

describe('whether the process lives', () => {
  it('is told without asking anything else, and tells nothing else', async () => {
    const { nobody } = bench({ probe: () => Promise.resolve('unavailable') });
    const answer = await nobody.get('/health/live');
    expect([answer.status, answer.body]).toEqual([200, { status: 'live' }]);
    expect(answer.get('cache-control')).toBe('no-store');
    expect((await nobody.head('/health/live')).status).toBe(200);
    problemIn(await nobody.post('/health/live'), 405, 'method_unknown');
    problemIn(await nobody.get('/health'), 404, 'route_unknown');
  });
});

describe('whether the service is ready', () => {
  it('is told by the application’s own role, on a database with every migration', async () => {
    const { nobody, lines } = bench({ probe: databaseProbe(database.db) });
    const answer = await nobody.get('/health/ready');
    expect([answer.status, answer.body]).toEqual([200, { status: 'ready' }]);
    expect(lines.at(-1)).toMatchObject({ path: '/health/ready', status: 200 });
  });

  it('is denied while a migration is missing, and on a database that has none', async () => {
    const behind = await cloneDatabase();
    try {
      const { nobody } = bench({ probe: databaseProbe(behind.db) });
      await behind.owner.raw(`delete from knex_migrations where id = (select max(id) from knex_migrations)`);
      expect(problemIn(await nobody.get('/health/ready'), 503, 'not_migrated').detail).toContain('migrate');
      await behind.owner.raw('drop table knex_migrations');
      problemIn(await nobody.get('/health/ready'), 503, 'not_migrated');
    } finally {
      await behind.drop();
    }
  });

  it('is denied when the database is gone, without a word of where it was', async () => {
    const gone = connect('postgres://nobody:secret@127.0.0.1:1/none', { max: 1 });
    const { nobody } = bench({ probe: databaseProbe(gone) });
    const answer = await nobody.get('/health/ready');
    problemIn(answer, 503, 'unavailable');
    expect(answer.get('retry-after')).toBe('5');
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|secret|postgres|ECONN/);
    await gone.destroy();
  });

  it('is denied within about a second when the database does not answer, and told again when it does', async () => {
    const narrow = connect(database.url, { max: 1 });
    try {
      const { nobody } = bench({ probe: databaseProbe(narrow) });
      const slow = narrow.raw('select pg_sleep(2)').then(() => undefined);
      const began = performance.now();
      problemIn(await nobody.get('/health/ready'), 503, 'unavailable');
      expect(performance.now() - began).toBeLessThan(1_900);
      await slow;
      await expect.poll(async () => (await nobody.get('/health/ready')).status).toBe(200);
    } finally {
      await narrow.destroy();
    }
  });

  it('is asked of the database once at a time, however many ask and however long it hangs', async () => {
    let asked = 0;
    let answer: (code: null) => void = () => undefined;
    const probe = probeOf(() => {
      asked += 1;
      return new Promise((resolve) => (answer = resolve));
    }, 20);
    expect(await Promise.all(Array.from({ length: 50 }, () => probe()))).toEqual(Array.from({ length: 50 }, () => 'unavailable'));
    expect(await probe()).toBe('unavailable');
    expect(asked).toBe(1);
    answer(null);
    await pause(1);
    const next = probe();
    answer(null);
    expect(await next).toBeNull();
    expect(asked).toBe(2);
  });
});

describe('the watch', () => {
  it('learns neither version nor program from any header', async () => {
    const { app } = bench({ version: '9.8.7' });
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await request(app).get(path);
      expect(JSON.stringify([answer.headers, answer.body])).not.toMatch(/9\.8\.7|express|node/i);
    }
  });
});
