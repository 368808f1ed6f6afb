/** value, rent. */
import type { Command } from 'commander';
import { isPlainDate } from '../platform/dates/plain.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { statementText } from '../platform/statement/render.ts';
import { rentOn, valueOn } from '../rents/explain.ts';
import type { RentView } from '../rents/explain.ts';
import type { NamedMissing } from '../rents/present.ts';
import { Presenter } from '../rents/present.ts';
import { formatAmount } from '../rents/runs/words.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';

interface DayOptions {
  readonly day?: string;
  readonly knownOn?: string;
}

/** @throws DomainError `day_form` */
export function dayOption(text: string | undefined): PlainDate | undefined {
  if (text === undefined) return undefined;
  if (!isPlainDate(text)) throw new DomainError('invalid', 'day_form', { day: text });
  return text;
}

function tellMissing(missing: readonly NamedMissing[]): void {
  out('Lokal nie jest wyceniony. Brakuje:');
  for (const { name, subject } of missing) out(`  • ${name} (${SUBJECTS[subject] ?? subject})`);
}

const SUBJECTS: Readonly<Record<string, string>> = { building: 'budynek', staircase: 'klatka', dwelling: 'lokal', lease: 'umowa', law: 'prawo' };

export function rentCommands(top: Command, root: string): void {
  top
    .command('value <lokal>')
    .description('punkty i powierzchnia użytkowa lokalu, z uzasadnieniem')
    .option('--day <dzień>', 'na dzień (RRRR-MM-DD), domyślnie dziś')
    .option('--known-on <dzień>', 'według wiedzy z końca tego dnia')
    .action((dwelling: string, options: DayOptions, command: Command) =>
      withSession(root, command, 'stock.read', async ({ ctx }) => {
        const view = await valueOn(ctx, { dwelling, day: dayOption(options.day), knownOn: dayOption(options.knownOn) });
        const present = new Presenter(ctx);
        out(`Lokal ${view.dwelling}, ${view.day}: ${view.points ?? '—'} pkt, ${view.area === null ? '—' : formatAmount(view.area)} m²\n`);
        out(statementText(await present.render(view.statement, view.day, view.knownAt)));
        if (view.missing.length > 0) tellMissing(await present.name(view.missing, view.day, view.knownAt));
      }),
    );
  top
    .command('rent <umowa>')
    .description('czynsz umowy: obowiązujący i wyliczony, z całym uzasadnieniem')
    .option('--day <dzień>', 'na dzień (RRRR-MM-DD), domyślnie dziś')
    .option('--known-on <dzień>', 'według wiedzy z końca tego dnia')
    .option('--tariff <taryfa>', 'policz według tej taryfy')
    .action((lease: string, options: DayOptions & { tariff?: string }, command: Command) =>
      withSession(root, command, 'stock.read', async ({ ctx }) => {
        const view = await rentOn(ctx, { lease, day: dayOption(options.day), knownOn: dayOption(options.knownOn), tariff: options.tariff });
        tellInForce(view);
        if (view.calculated === null) {
          tellMissing(await new Presenter(ctx).name(view.missing, view.day, view.knownAt));
          return;
        }
        out(`Czynsz wyliczony (taryfa ${view.tariff}): ${formatAmount(view.calculated.amount)} zł\n`);
        out(statementText(await new Presenter(ctx).render(view.calculated.statement, view.day, view.knownAt)));
      }),
    );
}

function tellInForce({ lease, dwelling, day, inForce }: RentView): void {
  out(`Umowa ${lease}, lokal ${dwelling}, ${day}`);
  if (inForce === null) {
    out('Czynsz obowiązujący: brak');
    return;
  }
  const origin = inForce.origin === 'imported' ? 'wczytany' : `przeliczenie ${inForce.run ?? ''}, taryfa ${inForce.tariff ?? ''}`;
  out(`Czynsz obowiązujący: ${formatAmount(inForce.amount)} zł od ${inForce.from}${inForce.to === null ? '' : ` do ${inForce.to}`} (${origin})`);
}
