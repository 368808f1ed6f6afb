/** Beginning a run: tariff, scope and days. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { atHour } from '../../platform/dates/instants.ts';
import { addDays, addMonths, isPlainDate, monthStart } from '../../platform/dates/plain.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { listDistricts } from '../../stock/lists.ts';
import { tariffBook } from '../../tariffs/read.ts';
import type { Tariff } from '../../tariffs/rules.ts';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, ChoiceField, CommandForm, DayField, TextField } from '../../web/components/fields.tsx';
import { Note } from '../../web/components/parts.tsx';
import type { FieldKind } from '../../web/forms/kinds.ts';
import { choice, day, text, words } from '../../web/forms/kinds.ts';
import * as format from '../../web/format.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { startRun, startRunInput } from '../runs/commands.ts';
import { NEW_RUN, RUN, RUNS, runCrumbs } from './shared.tsx';

/** What each scope takes besides its kind. */
const TAKES: Readonly<Record<string, string>> = { district: 'district', building: 'building', leases: 'leases', changed: 'since' };

/** The form shows of each scope its own field; what stands in one that is not shown was meant for another choice. */
function ownScope(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('scope' in given)) return given;
  const { scope } = given;
  if (typeof scope !== 'object' || scope === null || !('kind' in scope) || typeof scope.kind !== 'string') return given;
  const takes = TAKES[scope.kind];
  return { ...given, scope: Object.fromEntries(Object.entries(scope).filter(([key]) => key === 'kind' || key === takes)) };
}

/** From the first moment of a day in Poland on; a moment is taken as it stands. */
const sinceDay: FieldKind = {
  read: (texts) => {
    const given = day.read(texts);
    return typeof given === 'string' && isPlainDate(given) ? atHour(given, 0) : given;
  },
  write: (value) => value,
};

export const newRunPages = formPage({
  path: NEW_RUN, permission: 'run.prepare', audit: 'run.start', body: z.preprocess(ownScope, startRunInput),
  fields: { tariff: choice, 'scope.kind': choice, 'scope.district': choice, 'scope.building': text, 'scope.leases': words, 'scope.since': sinceDay, delivered: day, businessDate: day },
  begin: async ({ ctx, view: { today } }) => {
    const { all } = await tariffBook(ctx.db, ctx.clock.now());
    return { tariff: all.at(-1)?.code ?? '', 'scope.kind': 'all', businessDate: today, delivered: lastOfMonth(today) };
  },
  show: async ({ ctx, view }, form) => {
    const { t, today } = view;
    const { all } = await tariffBook(ctx.db, ctx.clock.now());
    const tariffs = [...new Map(all.map((tariff) => [tariff.code, tariff])).values()].reverse();
    const districts = await listDistricts(ctx, today);
    return {
      title: t.run.new, crumbs: runCrumbs(view),
      body: (
        <>
          {tariffs.some(({ from }) => from > today) ? <Note>{t.runNew.draftTariff}</Note> : null}
          <CommandForm state={form} to={NEW_RUN}>
            <ChoiceField name="tariff" label={t.run.tariff} hint={t.runNew.tariffHint} options={tariffs.map((tariff) => ({ value: tariff.code, words: tariffWords(view, tariff) }))} />
            <ScopeFields districts={districts} own={ctx.actor.districts} />
            <DayField name="businessDate" label={t.run.businessDate} hint={t.runNew.businessDateHint} />
            <DayField name="delivered" label={t.run.delivered} hint={t.runNew.deliveredHint} />
            <p class="soft">{t.runNew.background}</p>
            <Buttons save={t.runNew.start} cancel={RUNS} />
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx }, body) => {
    const { runId } = await startRun(ctx, body);
    return { to: at(RUN, { run: runId }) };
  },
});

function ScopeFields({ districts, own }: { readonly districts: readonly string[]; readonly own: readonly string[] | null }): VNode {
  const { t: { runNew: t, form } } = useView();
  const kinds = [
    { value: 'all', words: own === null ? t.all : t.mine(own.join(', ')) }, { value: 'district', words: t.district }, { value: 'building', words: t.building },
    { value: 'leases', words: t.leases }, { value: 'without_rent', words: t.withoutRent }, { value: 'changed', words: t.changed },
  ];
  return (
    <>
      <ChoiceField name="scope.kind" label={t.scope} hint={t.scopeHint} options={kinds} />
      <div class="when when-district">
        <ChoiceField name="scope.district" label={t.districtField} any={form.choose} options={districts.map((district) => ({ value: district, words: district }))} />
      </div>
      <div class="when when-building"><TextField name="scope.building" label={t.buildingField} hint={t.buildingHint} maxLength={60} /></div>
      <div class="when when-leases"><AreaField name="scope.leases" label={t.leasesField} hint={t.leasesHint} rows={6} maxLength={200_000} /></div>
      <div class="when when-changed"><TextField name="scope.since" label={t.sinceField} hint={t.sinceHint} maxLength={40} /></div>
    </>
  );
}

/** `krk-2027: od 01.01.2027 bezterminowo, jeszcze nie obowiązuje`. */
function tariffWords({ t, today, language }: View, { code, from, to }: Tariff): string {
  const kind = from > today ? t.runNew.future : to !== null && to <= today ? t.runNew.over : t.runNew.inForce;
  const until = to === null ? '' : ` ${t.common.to} ${format.day(addDays(to, -1), language)}`;
  return t.runNew.tariffOption(code, `${t.common.from} ${format.day(from, language)}`, until, `, ${kind}`);
}

/** Of a month only its number counts for the notice: its last day leaves the most time to deliver. */
function lastOfMonth(today: PlainDate): PlainDate {
  return addDays(addMonths(monthStart(today), 1), -1);
}
