/** Two runs beside one another. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { integerParam } from '../../platform/http/index.ts';
import { at } from '../../web/address.ts';
import { ChoiceField, QuestionForm } from '../../web/components/fields.tsx';
import { Empty, Figures, Section } from '../../web/components/parts.tsx';
import { Pager, Table } from '../../web/components/table.tsx';
import { Money, Num, Signed } from '../../web/components/values.tsx';
import { choice } from '../../web/forms/kinds.ts';
import { page } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import type { Comparison } from '../runs/compare.ts';
import { compareRuns } from '../runs/compare.ts';
import { listRuns, requireRun, runParam } from '../runs/read.ts';
import { COMPARISON, DRAFT, outcomeText, runCrumbs } from './shared.tsx';

const PER_PAGE = 50;
/** So many of the newest are offered; any other is reached by its address. */
const OFFERED = 200;

export const comparisonPages = page({
  path: '/runs/:run/comparison', permission: 'run.read', params: runParam, kinds: { with: choice },
  query: z.strictObject({ with: runParam.shape.run.optional(), page: integerParam({ min: 1, max: 100_000 }).optional() }),
  show: async ({ ctx, view, params: { run }, query: { with: other, page: asked = 1 }, filters }) => {
    const { t } = view;
    await requireRun(ctx, run);
    const { items } = await listRuns(ctx, { limit: OFFERED, offset: 0 });
    const others = items.filter((one) => one.run !== run && one.leases !== null);
    const options = others.map((one) => ({ value: one.run, words: t.runCompare.option(one.run, one.tariff, t.run.states[one.state]) }));
    const compared = other === undefined ? null : await compareRuns(ctx, run, other, { limit: PER_PAGE, offset: (asked - 1) * PER_PAGE });
    return {
      title: other === undefined ? t.runCompare.title(run) : t.runCompare.titleBoth(run, other), crumbs: runCrumbs(view, run),
      body: (
        <>
          {options.length === 0 ? <Empty title={t.runCompare.alone} /> : (
            <QuestionForm state={filters} to={at(COMPARISON, { run })} label={t.runCompare.title(run)}>
              <div class="grid">
                <ChoiceField name="with" label={t.runCompare.with} any={t.form.choose} options={options} />
                <p class="buttons"><button type="submit" class="main">{t.runCompare.compare}</button></p>
              </div>
            </QuestionForm>
          )}
          {compared === null || other === undefined ? null : <Compared a={run} b={other} of={compared} page={asked} />}
        </>
      ),
    };
  },
});

function Compared({ a, b, of, page: asked }: { readonly a: string; readonly b: string; readonly of: Comparison; readonly page: number }): VNode {
  const view = useView();
  const { t } = view;
  const { runCompare: words } = t;
  const outcome = (text: string | null, reason: string | null): string => outcomeText(view, text, reason) ?? words.notIn;
  return (
    <>
      <Figures
        of={[
          { name: words.leases, value: <Num of={of.leases} /> }, { name: words.same, value: <Num of={of.same} /> }, { name: words.differ, value: <Num of={of.total} /> },
          { name: words.only(a), value: <Num of={of.onlyA} /> }, { name: words.only(b), value: <Num of={of.onlyB} /> },
          { name: words.sum(a), value: <Money of={of.sumA} /> }, { name: words.sum(b), value: <Money of={of.sumB} /> }, { name: words.difference, value: <Signed of={of.difference} unit="zł" /> },
        ]}
      />
      <Section id="items" title={words.items}>
        <div id="rows">
          {of.items.length === 0 ? <Empty title={words.noItems} /> : (
            <Table
              caption={words.items} rows={of.items} keyOf={({ lease }) => lease}
              columns={[
                { key: 'lease', words: t.runDrafts.lease, head: true, cell: ({ lease, outcomeA }) => <a class="code" href={at(DRAFT, { run: outcomeA === null ? b : a, lease })}>{lease}</a> },
                { key: 'outcomeA', words: words.outcome(a), cell: ({ outcomeA, reasonA }) => outcome(outcomeA, reasonA) },
                { key: 'outcomeB', words: words.outcome(b), cell: ({ outcomeB, reasonB }) => outcome(outcomeB, reasonB) },
                { key: 'amountA', words: words.amount(a), end: true, cell: ({ amountA }) => <Money of={amountA} /> },
                { key: 'amountB', words: words.amount(b), end: true, cell: ({ amountB }) => <Money of={amountB} /> },
                { key: 'difference', words: t.runDrafts.difference, end: true, cell: ({ difference }) => <Signed of={difference} unit="zł" /> },
              ]}
            />
          )}
          <Pager at={{ page: asked, perPage: PER_PAGE, total: of.total, sort: { by: 'difference', descending: true } }} />
        </div>
      </Section>
    </>
  );
}
