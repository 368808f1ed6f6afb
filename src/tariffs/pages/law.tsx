/** The law at a glance: which tables there are, and what in them no act prints. */
import type { VNode } from 'preact';
import { groupBy } from '../../platform/collections.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { LawBook } from '../../platform/law/book.ts';
import { at } from '../../web/address.ts';
import { Empty, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Num, Span, Status } from '../../web/components/values.tsx';
import { page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { tariffBook } from '../read.ts';
import type { StoredTariff } from '../store.ts';
import type { LawEntry, LawRow } from './entries.ts';
import { entriesOn } from './entries.ts';
import { CertaintyBadge, Source, UNCERTAIN, sourceId } from './parts.tsx';
import type { LawTableName } from './tables.ts';
import { LAW_TABLES, lawRows } from './tables.ts';

interface Overview {
  readonly table: LawTableName;
  readonly rows: readonly LawRow[];
  readonly entries: readonly LawEntry[];
}

export const overviewPages = page({
  path: '/law', permission: 'law.read', nav: { place: 50, words: ({ t }) => t.law.room, also: ['/tariffs'] },
  show: async ({ ctx, view }) => {
    const { t, today } = view;
    const book = await ctx.law.book(ctx.db);
    const { all: tariffs } = await tariffBook(ctx.db, ctx.clock.now());
    const tables = LAW_TABLES.map((table): Overview => {
      const rows = lawRows(book, table, view);
      return { table, rows, entries: entriesOn(rows, today) };
    });
    return {
      title: t.law.title, wide: true,
      body: (
        <>
          <p>{t.law.intro}</p>
          <Tables of={tables} tariffs={tariffs} sources={book.references.size} today={today} />
          <Uncertain of={tables} tariffs={tariffs} book={book} today={today} />
        </>
      ),
    };
  },
});

export const sourcesPages = page({
  path: '/law/sources', permission: 'law.read',
  show: async ({ ctx, view }) => {
    const { t, today } = view;
    const book = await ctx.law.book(ctx.db);
    const used = groupBy(LAW_TABLES.flatMap((table) => entriesOn(lawRows(book, table, view), today)), ({ current }) => current?.reference ?? '');
    return {
      title: t.law.sources, crumbs: [{ to: '/law', words: t.law.title }],
      body: (
        <Table
          caption={t.law.sources} rows={[...book.references.values()]} keyOf={({ code }) => code}
          columns={[
            { key: 'code', words: t.law.source, head: true, cell: ({ code }) => <span class="code" id={sourceId(code)}>{code}</span> },
            { key: 'title', words: t.tariff.act, cell: ({ title, address }) => (address === undefined ? title : <a href={address} rel="noreferrer">{title}</a>) },
            { key: 'place', words: t.law.place, cell: ({ place }) => place ?? t.common.none },
            { key: 'used', words: t.law.usedBy, end: true, cell: ({ code }) => <Num of={used.get(code)?.length ?? 0} /> },
          ]}
        />
      ),
    };
  },
});

interface Told {
  readonly key: string;
  readonly to: string;
  readonly words: string;
  readonly about: string | undefined;
  readonly today: number;
  readonly ever: number;
  readonly uncertain: number | null;
  readonly from: string | null;
  readonly until: string | null;
}

function Tables({ of, tariffs, sources, today }: { readonly of: readonly Overview[]; readonly tariffs: readonly StoredTariff[]; readonly sources: number; readonly today: PlainDate }): VNode {
  const { t } = useView();
  const holding = tariffs.filter(({ from, to }) => from <= today && (to === null || today < to));
  const told: Told[] = [
    ...of.map(({ table, rows, entries }) => {
      const current = entries.filter((entry) => entry.current !== null);
      return {
        key: table, to: at('/law/:table', { table }), words: t.law.names[table] ?? table, about: t.law.about[table], today: current.length, ever: rows.length,
        uncertain: current.filter((entry) => entry.current?.certainty !== 'printed').length, ...daysOf(rows),
      };
    }),
    { key: 'tariffs', to: '/tariffs', words: t.law.tariffs, about: t.law.tariffsAbout, today: holding.length, ever: tariffs.length, uncertain: holding.filter(({ certainty }) => certainty !== 'printed').length, ...daysOf(tariffs) },
    { key: 'sources', to: '/law/sources', words: t.law.sources, about: t.law.sourcesAbout, today: sources, ever: sources, uncertain: null, from: null, until: null },
  ];
  return (
    <Section id="tables" title={t.law.tables}>
      <Table
        caption={t.law.tables} rows={told} keyOf={({ key }) => key}
        columns={[
          { key: 'table', words: t.law.table, head: true, cell: ({ to, words, about }) => <><a href={to}>{words}</a><br /><span class="soft small">{about}</span></> },
          { key: 'today', words: t.law.valuesToday, end: true, cell: (row) => <Num of={row.today} /> },
          { key: 'uncertain', words: t.law.notPrinted, end: true, cell: ({ uncertain, today: all }) => (uncertain === null ? t.common.none : uncertain === 0 ? <Num of={0} /> : <Status tone="warn">{t.law.notPrintedOf(uncertain, all)}</Status>) },
          { key: 'ever', words: t.law.ever, end: true, cell: ({ ever }) => <Num of={ever} /> },
          { key: 'days', words: t.law.validity, cell: ({ from, until }) => (from === null ? t.common.none : <Span from={from} to={until} />) },
        ]}
      />
    </Section>
  );
}

function daysOf(values: readonly { readonly from: PlainDate; readonly to: PlainDate | null }[]): { from: string | null; until: string | null } {
  const ends = values.map(({ to }) => to);
  return { from: values.map(({ from }) => from).sort()[0] ?? null, until: ends.includes(null) ? null : (ends.sort().at(-1) ?? null) };
}

interface UncertainRow {
  readonly key: string;
  readonly table: string;
  readonly name: string;
  readonly row: Pick<LawRow, 'certainty' | 'strength' | 'reference' | 'note'> & { readonly value: string };
}

function Uncertain({ of, tariffs, book, today }: { readonly of: readonly Overview[]; readonly tariffs: readonly StoredTariff[]; readonly book: LawBook; readonly today: PlainDate }): VNode {
  const view = useView();
  const { t } = view;
  const rows: UncertainRow[] = [
    ...tariffs.filter(({ to }) => to === null || today < to).map((tariff) => ({ key: `tariff ${tariff.code} ${tariff.from}`, table: t.law.tariffs, name: tariff.code, row: { ...tariff, value: tariff.act } })),
    ...of.flatMap(({ table, entries }) => entries.flatMap(({ key, name, current }) => (current === null ? [] : [{ key: `${table} ${key}`, table: t.law.names[table] ?? table, name, row: current }]))),
  ];
  const by = groupBy(rows, ({ row }) => row.certainty);
  const resting = mayHere(view, 'run.read') ? <a href="/law/basis">{t.law.restingLink}</a> : null;
  return (
    <Section id="uncertain" title={t.law.uncertain} aside={resting}>
      <p class="soft">{t.law.uncertainHelp}</p>
      {UNCERTAIN.every((certainty) => !by.has(certainty)) ? <Empty title={t.law.noneUncertain} /> : UNCERTAIN.map((certainty) => {
        const those = by.get(certainty) ?? [];
        return those.length === 0 ? null : (
          <details key={certainty}>
            <summary><CertaintyBadge of={{ certainty }} /> {t.law.countOf(those.length)} <span class="soft small">{t.law.certaintyAbout[certainty]}</span></summary>
            <Table
              caption={`${t.law.uncertain}: ${t.statement.certainty[certainty]}`} rows={those} keyOf={({ key }) => key} groupOf={({ table }) => table}
              columns={[
                { key: 'name', words: t.law.what, head: true, cell: ({ name }) => name },
                { key: 'value', words: t.law.value, cell: ({ row }) => row.value },
                { key: 'source', words: t.law.source, cell: ({ row }) => <><Source book={book} code={row.reference} whole />{row.note === undefined ? null : <p class="soft small">{row.note}</p>}</> },
              ]}
            />
          </details>
        );
      })}
    </Section>
  );
}
