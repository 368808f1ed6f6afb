/** One table of the law: what holds on a day, each value with its source, certainty and history. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { plainDate } from '../../platform/dates/schema.ts';
import { DomainError } from '../../platform/errors.ts';
import type { LawBook } from '../../platform/law/book.ts';
import { CERTAINTIES } from '../../platform/law/types.ts';
import { at } from '../../web/address.ts';
import { ChoiceField, DayField, QuestionForm, TextField } from '../../web/components/fields.tsx';
import { Empty, Timeline } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Span, Status } from '../../web/components/values.tsx';
import { choice, day, text } from '../../web/forms/kinds.ts';
import { page } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import type { LawEntry, LawRow } from './entries.ts';
import { entriesOn, filtered } from './entries.ts';
import { CertaintyBadge, RecordedAt, Source, sourceText } from './parts.tsx';
import { isLawTable, lawRows } from './tables.ts';

const PART = 'values';

export const tablePages = page({
  path: '/law/:table', permission: 'law.read', params: z.strictObject({ table: z.string().min(1).max(40) }),
  query: z.strictObject({ day: plainDate.optional(), certainty: z.enum(CERTAINTIES).optional(), words: z.string().max(100).optional() }), kinds: { day, certainty: choice, words: text },
  show: async ({ ctx, view, params: { table }, query, filters }) => {
    if (!isLawTable(table)) throw new DomainError('not found', 'law_table_unknown', { table });
    const { t, today } = view;
    const book = await ctx.law.book(ctx.db);
    const all = entriesOn(lawRows(book, table, view), query.day ?? today);
    const shown = filtered(all, query, (reference) => sourceText(book, reference));
    const title = t.law.names[table] ?? table;
    const to = at('/law/:table', { table });
    const state = { ...filters, values: { day: [day.write(query.day ?? today)], ...filters.values } };
    return {
      title, wide: true, crumbs: [{ to: '/law', words: t.law.title }],
      body: (
        <>
          <p>{t.law.about[table]}</p>
          <QuestionForm state={state} to={to} label={t.law.filters} inPlace={PART}>
            <div class="grid">
              <DayField name="day" label={t.law.onDay} />
              <ChoiceField name="certainty" label={t.law.certainty} any={t.law.certaintyAny} options={CERTAINTIES.map((value) => ({ value, words: t.statement.certainty[value] }))} />
              <TextField name="words" label={t.law.words} maxLength={100} />
            </div>
            <p class="buttons">
              <button type="submit" class="main">{t.law.show}</button>
              <a href={to}>{t.law.clear}</a>
            </p>
          </QuestionForm>
          <div id={PART}>
            <p class="count" role="status">{t.law.found(shown.length, all.length)}</p>
            {shown.length === 0 ? <Empty title={t.law.noMatch}><p><a href={to}>{t.law.clear}</a></p></Empty> : <Entries of={shown} caption={title} book={book} />}
          </div>
        </>
      ),
    };
  },
});

function Entries({ of, caption, book }: { readonly of: readonly LawEntry[]; readonly caption: string; readonly book: LawBook }): VNode {
  const { t } = useView();
  return (
    <Table
      caption={caption} rows={of} keyOf={({ key }) => key} groupOf={({ section }) => section}
      columns={[
        { key: 'what', words: t.law.what, head: true, cell: (entry) => <What of={entry} book={book} /> },
        { key: 'value', words: t.law.value, cell: ({ current }) => (current === null ? <span class="soft">{t.law.notOn}</span> : current.value) },
        { key: 'holds', words: t.law.holds, cell: ({ current }) => (current === null ? t.common.none : <Span from={current.from} to={current.to} />) },
        { key: 'source', words: t.law.source, cell: ({ current }) => (current === null ? t.common.none : <Source book={book} code={current.reference} />) },
        {
          key: 'certainty', words: t.law.certainty,
          cell: ({ current }) => (current === null ? t.common.none : <><CertaintyBadge of={current} /><br /><RecordedAt from={current.knownFrom} to={null} /></>),
        },
      ]}
    />
  );
}

function What({ of: { key, name, current, others }, book }: { readonly of: LawEntry; readonly book: LawBook }): VNode {
  const { t } = useView();
  return (
    <>
      {name}
      {name.startsWith(key) || key.includes(' · ') ? null : <span class="soft code small"> {key}</span>}
      {current?.note === undefined ? null : <p class="soft small">{current.note}</p>}
      {others.length === 0 ? null : (
        <details>
          <summary class="small">{t.law.history(others.length)}</summary>
          <Timeline label={t.law.historyOf(name)} of={others.map((row, index) => ({ key: String(index), when: <Span from={row.from} to={row.to} />, over: row.knownTo !== null, what: <Before of={row} book={book} /> }))} />
        </details>
      )}
    </>
  );
}

function Before({ of: row, book }: { readonly of: LawRow; readonly book: LawBook }): VNode {
  const { t } = useView();
  return (
    <>
      {row.value} {row.knownTo === null ? null : <Status tone="quiet">{t.law.superseded}</Status>}{' '}
      <CertaintyBadge of={row} /> <Source book={book} code={row.reference} />
      {row.note === undefined ? null : <p class="soft small">{row.note}</p>} <RecordedAt from={row.knownFrom} to={row.knownTo} />
    </>
  );
}
