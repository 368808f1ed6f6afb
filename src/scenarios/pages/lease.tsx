/** One lease in a scenario: both statements beside one another, the lines that differ marked. */
import { z } from 'zod';
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
import { sidesOf } from '../engine.ts';
import { findScenario } from '../store.ts';
import { inputOf, scenarioCrumbs, scenarioParam } from './shared.ts';

export const scenarioLeasePages: readonly PageRoute[] = page({
  path: '/scenarios/:scenario/leases/:lease', permission: 'run.read', params: scenarioParam.extend({ lease: z.string().min(1).max(60) }),
  show: async ({ ctx, view, params }) => {
    const { t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const { before, after, day, knownAt } = await sidesOf(ctx, inputOf(scenario));
    const found = await assembleLease(ctx, params.lease, { from: day, to: addDays(day, 1) }, knownAt, day);
    const terms = found.lease.on(day);
    if (terms === null) throw new DomainError('invalid', 'lease_not_on', { lease: params.lease, day });
    const facing = { lease: terms, facts: found.facts.on(day) };
    const [old, now] = [calculatedRent({ ...before, ...facing }), calculatedRent({ ...after, ...facing })];
    const present = new Presenter(ctx, view.language);
    const title = t.scenarios.leaseTitle(params.lease);
    const crumbs = scenarioCrumbs(view, scenario);
    if ('missing' in old || 'missing' in now) {
      const missing = await present.name('missing' in old ? old.missing : 'missing' in now ? now.missing : [], day, knownAt);
      return { title, crumbs, body: <Note tone="bad"><p><strong>{t.rent.missing}</strong></p><ul>{missing.map(({ what, name }) => <li key={what}>{name}</li>)}</ul></Note> };
    }
    const marked = new Set(differingLines(lineAmounts(old.statement), lineAmounts(now.statement)));
    const [shownOld, shownNow] = [await present.render(old.statement, day, knownAt), await present.render(now.statement, day, knownAt)];
    const difference = dec(fixed2(now.amount)).minus(dec(fixed2(old.amount)));
    return {
      title, crumbs, wide: true,
      body: (
        <>
          <p><a href={at('/leases/:lease', { lease: params.lease }, { day })}>{t.rent.title(params.lease)}</a></p>
          <Figures of={[{ name: t.scenarios.before, value: <Money of={fixed2(old.amount)} /> }, { name: t.scenarios.after, value: <Money of={fixed2(now.amount)} /> }, { name: t.scenarios.difference, value: <Signed of={fixed2(difference)} unit="zł" /> }]} />
          <div class="sides">
            <Section id="before" title={t.scenarios.leaseBefore}><StatementView name="before" of={shownOld} label={t.scenarios.leaseBefore} marked={marked} /></Section>
            <Section id="after" title={t.scenarios.leaseAfter}><StatementView name="after" of={shownNow} label={t.scenarios.leaseAfter} marked={marked} /></Section>
          </div>
        </>
      ),
    };
  },
});
