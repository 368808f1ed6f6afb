/** The kept scenarios, a new one, and two beside one another. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { tariffBook } from '../../tariffs/read.ts';
import { AreaField, Buttons, ChoiceField, CommandForm, DayField, QuestionForm, TextField } from '../../web/components/fields.tsx';
import type { Option } from '../../web/components/fields.tsx';
import { Empty, Figures, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, Moment, Money, Num, Signed } from '../../web/components/values.tsx';
import type { PageRoute } from '../../web/declared.ts';
import { choice, day, text } from '../../web/forms/kinds.ts';
import type { FieldKinds } from '../../web/forms/kinds.ts';
import { formPage, page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { NO_CHANGES, countChanges } from '../changes.ts';
import { makeScenario, scenarioInput } from '../commands.ts';
import type { Effect } from '../effect.ts';
import { fixed2 } from '../../platform/money.ts';
import { openedEffect } from '../opened.ts';
import type { Scenario } from '../store.ts';
import { findScenario, listScenarios } from '../store.ts';
import { LIST, inputOf, scenarioCrumbs, scenarioParam } from './shared.ts';

/** Without its changes, which are added one by one. */
export const headInput = scenarioInput.omit({ changes: true }).extend({ otherTariff: z.string().trim().min(1).max(60).optional() });
export const HEAD_FIELDS: FieldKinds = { name: text, day, tariff: choice, otherTariff: choice, note: text };

export async function tariffOptions(ctx: Context): Promise<Option[]> {
  const { all } = await tariffBook(ctx.db, ctx.clock.now());
  return [...new Map(all.map(({ code, act }) => [code, { value: code, words: `${code}: ${act}` }])).values()];
}

export function HeadFields({ tariffs }: { readonly tariffs: readonly Option[] }): VNode {
  const { t: { scenarios: words } } = useView();
  return (
    <>
      <TextField name="name" label={words.name} hint={words.nameHint} maxLength={120} />
      <DayField name="day" label={words.day} />
      <ChoiceField name="tariff" label={words.tariff} hint={words.tariffHint} any="–" options={tariffs} optional />
      <ChoiceField name="otherTariff" label={words.otherTariff} hint={words.otherTariffHint} any="–" options={tariffs} optional />
      <AreaField name="note" label={words.note} optional />
    </>
  );
}

const listPage = page({
  path: LIST, permission: 'run.read', nav: { place: 55, words: ({ t }) => t.scenarios.nav },
  show: async ({ ctx, view }) => {
    const { t } = view;
    const kept = await listScenarios(ctx.db);
    const make = mayHere(view, 'scenario.write') ? <a class="button main" href={`${LIST}/new`}>{t.scenarios.make}</a> : null;
    return {
      title: t.scenarios.title,
      body: (
        <>
          <p>{t.scenarios.intro}</p>
          <p class="buttons">{make}{kept.length < 2 ? null : <a class="button" href={`${LIST}/compare`}>{t.scenarios.compare}</a>}</p>
          {kept.length === 0 ? <Empty title={t.scenarios.none}><p>{t.scenarios.noneHelp}</p></Empty> : <Kept of={kept} />}
        </>
      ),
    };
  },
});

function Kept({ of }: { readonly of: readonly Scenario[] }): VNode {
  const { t: { scenarios: words } } = useView();
  return (
    <Table
      caption={words.title} rows={of} keyOf={({ id }) => id}
      columns={[
        { key: 'name', words: words.name, head: true, cell: ({ id, name }) => <a href={`${LIST}/${id}`}>{name}</a> },
        { key: 'changes', words: words.changes, cell: ({ changes }) => words.changeCount(countChanges(changes)) },
        { key: 'day', words: words.day, cell: ({ day: on }) => <Day of={on} /> },
        { key: 'by', words: words.by, cell: ({ madeBy }) => madeBy },
        { key: 'changed', words: words.changedAt, cell: ({ changedAt }) => <Moment of={changedAt} /> },
      ]}
    />
  );
}

const newPage = formPage({
  path: '/scenarios/new', permission: 'scenario.write', audit: 'scenario.make', body: headInput, fields: HEAD_FIELDS,
  begin: ({ ctx }) => ({ day: ctx.clock.today() }),
  show: async ({ ctx, view }, form) => ({
    title: view.t.scenarios.make, crumbs: scenarioCrumbs(view),
    body: (
      <CommandForm state={form} to="/scenarios/new">
        <HeadFields tariffs={await tariffOptions(ctx)} />
        <Buttons save={view.t.form.save} cancel={LIST} />
      </CommandForm>
    ),
  }),
  submit: async ({ ctx, view: { t } }, { otherTariff, ...given }) => {
    const changes = { ...NO_CHANGES, ...(otherTariff === undefined ? {} : { tariff: otherTariff }) };
    const { scenario } = await makeScenario(ctx, { ...given, changes });
    return { to: `${LIST}/${scenario}`, notice: { kind: 'good', words: t.scenarios.saved } };
  },
});

const comparePage = page({
  path: '/scenarios/compare', permission: 'run.read', kinds: { a: choice, b: choice },
  query: z.strictObject({ a: scenarioParam.shape.scenario.optional(), b: scenarioParam.shape.scenario.optional() }),
  show: async ({ ctx, view, query: { a, b }, filters }) => {
    const { t } = view;
    const kept = await listScenarios(ctx.db);
    const options = kept.map(({ id, name }) => ({ value: id, words: name }));
    const both = a === undefined || b === undefined ? null : await Promise.all([a, b].map(async (id) => {
      const scenario = await findScenario(ctx.db, id);
      return { scenario, effect: await openedEffect(ctx, inputOf(scenario)) };
    }));
    return {
      title: both === null ? t.scenarios.compare : t.scenarios.compareTitle(both[0]?.scenario.name ?? '', both[1]?.scenario.name ?? ''), crumbs: scenarioCrumbs(view), wide: true,
      body: (
        <>
          <QuestionForm state={filters} to="/scenarios/compare" label={t.scenarios.compare}>
            <div class="grid">
              <ChoiceField name="a" label={t.scenarios.compare} any={t.form.choose} options={options} />
              <ChoiceField name="b" label={t.scenarios.compareWith} any={t.form.choose} options={options} />
              <p class="buttons"><button type="submit" class="main">{t.common.show}</button></p>
            </div>
          </QuestionForm>
          {both === null ? <Empty title={t.scenarios.compareHelp} /> : <Compared of={both} />}
        </>
      ),
    };
  },
});

function Compared({ of }: { readonly of: readonly { readonly scenario: Scenario; readonly effect: Effect }[] }): VNode {
  const { t: { scenarios: words, lease } } = useView();
  const rows = ['byZone', 'byCategory', 'byBasis'] as const;
  return (
    <>
      {of.map(({ scenario, effect }) => (
        <Section key={scenario.id} id={`scenario-${scenario.id}`} title={scenario.name}>
          <Figures
            of={[
              { name: words.before, value: <Money of={fixed2(effect.before)} /> }, { name: words.after, value: <Money of={fixed2(effect.after)} /> },
              { name: words.difference, value: <Signed of={fixed2(effect.after.minus(effect.before))} unit="zł" /> },
              { name: words.moved, value: <Num of={effect.leases.filter(({ difference }) => !difference.isZero()).length} />, more: <>{words.counted}: <Num of={effect.leases.length} /></> },
              { name: words.exceptions, value: <Num of={effect.exceptions.length} /> },
            ]}
          />
        </Section>
      ))}
      {rows.map((part) => {
        const keys = [...new Set(of.flatMap(({ effect }) => effect[part].map(({ key }) => key)))];
        return (
          <Section key={part} id={part} title={words[part]}>
            <Table
              caption={words[part]} rows={keys} keyOf={(key) => key}
              columns={[
                { key: 'key', words: words[part === 'byZone' ? 'zone' : part === 'byCategory' ? 'category' : 'basis'], head: true, cell: (key) => (key === '' ? '–' : part === 'byBasis' ? (lease.bases[key] ?? key) : key) },
                ...of.map(({ scenario, effect }) => ({
                  key: scenario.id, words: scenario.name, end: true,
                  cell: (key: string) => {
                    const found = effect[part].find((one) => one.key === key);
                    return found === undefined ? '–' : <Signed of={fixed2(found.after.minus(found.before))} unit="zł" />;
                  },
                })),
              ]}
            />
          </Section>
        );
      })}
    </>
  );
}

export const scenarioListPages: readonly PageRoute[] = [...listPage, ...newPage, ...comparePage];
