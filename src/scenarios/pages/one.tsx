/** One scenario: its changes, and the effect on the city, computed when it is opened. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { at } from '../../web/address.ts';
import { Section } from '../../web/components/parts.tsx';
import { Day, Facts } from '../../web/components/values.tsx';
import type { PageRoute } from '../../web/declared.ts';
import { page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { isOpened, openedEffect } from '../opened.ts';
import { findScenario } from '../store.ts';
import { Changes } from './changes.tsx';
import { EffectOf } from './effect.tsx';
import { ONE, inputOf, mine, missingNames, scenarioCrumbs, scenarioParam, valuesOf } from './shared.ts';

const shownPage = page({
  path: ONE, permission: 'run.read', params: scenarioParam, query: z.strictObject({ computed: z.enum(['yes']).optional() }),
  show: async ({ ctx, view, params, query }) => {
    const { t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const shown = await valuesOf(ctx, t, scenario);
    const input = inputOf(scenario);
    const effect = query.computed === 'yes' || (await isOpened(ctx, input)) ? await openedEffect(ctx, input) : null;
    const names = await missingNames(ctx, view, scenario, effect?.exceptions ?? []);
    const own = mayHere(view, 'scenario.write') && mine(view, scenario);
    return {
      title: scenario.name, crumbs: scenarioCrumbs(view),
      body: (
        <>
          <Facts
            of={[
              [t.scenarios.day, <Day of={scenario.day} />], [t.scenarios.tariff, shown.sides.before.tariff.code], [t.scenarios.by, scenario.madeBy],
              ...(scenario.changes.tariff === undefined ? [] : [[t.scenarios.otherTariff, scenario.changes.tariff] as const]), ...(scenario.note === null ? [] : [[t.scenarios.note, scenario.note] as const]),
            ]}
          />
          <Changes of={scenario} shown={shown} own={own} />
          <Section id="effect-part" title={t.scenarios.effect} aside={mayHere(view, 'export') ? <a href={at('/scenarios/:scenario/export', params)} download>{t.scenarios.allLeases}</a> : null}>
            {effect === null ? <Computing of={scenario.id} /> : <div id="effect" class="parts"><EffectOf of={effect} scenario={scenario.id} names={names} /></div>}
          </Section>
        </>
      ),
    };
  },
});

/** Asks for the effect by itself; without script by a link. */
function Computing({ of }: { readonly of: string }): VNode {
  const { t } = useView();
  const to = at(ONE, { scenario: of }, { computed: 'yes' });
  return (
    <div id="effect" hx-get={to} hx-trigger="load" hx-select="#effect" hx-target="#effect" hx-swap="outerHTML">
      <div class="progress" role="status">
        <label for="effect-progress">{t.scenarios.computing}</label>
        <progress id="effect-progress" />
      </div>
      <p><a href={to}>{t.scenarios.compute}</a></p>
    </div>
  );
}

export const scenarioOnePages: readonly PageRoute[] = shownPage;
