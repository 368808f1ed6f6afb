/** Explained rents a second in one process: exact decimals, with the whole statement as it is stored. */
import { SYSTEM } from '../../src/platform/access/people.ts';
import { openClient } from '../../src/platform/database/connect.ts';
import { clientQuery } from '../../src/platform/database/query.ts';
import { writeStatement } from '../../src/platform/statement/lines.ts';
import { assemble } from '../../src/rents/assemble.ts';
import { calculateOn, dayBooks } from '../../src/rents/explain.ts';
import { leasesOfScope } from '../../src/rents/runs/scope.ts';
import { ANCHOR, median, round, withCity } from './city.ts';

const PASSES = 30;

export async function valuationBench(print: (result: object) => void): Promise<void> {
  await withCity(5_000, async (instance) => {
    const ctx = instance.context(SYSTEM);
    const books = await dayBooks(ctx, ctx.clock.now());
    const client = await openClient(instance.url, 'bench');
    const query = clientQuery(client);
    const sets = await leasesOfScope(query, { kind: 'all' }, books.knownAt, ANCHOR);
    const found = await assemble(query, {
      window: { from: ANCHOR, to: null }, knownAt: books.knownAt, since: books.knownAt, day: ANCHOR,
      leases: sets.flatMap(({ leases }) => leases), dwellings: sets.flatMap(({ dwellings }) => dwellings),
    });
    await client.end();
    // Only rents by points: the others are cheaper.
    const leases = [...found].filter((entry) => entry.lease.on(ANCHOR)?.basis === 'points');
    const speeds: number[] = [];
    let bytes = 0;
    let lines = 0;
    let rents = 0;
    for (let pass = 0; pass < PASSES; pass += 1) {
      const started = performance.now();
      [bytes, lines, rents] = [0, 0, 0];
      for (const entry of leases) {
        const { rent } = calculateOn(books, entry, ANCHOR);
        if ('missing' in rent) continue;
        bytes += writeStatement(rent.statement).length;
        lines += rent.statement.lines.length;
        rents += 1;
      }
      speeds.push(rents / ((performance.now() - started) / 1000));
    }
    print({ perSecond: Math.round(median(speeds.slice(PASSES / 3))), leases: rents, linesPerStatement: round(lines / rents, 1), bytesPerStatement: Math.round(bytes / rents) });
  });
}
