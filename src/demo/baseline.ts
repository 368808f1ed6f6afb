/**
 * The demo's rents: three approved runs (first rents, the increase of 2025, what changed since), then the next tariff as a draft.
 * The city itself decides nothing here: every złoty comes from the program's own runs.
 */
import { personOf } from '../platform/access/people.ts';
import type { Context } from '../platform/context.ts';
import { connect, rows } from '../platform/database/connect.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { atHour } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addDays, parsePlainDate } from '../platform/dates/plain.ts';
import type { Instance } from '../platform/instance.ts';
import { startRun } from '../rents/runs/commands.ts';
import type { RunScope } from '../rents/runs/scope.ts';
import { approveRun, rejectRun } from '../rents/runs/decide.ts';
import type { ProgressListener } from '../platform/operations.ts';

/** A run of the demo's past: looked at from its day, with notices delivered on another. */
interface PastRun {
  readonly day: PlainDate;
  readonly delivered: PlainDate;
  readonly tariff: string;
  readonly scope: RunScope;
}

function pastRuns(anchor: PlainDate): PastRun[] {
  return [
    { day: parsePlainDate('2024-08-12'), delivered: parsePlainDate('2024-08-12'), tariff: 'krk-2023', scope: { kind: 'all' } },
    { day: parsePlainDate('2024-09-16'), delivered: parsePlainDate('2024-09-20'), tariff: 'krk-2025', scope: { kind: 'all' } },
    { day: addDays(anchor, -4), delivered: addDays(anchor, -4), tariff: 'krk-2025', scope: { kind: 'changed', since: '2024-09-16T12:00:00Z' } },
  ];
}

export const DEMO_TARIFF = 'krk-2027-projekt';

/** Runs and approves the demo's past, and dates it back to its days; the first `done` runs were approved before. */
export async function makeBaseline(instance: Instance, anchor: PlainDate, done: number, tell: (line: string) => void): Promise<void> {
  const clerk = instance.context(personOf('anna.referent'));
  const supervisor = instance.context(personOf('barbara.kierownik'));
  await dateBackDone(instance, anchor, done);
  for (const past of pastRuns(anchor).slice(done)) {
    const run = await startRun(clerk, { tariff: past.tariff, businessDate: past.day, delivered: past.delivered, scope: past.scope });
    await run.finished;
    const { rents } = await approveRun(supervisor, run.runId);
    await dateBack(instance, run.runId, past.day);
    tell(`Czynsze według taryfy ${past.tariff} (${past.day}): zatwierdzono ${rents}.`);
  }
}

/** A start that was interrupted between approval and dating back left the last run at its real time. */
async function dateBackDone(instance: Instance, anchor: PlainDate, done: number): Promise<void> {
  const approved = await rows<{ id: string }>(
    instance.db,
    `select r.id from runs r join decisions d on d.id = r.decision_id where d.state = 'approved' order by r.id limit ?`,
    [done],
  );
  for (const [index, past] of pastRuns(anchor).slice(0, done).entries()) {
    const run = approved[index];
    if (run) await dateBack(instance, run.id, past.day);
  }
}

/** The demo spreads what was known over the years: a past run was drawn and approved on its day, not when the demo was made. */
async function dateBack(instance: Instance, runId: string, day: PlainDate): Promise<void> {
  const owner = connect(instance.ownerUrl, { max: 1, name: 'kamienica demo' });
  const drawn: Instant = atHour(day, 10);
  const decided: Instant = atHour(day, 13);
  try {
    await owner.transaction(async (trx) => {
      const bindings = { run: runId, drawn, decided };
      await trx.raw(
        `update changes set recorded_at = :decided where id in (select distinct change_id from rents where run_id = :run)`,
        bindings,
      );
      const changed = '(select change_id from rents where run_id = :run)';
      // Ends first: two rows of one lease never overlap, not for a moment either.
      await trx.raw(`update rent_periods set recorded = tstzrange(lower(recorded), :decided) where closed_change_id in ${changed}`, bindings);
      await trx.raw(`update rent_periods set recorded = tstzrange(:decided, upper(recorded)) where change_id in ${changed}`, bindings);
      await trx.raw('update runs set known_at = :drawn, started_at = :drawn where id = :run', bindings);
      await trx.raw('update run_drafts set known_at = :drawn where run_id = :run', bindings);
      await trx.raw(`update decisions set created_at = :drawn, decided_at = :decided where id = (select decision_id from runs where id = :run)`, bindings);
      await trx.raw(`update decision_hands set at = case part when 'prepared' then :drawn::timestamptz else :decided end where decision_id = (select decision_id from runs where id = :run)`, bindings);
      await trx.raw(`update operations set started_at = :drawn, finished_at = :drawn where id = (select operation_id from runs where id = :run)`, bindings);
    });
  } finally {
    await owner.destroy();
  }
}

/** Drafts of the demo's past that an interrupted start left behind. */
export async function rejectLeftOver(instance: Instance): Promise<void> {
  const left = await rows<{ id: string }>(
    instance.db,
    `select r.id from runs r join decisions d on d.id = r.decision_id where d.state = 'draft' and r.tariff <> ?`,
    [DEMO_TARIFF],
  );
  const supervisor = instance.context(personOf('barbara.kierownik'));
  for (const { id } of left) await rejectRun(supervisor, id, { reason: 'Przerwano tworzenie miasta pokazowego.' });
}

/** Draws the demo's next tariff as a draft: notices are assumed to be delivered before the middle of December. */
export async function drawNextTariff(ctx: Context, anchor: PlainDate, listen?: ProgressListener): Promise<string> {
  const run = await startRun(ctx, { tariff: DEMO_TARIFF, businessDate: anchor, delivered: addDays(anchor, 20), scope: { kind: 'all' } }, listen);
  await run.finished;
  return run.runId;
}
