/** What is done with a scenario as a whole: its name, day and tariff, a copy, off the list, the file. */
import { z } from 'zod';
import { fixed2 } from '../../platform/money.ts';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm } from '../../web/components/fields.tsx';
import type { PageRoute } from '../../web/declared.ts';
import { sheetDownload } from '../../web/listing.tsx';
import { actionPage, filePage, formPage } from '../../web/page.ts';
import { changeScenario, dropScenario, makeScenario } from '../commands.ts';
import type { LeaseEffect, LeaseException } from '../effect.ts';
import { openedEffect } from '../opened.ts';
import { findScenario } from '../store.ts';
import { withoutTariff } from '../values.ts';
import { HEAD_FIELDS, HeadFields, headInput, tariffOptions } from './list.tsx';
import { LIST, ONE, headOf, inputOf, missingNames, reasonOf, scenarioCrumbs, scenarioParam } from './shared.ts';

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

type Row = LeaseEffect | LeaseException;

/** Every lease with both rents, and after them those that cannot be calculated, each with the reason. */
const exportPage = filePage({
  path: '/scenarios/:scenario/export', permission: 'export', params: scenarioParam, query: z.strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
  make: async ({ ctx, view, params, query: { format } }) => {
    const { t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const { leases, exceptions } = await openedEffect(ctx, inputOf(scenario));
    const names = await missingNames(ctx, view, scenario, exceptions);
    const of = (read: (lease: LeaseEffect) => string | null) => (row: Row): string | null => ('side' in row ? null : read(row));
    const reason = (row: Row): string | null => ('side' in row ? `${t.scenarios.side[row.side] ?? row.side}: ${reasonOf(row, names)}` : null);
    return sheetDownload<Row>({
      file: `scenariusz-${params.scenario}`, title: t.scenarios.title, format, view, items: [...leases, ...exceptions],
      columns: [
        { key: 'lease', words: t.lease.lease, plain: ({ lease }) => lease }, { key: 'dwelling', words: t.stock.dwelling, plain: ({ dwelling }) => dwelling },
        { key: 'basis', words: t.scenarios.basis, plain: of(({ basis }) => t.lease.bases[basis] ?? basis) }, { key: 'zone', words: t.scenarios.zone, plain: of(({ zone }) => zone) },
        { key: 'categoryBefore', words: `${t.scenarios.category} (${t.scenarios.before})`, plain: of(({ categoryBefore }) => categoryBefore) },
        { key: 'categoryAfter', words: `${t.scenarios.category} (${t.scenarios.after})`, plain: of(({ categoryAfter }) => categoryAfter) },
        { key: 'before', words: t.scenarios.before, kind: 'decimal', plain: (row) => rentOn('before', row) }, { key: 'after', words: t.scenarios.after, kind: 'decimal', plain: (row) => rentOn('after', row) },
        { key: 'difference', words: t.scenarios.difference, kind: 'decimal', plain: of(({ difference }) => fixed2(difference)) },
        { key: 'percent', words: `${t.scenarios.percent} %`, kind: 'decimal', plain: of(({ percent }) => (percent === null ? null : fixed2(percent))) },
        { key: 'missing', words: t.scenarios.exceptions, plain: reason },
      ],
    });
  },
});

/** Of a lease that one side cannot calculate, the rent of the other. */
function rentOn(side: 'before' | 'after', row: Row): string | null {
  if (!('side' in row)) return fixed2(row[side]);
  return row.rent === null || row.side === side ? null : fixed2(row.rent);
}

export const scenarioManagePages: readonly PageRoute[] = [...editPage, ...copyPage, ...withdrawPage, ...exportPage];
