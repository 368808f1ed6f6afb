/** import, export. */
import { createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { SHEETS, exportAll, exportSheet, fileName, importAll, importFile, sheetNamed, unsealRejects } from '../exchange/index.ts';
import type { ImportReport } from '../exchange/index.ts';
import { ROLE_NAMES, rolesWith } from '../platform/access/roles.ts';
import type { Context } from '../platform/context.ts';
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

/** Tells what came of a file. Rejects with sensitive data were kept sealed: here they are opened, for whoever sits before the terminal. */
async function tellReport({ secrets }: Context, report: ImportReport): Promise<void> {
  const { added, changed, corrected, unchanged, duplicates, rejected, warnings } = report;
  out(`${report.dryRun ? 'Próba importu' : 'Import'} „${report.file}” (${report.sheet}): wierszy ${formatCount(report.rows)}, dobrych ${formatCount(report.good)}, odrzuconych ${formatCount(rejected)}`);
  out(`  nowe ${formatCount(added)}, zmiany ${formatCount(changed)}, poprawki ${formatCount(corrected)}, bez zmian ${formatCount(unchanged)}, powtórzone ${formatCount(duplicates)}`);
  if (warnings > 0) out(`  ostrzeżenia: ${formatCount(warnings)}`);
  for (const { line, text } of report.warningsTold.slice(0, 10)) out(`    wiersz ${line}: ${text}`);
  if (report.rejectsFile === null) return;
  const file = await unsealRejects(secrets, report.rejectsFile);
  out(`  odrzucone wiersze z powodami: ${file}`);
  if (file !== report.rejectsFile) out('  (plik zawiera numery PESEL: usuń go, gdy wiersze będą poprawione)');
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
          for (const report of reports) await tellReport(ctx, report);
          return;
        }
        bar = progressBar(process.stdout, path.basename(source));
        const given = { sheet: options.sheet ?? null, source: fileInput(source), fileName: path.basename(source), reason: options.reason, dryRun: options.dryRun ?? false };
        const report = await importFile(ctx, given, listen).finally(() => bar?.end());
        await tellReport(ctx, report);
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
          for (const { sheet: name, rows, file, withheld } of await exportAll(ctx, options.to ?? 'eksport', format)) {
            if (withheld === null) out(`${file ?? ''}: ${formatCount(rows)} wierszy`);
            else out(`${name}: pominięto, bo wymaga uprawnienia „${withheld}”. Mają je: ${rolesWith(withheld).map((role) => ROLE_NAMES[role]).join(', ')}.`);
          }
          return;
        }
        const target = options.to ?? fileName(sheet, format);
        const { rows } = await exportSheet(ctx, sheet, format, createWriteStream(target, sheetNamed(sheet).guard === undefined ? {} : { mode: 0o600 }));
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
