/** import, export. */
import { createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { SHEETS, exportAll, exportSheet, fileName, importAll, importFile, sheetNamed } from '../exchange/index.ts';
import type { ImportReport } from '../exchange/index.ts';
import { describeSheet, fileInput } from '../platform/tabular/index.ts';
import type { ProgressBar } from '../platform/terminal.ts';
import { formatCount, progressBar, textTable } from '../platform/terminal.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';

interface ImportOptions {
  readonly sheet?: string;
  readonly reason: string;
  readonly dryRun?: boolean;
}

function tellReport(report: ImportReport): void {
  const { added, changed, corrected, unchanged, duplicates, rejected, warnings } = report;
  out(`${report.dryRun ? 'Próba importu' : 'Import'} „${report.file}” (${report.sheet}): wierszy ${formatCount(report.rows)}, dobrych ${formatCount(report.good)}, odrzuconych ${formatCount(rejected)}`);
  out(`  nowe ${formatCount(added)}, zmiany ${formatCount(changed)}, poprawki ${formatCount(corrected)}, bez zmian ${formatCount(unchanged)}, powtórzone ${formatCount(duplicates)}`);
  if (warnings > 0) out(`  ostrzeżenia: ${formatCount(warnings)}`);
  for (const { line, text } of report.warningsTold.slice(0, 10)) out(`    wiersz ${line}: ${text}`);
  if (report.rejectsFile !== null) out(`  odrzucone wiersze z powodami: ${report.rejectsFile}`);
}

export function dataCommands(top: Command, root: string): void {
  top
    .command('import <plik-lub-folder>')
    .description('wczytaj plik CSV lub XLSX albo folder takich plików')
    .option('--sheet <rodzaj>', `rodzaj pliku (domyślnie rozpoznawany): ${SHEETS.map(({ sheet }) => sheet.name).join(', ')}`)
    .option('--reason <powód>', 'powód, zapisywany przy każdej danej', 'import pliku')
    .option('--dry-run', 'próba: policz i pokaż błędy, niczego nie zapisuj')
    .action((source: string, options: ImportOptions, command: Command) =>
      withSession(root, command, 'import', async ({ ctx }) => {
        let bar: ProgressBar | null = null;
        const listen = (done: number, total: number | null): void => bar?.update(done, total);
        if (statSync(source).isDirectory()) {
          const onFile = (file: string): void => {
            bar?.end();
            bar = progressBar(process.stdout, file);
          };
          const reports = await importAll(ctx, source, { reason: options.reason, onFile }, listen).finally(() => bar?.end());
          reports.forEach(tellReport);
          return;
        }
        bar = progressBar(process.stdout, path.basename(source));
        const given = { sheet: options.sheet ?? null, source: fileInput(source), fileName: path.basename(source), reason: options.reason, dryRun: options.dryRun ?? false };
        const report = await importFile(ctx, given, listen).finally(() => bar?.end());
        tellReport(report);
      }),
    );
  top
    .command('export [rodzaj]')
    .description('zapisz dane do pliku (jeden rodzaj) albo do folderu (wszystkie)')
    .option('--to <ścieżka>', 'plik albo folder; domyślnie nazwa rodzaju albo folder eksport')
    .addOption(new Option('--format <format>', 'postać pliku').choices(['csv', 'xlsx']).default('csv'))
    .action((sheet: string | undefined, options: { to?: string; format: string }, command: Command) =>
      withSession(root, command, 'export', async ({ ctx }) => {
        const format = options.format === 'xlsx' ? 'xlsx' : 'csv';
        if (sheet === undefined) {
          for (const exported of await exportAll(ctx, options.to ?? 'eksport', format)) out(`${exported.file ?? ''}: ${formatCount(exported.rows)} wierszy`);
          return;
        }
        const target = options.to ?? fileName(sheet, format);
        const { rows } = await exportSheet(ctx, sheet, format, createWriteStream(target));
        out(`${target}: ${formatCount(rows)} wierszy`);
      }),
    );
  top
    .command('columns [rodzaj]')
    .description('pokaż rodzaje plików i ich kolumny')
    .action((name: string | undefined) => {
      if (name !== undefined) sheetNamed(name);
      for (const { sheet } of SHEETS.filter((entry) => name === undefined || entry.sheet.name === name)) {
        const described = describeSheet(sheet);
        out(`${described.title} (${described.name})`);
        out(textTable(['kolumna', 'konieczna', 'postać', 'przykład'], described.columns.map((column) => [column.name, column.required ? 'tak' : '', column.form, column.example])));
        out();
      }
    });
}
