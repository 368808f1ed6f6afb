/** The changes of a scenario: shown with what they were and what they open or lay over one another, added, taken away. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { limitPlace } from '../../platform/law/limits.ts';
import { said } from '../../platform/problem-texts.ts';
import { at } from '../../web/address.ts';
import { Buttons, ChoiceField, CommandForm, DecimalField, FlagField, Hidden } from '../../web/components/fields.tsx';
import { ActionButton } from '../../web/components/form-marks.tsx';
import { Empty, Note, Section } from '../../web/components/parts.tsx';
import { Facts, Status } from '../../web/components/values.tsx';
import type { PageRoute } from '../../web/declared.ts';
import { choice, decimal, flag, text } from '../../web/forms/kinds.ts';
import { AGAIN, valueOf } from '../../web/forms/state.ts';
import { actionPage, formPage } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { changeScenario } from '../commands.ts';
import { crossings, movedAlong, neighbours } from '../limits.ts';
import type { Scenario } from '../store.ts';
import { findScenario } from '../store.ts';
import type { Changeable } from '../values.ts';
import { changedOf, laidValue, movesRent, withValue } from '../values.ts';
import type { Shown } from './shared.ts';
import { ONE, headOf, rangeWords, scenarioCrumbs, scenarioParam, toldValue, valuesOf } from './shared.ts';

export function Changes({ of, shown, own }: { readonly of: Scenario; readonly shown: Shown; readonly own: boolean }): VNode {
  const view = useView();
  const { language, t: { scenarios: words, statement } } = view;
  const rows = changedOf(shown.values, of.changes, true);
  const idle = rows.filter(({ key }) => !movesRent(key));
  const address = (path: string): string => at(`${ONE}/${path}`, { scenario: of.id });
  const plainly = ({ unit }: Changeable, value: string): string => toldValue({ saying: '', unit }, value, language);
  const may = mayHere(view, 'scenario.write');
  return (
    <Section id="changes" title={words.changes}>
      {rows.length === 0 ? <Empty title={words.noChanges} /> : (
        <ul class="changes">
          {rows.map((row) => (
            <li key={row.key}>
              <div>
                <p><strong>{row.wording}</strong></p>
                <p>{row.group === 'limits' ? `${row.saying}: ` : ''}<span class="soft">{words.inLaw}</span> {plainly(row, row.value)}, <span class="soft">{words.changedTo}</span> <strong>{plainly(row, row.now)}</strong> <Status tone="warn">{statement.certainty.assumed}</Status></p>
                <p class="soft">{row.place}{row.certainty === 'printed' ? '' : ` (${words.inLaw} ${statement.certainty[row.certainty]})`}</p>
              </div>
              {own ? <ActionButton to={address('removal')} words={words.remove} about={row.label} values={{ key: row.key }} /> : null}
            </li>
          ))}
        </ul>
      )}
      <Crossings shown={shown} to={own ? address('changes') : null} />
      {idle.length === 0 ? null : <Note>{words.noEffect(idle.map(({ label }) => label).join(', '))}</Note>}
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

/** Gaps and overlaps that the changed limits make, each with the way to mend it for whom it is. */
function Crossings({ shown: { sides, values }, to }: { readonly shown: Shown; readonly to: string | null }): VNode | null {
  const { language, t: { scenarios: words } } = useView();
  const found = crossings(sides.before.law, sides.after.law);
  return found.length === 0 ? null : (
    <>
      {found.map(({ kind, slot, items: [a, b], range, mend }) => {
        const other = mend === null ? undefined : values.find(({ key }) => key === mend.key);
        return (
          <Note key={`${a} ${b} ${slot}`} tone={kind === 'overlap' ? 'bad' : 'info'}>
            <p>{words[kind](rangeWords(sides.before.law, slot, range, words), a, b)}</p>
            {to === null || mend === null || other === undefined ? null : <ActionButton to={to} words={words.mend(`${other.label} ${toldValue({ saying: '', unit: other.unit }, mend.value, language)}`)} values={{ key: mend.key, value: mend.value }} />}
          </Note>
        );
      })}
    </>
  );
}

const addPage = formPage({
  path: '/scenarios/:scenario/changes', permission: 'scenario.write', audit: 'scenario.change', params: scenarioParam, query: z.strictObject({ key: z.string().max(200).optional() }),
  body: z.strictObject({ key: z.string().min(1).max(200), value: z.string().regex(/^-?\d{1,7}(?:\.\d{1,4})?$/, said('want_decimal')), together: z.boolean() }), fields: { key: choice, value: decimal, together: flag },
  begin: ({ query }) => ({ key: query.key ?? '', together: 'true' }),
  show: async ({ ctx, view, params }, form) => {
    const { language, t } = view;
    const scenario = await findScenario(ctx.db, params.scenario);
    const shown = await valuesOf(ctx, t, scenario);
    const options = shown.values.map(({ key, label, value, unit, heading }) => ({ value: key, words: `${label} — ${toldValue({ saying: '', unit }, value, language)}`, group: heading }));
    const to = at('/scenarios/:scenario/changes', params);
    return {
      title: t.scenarios.add, crumbs: scenarioCrumbs(view, scenario),
      body: (
        <CommandForm state={form} to={to}>
          <ChoiceField name="key" label={t.scenarios.what} hint={t.scenarios.whatHint} any={t.form.choose} options={options} />
          <div id="chosen" hx-get={to} hx-include="#f-key" hx-trigger="change from:#f-key" hx-select="#chosen" hx-target="#chosen" hx-swap="outerHTML" aria-live="polite">
            <Chosen of={shown.values.find(({ key }) => key === valueOf(form, 'key'))} scenario={scenario} shown={shown} />
          </div>
          <DecimalField name="value" label={t.scenarios.value} hint={t.scenarios.valueHint} />
          <Buttons save={t.scenarios.add} cancel={at(ONE, params)} />
          <p><button type="submit" class="quiet" name={AGAIN} value="1">{t.scenarios.chosenShow}</button></p>
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { scenario: id } }, { key, value, together }) => {
    const scenario = await findScenario(ctx.db, id);
    const shown = await valuesOf(ctx, t, scenario);
    const along = together && isLimit(key) ? movedAlong(shown.sides.after.law, key.slice(LIMIT.length), value) : {};
    const moves: (readonly [string, string])[] = [[key, value], ...Object.entries(along).map(([limit, moved]) => [`${LIMIT}${limit}`, moved] as const)];
    const changes = moves.reduce((laid, [one, moved]) => laidValue(laid, shown.values, one, moved), scenario.changes);
    await atValue(() => changeScenario(ctx, id, { ...headOf(scenario), changes }));
    const told = moves.slice(1).map(([one]) => shown.values.find((known) => known.key === one)?.label ?? one);
    const same = changedOf(shown.values, withValue(changes, key, value), false).every((one) => one.key !== key);
    return { to: at(ONE, { scenario: id }), notice: { kind: 'good', words: same ? t.scenarios.asLaw : told.length === 0 ? t.scenarios.added : t.scenarios.addedAlong(told.join('; ')) } };
  },
});

const LIMIT = 'limits.';
const isLimit = (key: string): boolean => key.startsWith(LIMIT) && limitPlace(key.slice(LIMIT.length)) !== null;

/** What is refused of the changes is wrong with the value just typed. */
async function atValue(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.flaws.length === 0) throw error;
    throw new DomainError(error.kind, error.code, error.args, error.flaws.map((flaw) => ({ ...flaw, field: 'value' })));
  }
}

/** What holds now of the value chosen, where it stands, and which limits it meets. */
function Chosen({ of, scenario, shown }: { readonly of: Changeable | undefined; readonly scenario: Scenario; readonly shown: Shown }): VNode {
  const { language, t: { scenarios: words, statement } } = useView();
  // Who has not been shown what it meets gets what is ticked at first.
  if (of === undefined) return <Hidden name="together" value="true" />;
  const now = changedOf(shown.values, scenario.changes, false).find(({ key }) => key === of.key)?.now;
  const meets = isLimit(of.key) ? neighbours(shown.sides.after.law, of.key.slice(LIMIT.length)) : [];
  const label = (key: string): string => shown.values.find((one) => one.key === `${LIMIT}${key}`)?.label ?? key;
  return (
    <>
      <Facts
        of={[
          [words.wording, of.wording], [words.place, <>{of.place}{of.certainty === 'printed' ? null : <> <Status tone="warn">{statement.certainty[of.certainty]}</Status></>}</>],
          [words.was, toldValue(of, of.value, language)],
          ...(now === undefined ? [] : [[words.becomes, toldValue(of, now, language)] as const]),
          ...(meets.length === 0 ? [] : [[words.touches, <ul>{meets.map(({ key, value }) => <li key={key}>{`${label(key)} ${toldValue({ saying: '', unit: of.unit }, value, language)}`}</li>)}</ul>] as const]),
        ]}
      />
      {meets.length === 0 ? null : <FlagField name="together" label={words.together} hint={words.togetherHint} />}
    </>
  );
}

const removePage = actionPage({
  path: '/scenarios/:scenario/removal', permission: 'scenario.write', audit: 'scenario.change', params: scenarioParam, body: z.strictObject({ key: z.string().min(1).max(200) }), fields: { key: text },
  back: ({ scenario }) => at(ONE, { scenario }),
  submit: async ({ ctx, view: { t }, params: { scenario: id } }, { key }) => {
    const scenario = await findScenario(ctx.db, id);
    await changeScenario(ctx, id, { ...headOf(scenario), changes: withValue(scenario.changes, key, null) });
    return { to: at(ONE, { scenario: id }), notice: { kind: 'good', words: t.scenarios.removed } };
  },
});

export const scenarioChangePages: readonly PageRoute[] = [...addPage, ...removePage];
