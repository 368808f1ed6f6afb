/** Starts a run and kills its own process while the drafts are being written; prints the run's number first. */
import { writeSync } from 'node:fs';
import { personOf } from '../../src/platform/access/people.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { LawShelf } from '../../src/platform/law/store.ts';
import { SECRETS } from './secrets.ts';
import { startRun } from '../../src/rents/runs/commands.ts';

const url = process.argv[2] ?? '';
const ctx = { db: connect(url), databaseUrl: url, clock: systemClock(), actor: personOf('anna.referent'), requestId: null, law: new LawShelf(), secrets: SECRETS };
const told: { run: string } = { run: '' };
const run = await startRun(ctx, { tariff: 'krk-2027-projekt', delivered: parsePlainDate('2026-12-10') }, () => {
  writeSync(1, told.run);
  process.kill(process.pid, 'SIGKILL');
});
told.run = run.runId;
await run.finished;
