/** `GET` of one explained rent beside the bare queries that fetch its facts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import { BY_HEADER } from '../../src/platform/http/index.ts';
import { SYSTEM } from '../../src/platform/access/people.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { addDays } from '../../src/platform/dates/plain.ts';
import { assembleLease } from '../../src/rents/explain.ts';
import { ANCHOR, median, round, withCity } from './city.ts';

const REQUESTS = 400;

export async function rentRequestBench(print: (result: object) => void): Promise<void> {
  await withCity(14_604, async (instance) => {
    const server = createServer(createApp(instance, { logLevel: 'silent', limits: null }, BY_HEADER));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const numbers = await rows<{ number: string }>(
      instance.db,
      `select l.number from leases l join lease_terms t on t.lease_id = l.id and t.valid @> ?::date and upper_inf(t.recorded) join lease_bases b on b.lease_id = l.id and b.basis = 'points'
       and upper_inf(b.recorded) and b.valid @> ?::date order by md5(l.number) limit ?`,
      [ANCHOR, ANCHOR, REQUESTS],
    );
    const ctx = instance.context(SYSTEM);
    const gets: number[] = [];
    const bare: number[] = [];
    for (const { number } of numbers) {
      let started = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/leases/${encodeURIComponent(number)}/rent?day=${ANCHOR}`, { headers: { 'X-Kamienica-As': 'anna.referent' } });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${number}: ${answer.status}`);
      gets.push(performance.now() - started);
      started = performance.now();
      await assembleLease(ctx, number, { from: ANCHOR, to: addDays(ANCHOR, 1) }, ctx.clock.now(), ANCHOR);
      bare.push(performance.now() - started);
    }
    server.close();
    server.closeAllConnections();
    print({ requests: gets.length, getMs: round(median(gets), 1), queryMs: round(median(bare), 1), ratio: round(median(gets) / median(bare), 2) });
  });
}
