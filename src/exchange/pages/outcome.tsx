/** What came of a trial or a load. */
import type { VNode } from 'preact';
import { reasonText } from '../../platform/exchange/reasons.ts';
import { at } from '../../web/address.ts';
import { Figures, Note, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Num } from '../../web/components/values.tsx';
import { mayHere, useView } from '../../web/view.ts';
import type { ImportReport } from '../import.ts';
import { sheetNamed } from '../sheets.ts';
import type { Rejects } from './rejected.tsx';
import { Rejected } from './rejected.tsx';

export function Outcome({ of, operation, rejects }: { readonly of: ImportReport; readonly operation: string; readonly rejects: Rejects }): VNode {
  const view = useView();
  const { t } = view;
  const { dryRun, file, knownAt, sheet } = of;
  const { title } = sheetNamed(sheet).sheet;
  return (
    <>
      {dryRun ? <Note><p>{t.files.trialDone(file)}</p></Note> : <Note tone="good"><p>{knownAt === null ? t.files.loadedNothing(file) : t.files.loaded(file)}</p></Note>}
      <Section id="outcome" title={dryRun ? t.files.outcomeTried : t.files.outcome} aside={mayHere(view, 'export') ? <a href={at('/files/:sheet', { sheet })}>{title}</a> : title}>
        <Counts of={of} />
      </Section>
      <Rejected of={of} operation={operation} rejects={rejects} />
      {of.warnings === 0 ? null : <Warnings of={of} />}
    </>
  );
}

function Counts({ of }: { readonly of: ImportReport }): VNode {
  const { t } = useView();
  const shown = (['rows', 'added', 'changed', 'corrected', 'unchanged', 'duplicates', 'rejected', 'warnings'] as const).filter((name) => name !== 'duplicates' || of.duplicates > 0);
  return <Figures of={shown.map((name) => ({ name: t.files[name], value: <Num of={of[name]} /> }))} />;
}

function Warnings({ of: { warnings, warningsTold } }: { readonly of: ImportReport }): VNode {
  const { t } = useView();
  return (
    <Section id="warnings" title={t.files.warnings}>
      {warningsTold.length < warnings ? <p class="soft">{t.files.warningsMore(warningsTold.length, warnings)}</p> : null}
      <Table
        caption={t.files.warnings} rows={warningsTold.map((warning, index) => ({ ...warning, index }))} keyOf={({ index }) => String(index)}
        columns={[{ key: 'line', words: t.files.line, head: true, cell: ({ line }) => line }, { key: 'reason', words: t.files.reason, cell: ({ text, reasons }) => reasons?.map(reasonText).join(' ') ?? text }]}
      />
    </Section>
  );
}
