/** A new tariff, typed in: held against the rules and the tariff before it, then loaded. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import type { LawBook } from '../../platform/law/book.ts';
import type { TariffFile } from '../../platform/law/files.ts';
import type { Reference } from '../../platform/law/types.ts';
import { problemText } from '../../platform/problem-texts.ts';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm } from '../../web/components/fields.tsx';
import { Note, Section, Tabs } from '../../web/components/parts.tsx';
import type { Done } from '../../web/declared.ts';
import { checkedForm } from '../../web/forms/read.ts';
import type { FormState } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import type { Check } from '../checks.ts';
import { tariffChecks } from '../checks.ts';
import { loadTariff, tryTariff } from '../commands.ts';
import type { TriedTariff } from '../commands.ts';
import { compareTariffs } from '../compare.ts';
import { formFlaws } from '../form.ts';
import type { TariffInput } from '../input.ts';
import { sourceOf, tariffInput, tariffOf } from '../input.ts';
import { tariffBook } from '../read.ts';
import { Checks, Comparison } from './checks.tsx';
import { TARIFF_FIELDS, valuesLike } from './fields.ts';
import { TariffFields } from './tariff-fields.tsx';

export const CRUMBS = (t: View['t']): { to: string; words: string }[] => [{ to: '/law', words: t.law.title }, { to: '/tariffs', words: t.tariff.list }];

export const newTariffPages = formPage({
  path: '/tariffs/new', permission: 'law.load', audit: 'law.load', body: tariffInput, fields: TARIFF_FIELDS, query: z.strictObject({ like: z.string().max(60).optional() }),
  begin: async ({ ctx, query }) => {
    const like = query.like === undefined ? null : (await tariffBook(ctx.db, ctx.clock.now())).named(query.like);
    return like === null ? {} : valuesLike(like);
  },
  show: async ({ ctx, view: { t } }, form) => {
    const book = await ctx.law.book(ctx.db);
    const tried = form.previewed && form.value !== null ? await tryTariff(ctx, tariffOf(form.value), sourceOf(form.value)) : null;
    return {
      title: t.tariffForm.title, crumbs: CRUMBS(t), wide: true,
      body: (
        <>
          <Ways here="hand" />
          <p>{t.tariffForm.intro}</p>
          {tried === null || form.value === null ? <Refused checks={refusedChecks(form, book, ctx)} book={book} /> : <Tried of={tried} tariff={tariffOf(form.value)} book={book} />}
          <CommandForm state={form} to="/tariffs/new" id="tariff">
            <TariffFields references={[...book.references.keys()]} values={form.values} />
            <Buttons preview={t.tariffForm.check} save={t.tariffForm.save} cancel="/tariffs" />
          </CommandForm>
        </>
      ),
    };
  },
  submit: ({ ctx, view }, given) => load(ctx, view, tariffOf(given), sourceOf(given)),
});

/** Loads it and says so, with what it should be warned of. */
export async function load(ctx: Context, { t }: View, tariff: TariffFile, source: Reference | null): Promise<Done> {
  const { added, warnings } = await loadTariff(ctx, tariff, source);
  const to = at('/tariffs/:tariff', { tariff: tariff.code });
  if ((added['tariffs'] ?? 0) === 0) return { to, notice: { kind: 'info', words: t.tariffForm.same(tariff.code) } };
  const told = warnings.map(({ code, args }) => problemText(code, args)).join(' ');
  return { to, notice: told === '' ? { kind: 'good', words: t.tariffForm.loaded(tariff.code) } : { kind: 'info', words: t.tariffForm.loadedWarned(tariff.code, told) } };
}

/** The rules of a tariff that was refused: which of them it breaks. None where even the form was wrong, or what was refused is not a rule. */
function refusedChecks(form: FormState<TariffInput>, book: LawBook, { clock }: Pick<Context, 'clock'>): readonly Check[] {
  if (form.summary === null) return [];
  const sent = new URLSearchParams(Object.entries(form.values).flatMap(([name, texts]) => texts.map((typed) => [name, typed])));
  const { value } = checkedForm(tariffInput, TARIFF_FIELDS, sent);
  if (value === null || formFlaws(tariffOf(value)).length > 0) return [];
  const checks = tariffChecks(tariffOf(value), book.at(value.from, clock.now()));
  return checks.some(({ outcome }) => outcome === 'broken') ? checks : [];
}

const WAYS = [{ way: 'hand', to: '/tariffs/new' }, { way: 'send', to: '/tariffs/new/upload' }, { way: 'file', to: '/tariffs/new/file' }] as const;

export function Ways({ here }: { readonly here: 'hand' | 'send' | 'file' }): VNode {
  const { t } = useView();
  return <Tabs label={t.tariffForm.ways} of={WAYS.map(({ way, to }) => ({ to, words: t.tariffForm.byWay[way], here: here === way }))} />;
}

function Refused({ checks, book }: { readonly checks: readonly Check[]; readonly book: LawBook }): VNode | null {
  const { t } = useView();
  if (checks.length === 0) return null;
  return (
    <Section id="checks" title={t.tariff.checks}>
      <Note tone="bad">{t.tariffForm.notYet}</Note>
      <Checks of={checks} book={book} />
    </Section>
  );
}

export function Tried({ of: { known, checks, before }, tariff, book }: { readonly of: TriedTariff; readonly tariff: TariffFile; readonly book: LawBook }): VNode {
  const { t } = useView();
  return (
    <>
      <Note tone={known ? 'info' : 'good'}>{known ? t.tariffForm.known : t.tariffForm.checked}</Note>
      <Section id="checks" title={t.tariff.checks}><Checks of={checks} book={book} /></Section>
      {before === null ? <Note>{t.tariff.first}</Note> : (
        <Section id="compared" title={t.tariff.compared(before.code)}><Comparison of={compareTariffs(before, tariff)} before={before.code} after={tariff.code} /></Section>
      )}
    </>
  );
}
