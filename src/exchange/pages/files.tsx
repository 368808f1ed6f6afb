/** One kind of file: its columns, a sample, and all its rows as a file. */
import type { VNode } from 'preact';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { scopeOf } from '../../platform/access/scope.ts';
import type { ColumnDescription } from '../../platform/tabular/index.ts';
import { describeSheet, part, writeCsv, writeXlsx } from '../../platform/tabular/index.ts';
import { at } from '../../web/address.ts';
import { Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { filePage, page } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import { exportSheet, requireExport } from '../export.ts';
import { requireSheet } from '../scope.ts';
import type { AnyExchange } from '../sheets.ts';
import { sheetNamed } from '../sheets.ts';
import { Downloads, FORMATS, mayDownload, maySend, tableDownload } from './kinds.tsx';

export const sheetParam = z.strictObject({ sheet: z.string().min(1).max(40) });
const format = z.strictObject({ format: z.enum(FORMATS).default('xlsx') });

export const kindPages = [
  ...page({
    path: '/files/:sheet', permission: 'export', params: sheetParam,
    show: ({ view, params }) => {
      const { t } = view;
      const exchange = sheetNamed(params.sheet);
      const { sheet } = exchange;
      return {
        title: sheet.title,
        crumbs: [{ to: '/files', words: t.files.heading }],
        body: (
          <>
            <p>{t.files.about[sheet.name]}</p>
            {maySend(view, exchange) ? <p><a class="button main" href={at('/files/:sheet/import', { sheet: sheet.name })}>{t.files.load}</a></p> : null}
            {mayDownload(view, exchange) ? <Data of={exchange} /> : null}
            <Sample sheet={sheet.name} />
            <Section id="columns" title={t.files.columns}>
              <p>{t.files.columnsIntro}</p>
              <Columns of={exchange} />
            </Section>
          </>
        ),
      };
    },
  }),
  ...filePage({
    path: '/files/:sheet/sample', permission: 'export', params: sheetParam, query: format,
    make: ({ params, query }) => {
      const { sheet, samples } = sheetNamed(params.sheet);
      return tableDownload(`${sheet.name}-przyklad`, query.format, async (sink) => {
        await pipeline(query.format === 'csv' ? Readable.from(writeCsv(sheet, samples)) : Readable.from([await writeXlsx(part(sheet, samples))]), sink);
      });
    },
  }),
  ...filePage({
    path: '/files/:sheet/export', permission: 'export', params: sheetParam, query: format,
    make: ({ ctx, params, query }) => {
      const exchange = sheetNamed(params.sheet);
      const { name } = exchange.sheet;
      requireSheet(scopeOf(ctx), name);
      requireExport(ctx.actor, exchange);
      return tableDownload(name, query.format, async (sink) => {
        await exportSheet(ctx, name, query.format, sink);
      });
    },
  }),
];

function Data({ of }: { readonly of: AnyExchange }): VNode {
  const { t } = useView();
  return (
    <Section id="data" title={t.files.data}>
      <p>{t.files.dataIntro}</p>
      {of.guard === undefined ? null : <p class="soft">{t.files.noted}</p>}
      <p>{t.files.download}: <Downloads of={of} /></p>
    </Section>
  );
}

function Sample({ sheet }: { readonly sheet: string }): VNode {
  const { t } = useView();
  return (
    <Section id="sample" title={t.files.sample}>
      <p>{t.files.sampleIntro}</p>
      <p class="buttons">
        {FORMATS.map((one) => <a key={one} href={at('/files/:sheet/sample', { sheet }, { format: one })} download>{t.files.asFormat(one.toUpperCase())}</a>)}
      </p>
    </Section>
  );
}

function Columns({ of: { sheet } }: { readonly of: AnyExchange }): VNode {
  const { t } = useView();
  const meaning = ({ help, words }: ColumnDescription): string => (words === null ? help : `${help} ${t.files.words(words.join(', '))}`);
  return (
    <Table
      caption={t.files.columns} rows={describeSheet(sheet).columns} keyOf={({ name }) => name}
      columns={[
        { key: 'column', words: t.files.column, head: true, cell: ({ name }) => <span class="code">{name}</span> },
        { key: 'required', words: t.files.required, cell: ({ required }) => (required ? t.common.yes : t.common.no) },
        { key: 'form', words: t.files.form, cell: ({ form }) => form },
        { key: 'meaning', words: t.files.meaning, cell: meaning },
        { key: 'example', words: t.files.example, cell: ({ example }) => <span class="code">{example}</span> },
      ]}
    />
  );
}
