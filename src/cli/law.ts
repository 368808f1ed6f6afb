/** law: load, check, list. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { DomainError } from '../platform/errors.ts';
import type { LawFiles } from '../platform/law/files.ts';
import { readLawFile, readLawFolder, readTariffFile } from '../platform/law/files.ts';
import { problemText } from '../platform/problem-texts.ts';
import { formatCount, textTable } from '../platform/terminal.ts';
import { certainties, loadLaw } from '../tariffs/commands.ts';
import { tariffBook } from '../tariffs/read.ts';
import { highestRate, lowestRate } from '../tariffs/rules.ts';
import { formatAmount } from '../rents/runs/words.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';

const NOTHING: LawFiles = { references: [], slots: [], groups: [], items: [], zones: [], traffic: [], parameters: [], holidays: [], tariffs: [] };

/** A folder of law, a tariff or another law file. */
function readLaw(file: string): LawFiles {
  if (statSync(file).isDirectory()) return readLawFolder(file);
  const text = readFileSync(file, 'utf8');
  const name = path.basename(file);
  // A tariff that lacks a field is a broken tariff, not another kind of file.
  return /^(?:categories|code|order|social_rate):/m.test(text) ? { ...NOTHING, tariffs: [readTariffFile(text, name)] } : readLawFile(text, name);
}

export function lawCommands(top: Command, root: string): void {
  const law = top.command('law').description('prawo: taryfy, tabela punktów, parametry');
  law
    .command('load <plik-lub-folder>')
    .description('wczytaj taryfę (wzór: seeds/law/tariff-sample.yaml) albo pliki prawa')
    .action((file: string, _options, command: Command) =>
      withSession(root, command, 'law.load', async ({ ctx }) => {
        const files = readLaw(file);
        const known = (await ctx.law.book(ctx.db)).references;
        const given = new Set(files.references.map(({ code }) => code));
        const unknown = files.tariffs.find(({ reference }) => !known.has(reference) && !given.has(reference));
        if (unknown) throw new DomainError('invalid', 'reference_unknown', { reference: unknown.reference });
        const { added, warnings } = await loadLaw(ctx, files);
        const counts = Object.entries(added).filter(([, count]) => count > 0);
        out(counts.length === 0 ? 'Nic nowego: wszystkie wartości są już znane.' : `Wczytano: ${counts.map(([kind, count]) => `${KINDS[kind] ?? kind} ${formatCount(count)}`).join(', ')}.`);
        for (const { tariff, code, args } of warnings) out(`Ostrzeżenie (${tariff}): ${problemText(code, args)}`);
      }),
    );
  law
    .command('list')
    .description('pokaż taryfy i pewność wartości prawa')
    .action((_options, command: Command) =>
      withSession(root, command, 'law.read', async ({ ctx }) => {
        const { all } = await tariffBook(ctx.db, ctx.clock.now());
        out(
          textTable(
            ['taryfa', 'od', 'do', '>najniższa', '>najwyższa', '>socjalna', 'pewność'],
            all.map((tariff) => [
              tariff.code, tariff.from, tariff.to ?? '', formatAmount(lowestRate(tariff)?.toFixed(2) ?? null), formatAmount(highestRate(tariff).toFixed(2)),
              formatAmount(tariff.socialRate.toFixed(2)), CERTAINTIES[tariff.certainty] ?? tariff.certainty,
            ]),
          ),
        );
        out();
        out(textTable(['pewność wartości prawa', '>wartości'], [...(await certainties(ctx.db))].map(([certainty, count]) => [CERTAINTIES[certainty] ?? certainty, String(count)])));
      }),
    );
}

const KINDS: Readonly<Record<string, string>> = {
  references: 'źródła', slots: 'cechy', groups: 'grupy cech', items: 'pozycje tabeli punktów', zones: 'strefy', traffic: 'ulice', parameters: 'parametry', holidays: 'dni wolne', tariffs: 'taryfy',
};
const CERTAINTIES: Readonly<Record<string, string>> = { printed: 'z aktu', reconstructed: 'odtworzone ze skanu', reported: 'z innych źródeł', assumed: 'założone' };
