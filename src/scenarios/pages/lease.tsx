/** One lease in a scenario: both statements beside one another, the lines that differ marked. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { dec, fixed2 } from '../../platform/money.ts';
import { differingLines, lineAmounts } from '../../platform/statement/lines.ts';
import { addDays } from '../../platform/dates/plain.ts';
import { assembleLease } from '../../rents/explain.ts';
import { Presenter } from '../../rents/present.ts';
import { calculatedRent } from '../../rents/rules/rent.ts';
import { at } from '../../web/address.ts';
import { Figures, Note, Section } from '../../web/components/parts.tsx';
import { StatementView } from '../../web/components/statement.tsx';
import { Money, Signed } from '../../web/components/values.tsx';
import type { PageRoute } from '../../web/declared.ts';
import { page } from '../../web/page.ts';
import type { Texts } from '../../web/texts/index.ts';
import { useView } from '../../web/view.ts';
import type { LeaseException, Side } from '../effect.ts';
import { exceptionOf } from '../effect.ts';
import type { Sides } from '../engine.ts';
import { sidesOf } from '../engine.ts';
import type { Marks } from '../marks.ts';
import { assumedIn, marksOf } from '../marks.ts';
import type { Scenario } from '../store.ts';
import { findScenario } from '../store.ts';
import type { Changed } from '../values.ts';
import { changedOf } from '../values.ts';
import { inputOf, missingNames, reasonOf, scenarioCrumbs, scenarioParam, toldValue, valuesOf } from './shared.ts';

export const scenarioLeasePages: readonly PageRoute[] = page({
  path: '/scenarios/:scenario/leases/:lease', permission: 'run.read', params: scenarioParam.extend({ lease: z.string().min(1).max(60) }),
  show: async ({ ctx, view, params }) => {
    const { t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const sides = await sidesOf(ctx, inputOf(scenario));
    const { before, after, day, knownAt } = sides;
    const found = await assembleLease(ctx, params.lease, { from: day, to: addDays(day, 1) }, knownAt, day);
    const terms = found.lease.on(day);
    if (terms === null) throw new DomainError('invalid', 'lease_not_on', { lease: params.lease, day });
    const facing = { lease: terms, facts: found.facts.on(day) };
    const [old, now] = [calculatedRent({ ...before, ...facing }), calculatedRent({ ...after, ...facing })];
    const present = new Presenter(ctx, view.language);
    const title = t.scenarios.leaseTitle(params.lease);
    const crumbs = scenarioCrumbs(view, scenario);
    if ('missing' in old || 'missing' in now) return { title, crumbs, body: <NotBoth old={old} now={now} names={await missingNames(ctx, view, scenario, [exceptionOf(old, now)])} /> };
    const differing = new Set(differingLines(lineAmounts(old.statement), lineAmounts(now.statement)));
    const changed = await changedHere(ctx, t, scenario, sides);
    const [oldMarks, nowMarks] = [marksOf(old.statement.lines, changed, sides), marksOf(now.statement.lines, changed, sides)];
    const told = (of: readonly Changed[], value: (one: Changed) => string): string => of.map((one) => toldValue(one, value(one), view.language)).join('; ');
    const was = (of: readonly Changed[]): string => t.scenarios.changedNow(told(of, ({ value }) => value));
    const will = (of: readonly Changed[]): string => t.scenarios.changedLater(told(of, ({ now: value }) => value));
    const remarks = (marks: Marks, words: (of: readonly Changed[]) => string): ReadonlyMap<string, string> => new Map([...marks].map(([id, of]) => [id, words(of)]));
    const [shownOld, shownNow] = [await present.render(old.statement, day, knownAt), assumedIn(await present.render(now.statement, day, knownAt), nowMarks, was)];
    const difference = dec(fixed2(now.amount)).minus(dec(fixed2(old.amount)));
    return {
      title, crumbs, wide: true,
      body: (
        <>
          <p><a href={at('/leases/:lease', { lease: params.lease }, { day })}>{t.rent.title(params.lease)}</a></p>
          <Figures of={[{ name: t.scenarios.before, value: <Money of={fixed2(old.amount)} /> }, { name: t.scenarios.after, value: <Money of={fixed2(now.amount)} /> }, { name: t.scenarios.difference, value: <Signed of={fixed2(difference)} unit="zł" /> }]} />
          <div class="sides">
            <Section id="before" title={t.scenarios.leaseBefore}><StatementView name="before" of={shownOld} label={t.scenarios.leaseBefore} marked={differing} remarks={remarks(oldMarks, will)} /></Section>
            <Section id="after" title={t.scenarios.leaseAfter}><StatementView name="after" of={shownNow} label={t.scenarios.leaseAfter} marked={differing} remarks={remarks(nowMarks, was)} /></Section>
          </div>
        </>
      ),
    };
  },
});

/** Everything that differs between the sides, another tariff in place of the one compared with among it. */
async function changedHere(ctx: Context, t: Texts, scenario: Scenario, { before, after }: Sides): Promise<Changed[]> {
  const { values } = await valuesOf(ctx, t, scenario);
  const changed = changedOf(values, scenario.changes, false);
  const [value, now] = [before.tariff.code, after.tariff.code];
  if (value === now) return changed;
  const { otherTariff: name } = t.scenarios;
  return [...changed, { key: 'tariff', group: 'rates', name, label: name, heading: name, wording: name, saying: '', value, now, unit: '', certainty: after.tariff.certainty, place: after.tariff.act }];
}

/** What there is where a side cannot be calculated: why, and the rent of the other. */
function NotBoth({ old, now, names }: { readonly old: Side; readonly now: Side; readonly names: ReadonlyMap<string, string> }): VNode {
  const { t } = useView();
  const { side, missing }: Pick<LeaseException, 'side' | 'missing'> = exceptionOf(old, now);
  const rent = (of: Side): VNode => ('missing' in of ? <>{t.common.none}</> : <Money of={fixed2(of.amount)} />);
  return (
    <>
      <Figures of={[{ name: t.scenarios.before, value: rent(old) }, { name: t.scenarios.after, value: rent(now) }]} />
      <Note tone="bad"><p><strong>{t.rent.missing}</strong> ({t.scenarios.side[side] ?? side})</p><p>{reasonOf({ side, missing }, names)}</p></Note>
    </>
  );
}
