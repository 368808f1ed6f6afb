/** Files: all kinds in the order of loading, everything as one workbook, and what was loaded last. */
import type { VNode } from 'preact';
import { scopeOf } from '../../platform/access/scope.ts';
import { districtNames } from '../../platform/access/scope.ts';
import { at } from '../../web/address.ts';
import { Empty, Note, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import type { Tone } from '../../web/components/values.tsx';
import { Moment, Status } from '../../web/components/values.tsx';
import { filePage, page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { exportWorkbook } from '../export.ts';
import type { AnyExchange } from '../sheets.ts';
import { SHEETS } from '../sheets.ts';
import type { SeenImport } from '../trials.ts';
import { latestImports } from '../trials.ts';
import { Downloads, mayDownload, maySend, tableDownload } from './kinds.tsx';

const LATEST = 20;
const WORKBOOK = 'kamienica';

export const overviewPages = [
  ...page({
    path: '/files', permission: 'export', nav: { place: 60, words: ({ t }) => t.files.heading },
    show: async ({ ctx, view }) => {
      const { t } = view;
      const scope = scopeOf(ctx);
      return {
        title: t.files.heading,
        body: (
          <>
            {scope.kind === 'districts' ? <Note>{t.files.limited(districtNames(scope))}</Note> : null}
            {mayHere(view, 'import') ? <Sending /> : null}
            <Section id="kinds" title={t.files.kinds}>
              <p>{t.files.kindsIntro}</p>
              <Kinds />
            </Section>
            <Section id="all" title={t.files.all}>
              <p>{t.files.allIntro}</p>
              {SHEETS.every((exchange) => mayDownload(view, exchange)) ? <p class="soft">{t.files.noted}</p> : <p class="soft">{t.files.allGuarded}</p>}
              <p><a href="/files/export" download>{t.files.allLink}</a></p>
            </Section>
            <Section id="latest" title={t.files.latest}>
              <Latest of={await latestImports(ctx, LATEST)} />
            </Section>
          </>
        ),
      };
    },
  }),
  ...filePage({
    path: '/files/export', permission: 'export',
    make: ({ ctx, view }) => tableDownload(`${WORKBOOK}-${view.today}`, 'xlsx', (sink) => exportWorkbook(ctx, sink)),
  }),
];

function Sending(): VNode {
  const { t } = useView();
  return (
    <Section id="load" title={t.files.load}>
      <p>{t.files.loadIntro}</p>
      <p><a class="button main" href="/files/import">{t.files.load}</a></p>
    </Section>
  );
}

function Kinds(): VNode {
  const view = useView();
  const { t } = view;
  const to = (path: string, { sheet: { name } }: AnyExchange): string => at(path, { sheet: name });
  const sends = SHEETS.some((exchange) => maySend(view, exchange));
  return (
    <Table<AnyExchange>
      caption={t.files.kinds} rows={SHEETS} keyOf={({ sheet }) => sheet.name}
      columns={[
        { key: 'kind', words: t.files.kind, head: true, cell: (exchange) => <a href={to('/files/:sheet', exchange)}>{exchange.sheet.title}</a> },
        { key: 'download', words: t.files.download, cell: (exchange) => (mayDownload(view, exchange) ? <Downloads of={exchange} /> : t.common.none) },
        ...(sends ? [{ key: 'load', words: t.files.loadShort, cell: (exchange: AnyExchange) => (maySend(view, exchange) ? <a href={to('/files/:sheet/import', exchange)} aria-label={t.files.loadKind(exchange.sheet.title)}>{t.files.loadShort}</a> : t.common.none) }] : []),
        { key: 'purpose', words: t.files.purpose, cell: ({ sheet: { name } }) => t.files.about[name] ?? t.common.none },
      ]}
    />
  );
}

const TONES: Readonly<Record<SeenImport['operation']['state'], Tone>> = { running: 'info', done: 'good', failed: 'bad', void: 'warn' };

function Latest({ of }: { readonly of: readonly SeenImport[] }): VNode {
  const { t } = useView();
  if (of.length === 0) return <Empty title={t.files.latestNone}><p>{t.files.latestNoneHelp}</p></Empty>;
  return (
    <Table
      caption={t.files.latest} rows={of} keyOf={({ operation }) => operation.id}
      columns={[
        { key: 'what', words: t.files.what, head: true, cell: ({ operation, report }) => <a href={at('/files/imports/:operation', { operation: operation.id })}>{report === null ? (operation.message ?? operation.id) : (report.dryRun ? t.files.trialOf : t.files.loadingOf)(report.file)}</a> },
        { key: 'when', words: t.files.when, cell: ({ operation }) => <Moment of={operation.startedAt} /> },
        { key: 'who', words: t.files.who, cell: ({ operation }) => operation.actor },
        {
          key: 'result', words: t.files.result,
          cell: ({ operation: { state }, report }) => <><Status tone={TONES[state]}>{t.files.states[state]}</Status> {report === null ? null : t.files.counted(report.added + report.changed + report.corrected, report.rejected)}</>,
        },
      ]}
    />
  );
}
