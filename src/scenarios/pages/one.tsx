/** One scenario: its changes, and the effect on the city, computed when it is opened. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { fixed2 } from '../../platform/money.ts';
import { Presenter } from '../../rents/present.ts';
import { at } from '../../web/address.ts';
import { Buttons, ChoiceField, CommandForm, DecimalField } from '../../web/components/fields.tsx';
import { ActionButton } from '../../web/components/form-marks.tsx';
import { Empty, Note, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, Facts, Num } from '../../web/components/values.tsx';
import type { PageRoute } from '../../web/declared.ts';
import { choice, decimal, text } from '../../web/forms/kinds.ts';
import { sheetDownload } from '../../web/listing.tsx';
import { actionPage, filePage, formPage, page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { changeScenario, dropScenario, makeScenario } from '../commands.ts';
import { isOpened, openedEffect } from '../opened.ts';
import type { Scenario } from '../store.ts';
import { findScenario } from '../store.ts';
import type { Changeable } from '../values.ts';
import { GROUPS, changedValues, withValue, withoutTariff } from '../values.ts';
import { EffectOf } from './effect.tsx';
import { HEAD_FIELDS, HeadFields, headInput, tariffOptions } from './list.tsx';
import { LIST, ONE, inputOf, mine, scenarioCrumbs, scenarioParam, valuesOf } from './shared.ts';
import { said } from '../../platform/problem-texts.ts';

const shownPage = page({
  path: ONE, permission: 'run.read', params: scenarioParam, query: z.strictObject({ computed: z.enum(['yes']).optional() }),
  show: async ({ ctx, view, params, query }) => {
    const { t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const { sides, values } = await valuesOf(ctx, t, scenario);
    const input = inputOf(scenario);
    const effect = query.computed === 'yes' || (await isOpened(ctx, input)) ? await openedEffect(ctx, input) : null;
    const missing = effect === null ? [] : [...new Map(effect.exceptions.flatMap((one) => one.missing).map((one) => [one.what, one])).values()];
    const names = new Map((await new Presenter(ctx, view.language).name(missing, sides.day, sides.knownAt)).map(({ what, name }) => [what, name]));
    const own = mayHere(view, 'scenario.write') && mine(view, scenario);
    return {
      title: scenario.name, crumbs: scenarioCrumbs(view),
      body: (
        <>
          <Facts
            of={[
              [t.scenarios.day, <Day of={scenario.day} />], [t.scenarios.tariff, sides.before.tariff.code], [t.scenarios.by, scenario.madeBy],
              ...(scenario.changes.tariff === undefined ? [] : [[t.scenarios.otherTariff, scenario.changes.tariff] as const]), ...(scenario.note === null ? [] : [[t.scenarios.note, scenario.note] as const]),
            ]}
          />
          <Changes of={scenario} values={values} own={own} />
          <Section id="effect-part" title={t.scenarios.effect} aside={mayHere(view, 'export') ? <a href={at('/scenarios/:scenario/export', params)} download>{t.scenarios.allLeases}</a> : null}>
            {effect === null ? <Computing of={scenario.id} /> : <div id="effect"><EffectOf of={effect} scenario={scenario.id} names={names} /></div>}
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

function Changes({ of, values, own }: { readonly of: Scenario; readonly values: readonly Changeable[]; readonly own: boolean }): VNode {
  const view = useView();
  const { t: { scenarios: words, statement } } = view;
  const changed = changedValues(of.changes);
  const rows = values.flatMap((value) => {
    const now = changed.get(value.key);
    return now === undefined ? [] : [{ ...value, now }];
  });
  const address = (path: string): string => at(`${ONE}/${path}`, { scenario: of.id });
  const may = mayHere(view, 'scenario.write');
  return (
    <Section id="changes" title={words.changes}>
      {rows.length === 0 ? <Empty title={words.noChanges} /> : (
        <Table
          caption={words.changes} rows={rows} keyOf={({ key }) => key}
          columns={[
            { key: 'name', words: words.what, head: true, cell: ({ name }) => name },
            { key: 'was', words: words.was, end: true, cell: ({ value, unit }) => <Num of={value} unit={unit} places={placesOf(unit)} /> },
            { key: 'now', words: words.becomes, end: true, cell: ({ now, unit }) => <Num of={now} unit={unit} places={placesOf(unit)} /> },
            { key: 'place', words: words.place, cell: ({ place, certainty }) => <>{place}{certainty === 'printed' ? null : <span class="soft"> ({statement.certainty[certainty]})</span>}</> },
            ...(own ? [{ key: 'remove', words: words.remove, cell: ({ key }: Changeable) => <ActionButton to={address('removal')} words={words.remove} values={{ key }} /> }] : []),
          ]}
        />
      )}
      {may ? (
        <div class="buttons spaced">
          {own ? <><a class="button main" href={address('changes')}>{words.add}</a><a class="button" href={address('edit')}>{words.edit}</a></> : null}
          <ActionButton to={address('copy')} words={words.copy} />
          {own ? <ActionButton to={address('withdrawal')} words={words.withdraw} /> : null}
        </div>
      ) : null}
      {may && !own ? <Note>{words.notOwn}</Note> : null}
    </Section>
  );
}

/** Money is written to the grosz. */
const placesOf = (unit: string): number => (unit.startsWith('zł') ? 2 : 0);

const addPage = formPage({
  path: '/scenarios/:scenario/changes', permission: 'scenario.write', audit: 'scenario.change', params: scenarioParam,
  body: z.strictObject({ key: z.string().min(1).max(200), value: z.string().regex(/^-?\d{1,7}(?:\.\d{1,4})?$/, said('want_decimal')) }), fields: { key: choice, value: decimal },
  show: async ({ ctx, view, params }, form) => {
    const { t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const { values } = await valuesOf(ctx, t, scenario);
    const options = GROUPS.flatMap((group) => values.filter((value) => value.group === group).map(({ key, name, value, unit }) => ({ value: key, words: `${name} — ${value.replace('.', ',')} ${unit}`, group: t.scenarios.groups[group] ?? group })));
    const to = at('/scenarios/:scenario/changes', params);
    return {
      title: t.scenarios.add, crumbs: scenarioCrumbs(view, scenario),
      body: (
        <CommandForm state={form} to={to}>
          <ChoiceField name="key" label={t.scenarios.what} hint={t.scenarios.whatHint} any={t.form.choose} options={options} />
          <DecimalField name="value" label={t.scenarios.value} hint={t.scenarios.valueHint} />
          <Buttons save={t.scenarios.add} cancel={at(ONE, params)} />
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { scenario: id } }, { key, value }) => {
    const scenario = await findScenario(ctx.db, id);
    await changeScenario(ctx, id, { ...headOf(scenario), changes: withValue(scenario.changes, key, value) });
    return { to: at(ONE, { scenario: id }), notice: { kind: 'good', words: t.scenarios.added } };
  },
});

function headOf({ name, day, tariff, note }: Scenario): { name: string; day: Scenario['day']; tariff?: string; note?: string } {
  return { name, day, ...(tariff === null ? {} : { tariff }), ...(note === null ? {} : { note }) };
}

const editPage = formPage({
  path: '/scenarios/:scenario/edit', permission: 'scenario.write', audit: 'scenario.change', params: scenarioParam, body: headInput, fields: HEAD_FIELDS,
  begin: async ({ ctx, params }) => {
    const { name, day, tariff, note, changes } = await findScenario(ctx.db, params.scenario);
    return { name, day, tariff: tariff ?? '', otherTariff: changes.tariff ?? '', note: note ?? '' };
  },
  show: async ({ ctx, view, params }, form) => ({
    title: view.t.scenarios.edit, crumbs: scenarioCrumbs(view, await findScenario(ctx.db, params.scenario)),
    body: (
      <CommandForm state={form} to={at('/scenarios/:scenario/edit', params)}>
        <HeadFields tariffs={await tariffOptions(ctx)} />
        <Buttons save={view.t.form.save} cancel={at(ONE, params)} />
      </CommandForm>
    ),
  }),
  submit: async ({ ctx, view: { t }, params: { scenario: id } }, { otherTariff, ...given }) => {
    const { changes } = await findScenario(ctx.db, id);
    await changeScenario(ctx, id, { ...given, changes: otherTariff === undefined ? withoutTariff(changes) : { ...changes, tariff: otherTariff } });
    return { to: at(ONE, { scenario: id }), notice: { kind: 'good', words: t.scenarios.saved } };
  },
});

const back = ({ scenario }: { scenario: string }): string => at(ONE, { scenario });

const removePage = actionPage({
  path: '/scenarios/:scenario/removal', permission: 'scenario.write', audit: 'scenario.change', params: scenarioParam, body: z.strictObject({ key: z.string().min(1).max(200) }), fields: { key: text }, back,
  submit: async ({ ctx, view: { t }, params: { scenario: id } }, { key }) => {
    const scenario = await findScenario(ctx.db, id);
    await changeScenario(ctx, id, { ...headOf(scenario), changes: withValue(scenario.changes, key, null) });
    return { to: at(ONE, { scenario: id }), notice: { kind: 'good', words: t.scenarios.removed } };
  },
});

const copyPage = actionPage({
  path: '/scenarios/:scenario/copy', permission: 'scenario.write', audit: 'scenario.make', params: scenarioParam, body: z.strictObject({}), fields: {}, back,
  submit: async ({ ctx, view: { t }, params }) => {
    const source = await findScenario(ctx.db, params.scenario);
    const { scenario } = await makeScenario(ctx, { ...headOf(source), name: t.scenarios.copyName(source.name).slice(0, 120), changes: source.changes });
    return { to: at(ONE, { scenario }), notice: { kind: 'good', words: t.scenarios.copied } };
  },
});

const withdrawPage = actionPage({
  path: '/scenarios/:scenario/withdrawal', permission: 'scenario.write', audit: 'scenario.withdraw', params: scenarioParam, body: z.strictObject({}), fields: {}, back,
  submit: async ({ ctx, view: { t }, params }) => {
    await dropScenario(ctx, params.scenario);
    return { to: LIST, notice: { kind: 'good', words: t.scenarios.withdrawn } };
  },
});

const exportPage = filePage({
  path: '/scenarios/:scenario/export', permission: 'export', params: scenarioParam, query: z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  make: async ({ ctx, view, params, query: { format } }) => {
    const { t } = view;
    const { leases } = await openedEffect(ctx, inputOf(await findScenario(ctx.db, params.scenario)));
    return sheetDownload({
      file: `scenariusz-${params.scenario}`, title: t.scenarios.title, format, view, items: leases,
      columns: [
        { key: 'lease', words: t.lease.lease, plain: ({ lease }) => lease }, { key: 'dwelling', words: t.stock.dwelling, plain: ({ dwelling }) => dwelling },
        { key: 'basis', words: t.scenarios.basis, plain: ({ basis }) => t.lease.bases[basis] ?? basis }, { key: 'zone', words: t.scenarios.zone, plain: ({ zone }) => zone },
        { key: 'categoryBefore', words: `${t.scenarios.category} (${t.scenarios.before})`, plain: ({ categoryBefore }) => categoryBefore },
        { key: 'categoryAfter', words: `${t.scenarios.category} (${t.scenarios.after})`, plain: ({ categoryAfter }) => categoryAfter },
        { key: 'before', words: t.scenarios.before, kind: 'decimal', plain: ({ before }) => fixed2(before) }, { key: 'after', words: t.scenarios.after, kind: 'decimal', plain: ({ after }) => fixed2(after) },
        { key: 'difference', words: t.scenarios.difference, kind: 'decimal', plain: ({ difference }) => fixed2(difference) },
        { key: 'percent', words: `${t.scenarios.percent} %`, kind: 'decimal', plain: ({ percent }) => (percent === null ? null : fixed2(percent)) },
      ],
    });
  },
});

export const scenarioOnePages: readonly PageRoute[] = [...shownPage, ...addPage, ...editPage, ...removePage, ...copyPage, ...withdrawPage, ...exportPage];
