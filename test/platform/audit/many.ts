/** Many events of several people, written at once by the owner: for searches that must stay quick, and for years to take away. */
import { sealAudit } from '../../../src/platform/audit/seal.ts';
import { verifyAudit } from '../../../src/platform/audit/verify.ts';
import type { Context } from '../../../src/platform/context.ts';
import type { Database } from '../../../src/platform/database/connect.ts';

/** `count` events, one every `seconds` from the instant on: twenty people, ten kinds of events, each target twice or more. */
export async function manyEvents(owner: Database, count: number, from: string, seconds: number): Promise<void> {
  // In pieces: what is written in one long transaction keeps the events of all other tests from being sealed.
  for (let first = 0; first < count; first += PIECE) await piece(owner, { first, last: Math.min(first + PIECE, count) - 1, from, seconds });
  await owner.raw('analyze audit_events');
}

const PIECE = 15_000;

async function piece(owner: Database, { first, last, from, seconds }: { first: number; last: number; from: string; seconds: number }): Promise<void> {
  await owner.raw(
    `insert into audit_events (at, actor, event, request_id, targets, details)
     select ?::timestamptz + n * ? * interval '1 second', 'osoba.' || (n % 20),
       (array['fact.record', 'fact.end', 'run.start', 'run.approve', 'run.leave_out', 'import.file', 'law.load', 'person.read', 'audit.search', 'access.refused'])[1 + (n / 20) % 10],
       'r-' || n, json_build_object('dwelling', 'B' || lpad((n % 5000)::text, 5, '0'), 'run', (n % 40)::text),
       json_build_object('from', '2026-01-01', 'value', n::text)
     from generate_series(?::int, ?::int) n`,
    [from, seconds, first, last],
  );
}

/** Seals until nothing waits: other tests' databases have open transactions too, and all of a server are numbered together. */
export async function sealedAll(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const until = Date.now() + 50_000;
  for (;;) {
    await sealAudit(ctx);
    const { waiting } = await verifyAudit(ctx.db);
    if (waiting === 0) return;
    if (Date.now() > until) throw new Error(`${waiting} events were not sealed`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
