/** What pages say of a kind of file, and its downloads. */
import type { VNode } from 'preact';
import { may } from '../../platform/access/roles.ts';
import type { Download } from '../../platform/http/index.ts';
import { at } from '../../web/address.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import type { ExportFormat } from '../export.ts';
import type { AnyExchange } from '../sheets.ts';

export const FORMATS = ['xlsx', 'csv'] as const satisfies readonly ExportFormat[];

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

/** A file of a format, streamed by `write`. */
export function tableDownload(name: string, format: ExportFormat, write: Download['write']): Download {
  return { fileName: `${name}.${format}`, type: TYPES[format], write };
}

/** Whether whoever looks may have files of the kind. */
export function mayDownload({ actor }: Pick<View, 'actor'>, { guard }: AnyExchange): boolean {
  return actor !== null && may(actor, 'export') && (guard === undefined || may(actor, guard.toExport));
}

/** Whether whoever looks may load files of the kind. */
export function maySend(view: Pick<View, 'actor'>, { guard }: AnyExchange): boolean {
  return mayHere(view, 'import') && (guard === undefined || mayHere(view, guard.toImport));
}

/** All rows of the kind, in each format. */
export function Downloads({ of: { sheet: { name, title } } }: { readonly of: AnyExchange }): VNode {
  const { t } = useView();
  return (
    <>
      {FORMATS.map((format, index) => (
        <>
          {index === 0 ? null : '\u00a0·\u00a0'}
          <a href={at('/files/:sheet/export', { sheet: name }, { format })} download aria-label={t.files.downloadAs(title, format.toUpperCase())}>{format.toUpperCase()}</a>
        </>
      ))}
    </>
  );
}
