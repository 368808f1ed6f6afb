/** What calculations stand on: of every value that no act prints, how many leases' statements of a run rest on it. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { groupBy } from '../platform/collections.ts';
import type { Context } from '../platform/context.ts';
import { parseInstant } from '../platform/dates/instants.ts';
import { parsePlainDate } from '../platform/dates/plain.ts';
import { reapOperations } from '../platform/operations.ts';
import type { Source } from '../platform/statement/sources.ts';
import { Sources } from '../platform/statement/sources.ts';
import { listRuns } from '../rents/runs/read.ts';
import type { RunView } from '../rents/runs/read.ts';
import type { LatestResting, Resting } from '../rents/runs/resting.ts';
import { beginResting, latestResting } from '../rents/runs/resting.ts';
import { tariffBook } from '../tariffs/read.ts';
import { at } from '../web/address.ts';
import { Buttons, ChoiceField, CommandForm } from '../web/components/fields.tsx';
import { Empty, Progress, Section } from '../web/components/parts.tsx';
import { Table } from '../web/components/table.tsx';
import { Moment, Num, Status } from '../web/components/values.tsx';
import { choice } from '../web/forms/kinds.ts';
import { formPage } from '../web/page.ts';
import { useView } from '../web/view.ts';

const PATH = '/law/basis';
const PART = 'basis';
/** From the least sure. */
const ORDER = ['unknown', 'assumed', 'reported', 'reconstructed'] as const;
const runId = z.string().regex(/^\d{1,18}$/);

export const basisPages = formPage({
  path: PATH, permission: 'run.read', audit: 'run.count_resting', body: z.strictObject({ run: runId }), fields: { run: choice }, query: z.strictObject({ run: runId.optional() }), kinds: { run: choice },
  show: async ({ ctx, view: { t }, query }, form) => {
    // A count whose process died says so to whoever asks.
    await reapOperations(ctx);
    const { items } = await listRuns(ctx, { limit: 50, offset: 0 });
    const runs = items.filter(({ leases }) => leases !== null);
    const run = runs.find((one) => one.run === (form.values['run']?.[0] ?? query.run)) ?? runs[0];
    const latest = run === undefined ? null : await latestResting(ctx, run.run);
    const told = run === undefined || latest?.done == null ? [] : await toldOf(ctx, latest.done.resting, run);
    const state = { ...form, values: { run: form.values['run'] ?? [run?.run ?? ''] } };
    return {
      title: t.law.resting, wide: true, crumbs: [{ to: '/law', words: t.law.title }],
      body: run === undefined || latest === null ? <Empty title={t.basis.noRun}><p>{t.basis.noRunHelp}</p></Empty> : (
        <div id={PART}>
          <p>{t.basis.intro}</p>
          {latest.running === null ? (
            <CommandForm state={state} to={PATH}>
              <ChoiceField name="run" label={t.basis.run} options={runs.map((one) => ({ value: one.run, words: t.basis.option(one.run, one.tariff, t.run.states[one.state]) }))} />
              <Buttons save={latest.done === null ? t.basis.count : t.basis.again} />
            </CommandForm>
          ) : (
            <>
              <Progress done={Number(latest.running.done)} total={latest.running.total === null ? null : Number(latest.running.total)} words={t.basis.counting} running address={at(PATH, {}, { run: run.run })} part={PART} />
              <p><a href={at(PATH, {}, { run: run.run })}>{t.basis.refresh}</a></p>
            </>
          )}
          {latest.done === null ? null : <Counted done={latest.done} told={told} />}
        </div>
      ),
    };
  },
  submit: async ({ ctx }, { run }) => {
    await beginResting(ctx, run);
    return { to: at(PATH, {}, { run }) };
  },
});

interface Told {
  readonly key: string;
  readonly source: Source;
  readonly category: string | null;
  readonly leases: number;
}

/** What the law says of each value that was named, as it was known to the run; the printed ones are of no concern here. */
async function toldOf(ctx: Context, { values }: Resting, { knownAt }: RunView): Promise<Told[]> {
  const known = knownAt === null ? ctx.clock.now() : parseInstant(knownAt);
  const [book, tariffs] = await Promise.all([ctx.law.book(ctx.db), tariffBook(ctx.db, known)]);
  return values
    .map(({ law, category, day, leases }) => ({ key: `${law} ${category ?? ''}`, category, leases, source: new Sources(book, parsePlainDate(day), known, (code) => tariffs.named(code)).of(law, category ?? undefined) }))
    .filter(({ source }) => source.certainty !== 'printed');
}

function Counted({ done: { at: when, resting }, told }: { readonly done: NonNullable<LatestResting['done']>; readonly told: readonly Told[] }): VNode {
  const { t } = useView();
  const by = groupBy(told, ({ source }) => source.certainty ?? 'unknown');
  return (
    <>
      <p class="soft">{t.basis.counted(resting.leases)} <Moment of={when} /></p>
      {told.length === 0 ? <Empty title={t.basis.none} /> : ORDER.map((certainty) => {
        const those = by.get(certainty) ?? [];
        return those.length === 0 ? null : (
          <Section key={certainty} id={`basis-${certainty}`} title={t.statement.certainty[certainty]} aside={<Status tone="warn">{t.law.countOf(those.length)}</Status>}>
            {t.law.certaintyAbout[certainty] === undefined ? null : <p class="soft">{t.law.certaintyAbout[certainty]}</p>}
            <Values of={those} all={resting.leases} caption={t.statement.certainty[certainty]} />
          </Section>
        );
      })}
    </>
  );
}

function Values({ of, all, caption }: { readonly of: readonly Told[]; readonly all: number; readonly caption: string }): VNode {
  const { t } = useView();
  return (
    <Table
      caption={`${t.law.resting}: ${caption}`} rows={of} keyOf={({ key }) => key}
      columns={[
        { key: 'value', words: t.law.what, head: true, cell: ({ source, category }) => <>{source.name}{category === null ? null : `, ${t.basis.category(category)}`} <span class="soft code small">{source.key}</span></> },
        { key: 'leases', words: t.basis.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
        { key: 'share', words: t.basis.share, end: true, cell: ({ leases }) => <Num of={((leases / Math.max(all, 1)) * 100).toFixed(1)} unit="%" places={1} /> },
        {
          key: 'source', words: t.law.source,
          cell: ({ source: { reference, note } }) => (
            <>
              {reference.address === undefined ? <span class="code">{reference.code}</span> : <a href={reference.address} rel="noreferrer" class="code">{reference.code}</a>}{' '}
              <span class="soft small">{[reference.title, reference.place].filter((part) => part !== undefined).join(', ')}</span>
              {note === null ? null : <p class="soft small">{note}</p>}
            </>
          ),
        },
      ]}
    />
  );
}
