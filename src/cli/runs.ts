/** recalculate, runs, approve, reject, leave-out, redraw, compare. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { z } from 'zod';
import { atHour } from '../platform/dates/instants.ts';
import { isPlainDate } from '../platform/dates/plain.ts';
import { textTable, formatCount, progressBar } from '../platform/terminal.ts';
import { startRun } from '../rents/runs/commands.ts';
import { approveRun, leaveOut, redrawChanged, rejectRun, takeBack } from '../rents/runs/decide.ts';
import type { DraftView } from '../rents/runs/drafts.ts';
import { compareRuns } from '../rents/runs/compare.ts';
import { draftFilter, listDrafts } from '../rents/runs/drafts.ts';
import { listRuns, viewRun } from '../rents/runs/read.ts';
import type { RunScope } from '../rents/runs/scope.ts';
import { OUTCOMES, REASONS, STATES, formatAmount, summaryText } from '../rents/runs/words.ts';
import { problemText } from '../platform/problem-texts.ts';
import { DomainError } from '../platform/errors.ts';
import { dayOption } from './rents.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';
import type { Session } from './session.ts';

interface ScopeOptions {
  readonly district?: string;
  readonly building?: string;
  readonly leases?: string;
  readonly withoutRent?: boolean;
  readonly changedSince?: string;
}

function scopeOf(options: ScopeOptions): RunScope {
  const given = Object.values({ ...options, delivered: undefined, day: undefined }).filter((value) => value !== undefined).length;
  if (given > 1) throw new DomainError('invalid', 'scope_several');
  if (options.district !== undefined) return { kind: 'district', district: options.district };
  if (options.building !== undefined) return { kind: 'building', building: options.building };
  if (options.leases !== undefined) return { kind: 'leases', leases: options.leases.split(',').map((number) => number.trim()).filter((number) => number !== '') };
  if (options.withoutRent === true) return { kind: 'without_rent' };
  if (options.changedSince !== undefined) return { kind: 'changed', since: instantOption(options.changedSince) };
  return { kind: 'all' };
}

/** An instant as given, or the beginning of a day in Poland. @throws DomainError `instant_form` */
function instantOption(text: string): string {
  if (isPlainDate(text)) return atHour(text, 0);
  if (!z.iso.datetime({ offset: true }).safeParse(text).success) throw new DomainError('invalid', 'instant_form', { instant: text });
  return text;
}

export function runCommands(top: Command, root: string): void {
  recalculateCommand(top, root);
  lookCommands(top, root);
  decideCommands(top, root);
}

function recalculateCommand(top: Command, root: string): void {
  top
    .command('recalculate <taryfa>')
    .description('przelicz czynsze według taryfy; wynik jest projektem')
    .option('--district <dzielnica>', 'tylko dzielnica')
    .option('--building <kod>', 'tylko budynek')
    .option('--leases <numery>', 'tylko umowy, po przecinku')
    .option('--without-rent', 'tylko umowy bez czynszu')
    .option('--changed-since <chwila>', 'tylko to, co zmieniło się od dnia lub chwili')
    .option('--delivered <dzień>', 'zakładany dzień doręczenia wypowiedzeń, domyślnie dziś')
    .action((tariff: string, options: ScopeOptions & { delivered?: string }, command: Command) =>
      withSession(root, command, 'run.prepare', async ({ ctx }) => {
        const { delivered, ...scope } = options;
        const bar = progressBar(process.stdout, 'Przeliczam');
        const run = await startRun(ctx, { tariff, scope: scopeOf(scope), delivered: dayOption(delivered) }, (done, total) => bar.update(done, total));
        const { leases } = await run.finished.finally(() => bar.end());
        await tellRun({ ctx }, run.runId);
        if (leases > 0) out(`\nZatwierdza inna osoba: npm run cli -- approve ${run.runId} --as barbara.kierownik`);
      }),
    );
}

async function tellRun({ ctx }: Pick<Session, 'ctx'>, runId: string): Promise<void> {
  const run = await viewRun(ctx, runId);
  const decided = run.decidedBy === null ? '' : `, rozstrzygnięcie: ${run.decidedBy}`;
  out(`Przeliczenie ${run.run}: taryfa ${run.tariff}, ${STATES[run.state] ?? run.state} (przygotowanie: ${run.preparedBy.join(', ')}${decided})`);
  out(`Stan na ${run.businessDate}, zakładane doręczenie ${run.delivered}, umów: ${formatCount(run.leases ?? 0)}, pominięte: ${run.leftOut}`);
  for (const { code, args } of run.warnings) out(`Ostrzeżenie: ${problemText(code, args)}`);
  if (run.leases === 0) out('W tym zakresie nie ma żadnej umowy, która trwa po tym dniu.');
  else if (run.summary !== null) out(`\n${summaryText(run.summary)}`);
}

function draftLine(draft: DraftView): string[] {
  const what = draft.outcome === 'exception' ? (REASONS[draft.reason ?? ''] ?? draft.reason ?? '') : (OUTCOMES[draft.outcome] ?? draft.outcome);
  return [draft.lease, what, draft.effectiveFrom ?? '', formatAmount(draft.oldAmount), formatAmount(draft.newAmount), formatAmount(draft.difference), formatAmount(draft.percent), draft.warnings.join(' '), draft.leftOut ? 'pominięta' : ''];
}

function lookCommands(top: Command, root: string): void {
  top
    .command('runs [numer]')
    .description('lista przeliczeń albo jedno z podsumowaniem i propozycjami')
    .addOption(new Option('--outcome <wynik>', 'tylko propozycje z tym wynikiem').choices(Object.keys(OUTCOMES)))
    .option('--reason <powód>', 'tylko wyjątki z tym powodem, np. not_valued')
    .option('--lease <umowa>', 'tylko ta umowa')
    .option('--sort <kolumna>', 'difference, percent, lease …; minus na początku = malejąco', '-difference')
    .option('--limit <liczba>', 'ile propozycji', '20')
    .action((runId: string | undefined, options: { outcome?: string; reason?: string; lease?: string; sort: string; limit: string }, command: Command) =>
      withSession(root, command, 'run.read', async ({ ctx }) => {
        if (runId === undefined) {
          if (options.outcome !== undefined || options.reason !== undefined || options.lease !== undefined) throw new DomainError('invalid', 'run_missing');
          const { items } = await listRuns(ctx, { limit: 50, offset: 0 });
          out(textTable(['>nr', 'taryfa', 'stan', 'przygotowanie', 'rozstrzygnięcie', '>umów'], items.map((run) => [run.run, run.tariff, STATES[run.state] ?? run.state, run.preparedBy.join(', '), run.decidedBy ?? '', formatCount(run.leases ?? 0)])));
          return;
        }
        const page = { limit: limitOf(options.limit), offset: 0, sort: sortOf(options.sort) };
        await tellRun({ ctx }, runId);
        const filter = draftFilter.parse({ outcome: options.outcome, reason: options.reason, lease: options.lease });
        const { items, total } = await listDrafts(ctx, runId, filter, page);
        if (total === 0) {
          out('\nŻadna propozycja nie pasuje do filtrów.');
          return;
        }
        out(`\nPropozycje (${formatCount(items.length)} z ${formatCount(total)}):`);
        out(textTable(['umowa', 'wynik', 'od', '>dotąd zł', '>nowy zł', '>różnica zł', '>%', 'uwagi', ''], items.map(draftLine)));
      }),
    );
  top
    .command('compare <numer> <z-numerem>')
    .description('porównaj dwa przeliczenia')
    .option('--limit <liczba>', 'ile umów', '20')
    .action((a: string, b: string, options: { limit: string }, command: Command) =>
      withSession(root, command, 'run.read', async ({ ctx }) => {
        const found = await compareRuns(ctx, a, b, { limit: limitOf(options.limit), offset: 0 });
        out(`Umów: ${formatCount(found.leases)}, bez różnic: ${formatCount(found.same)}, tylko w ${a}: ${found.onlyA}, tylko w ${b}: ${found.onlyB}`);
        out(`Suma ${a}: ${formatAmount(found.sumA)} zł, suma ${b}: ${formatAmount(found.sumB)} zł, różnica: ${formatAmount(found.difference)} zł`);
        out(textTable(['umowa', `>${a} zł`, `>${b} zł`, '>różnica zł'], found.items.map((item) => [item.lease, formatAmount(item.amountA), formatAmount(item.amountB), formatAmount(item.difference)])));
      }),
    );
}

/** @throws DomainError `limit_form` */
function limitOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new DomainError('invalid', 'limit_form', { limit: text });
  return Number(text);
}

const SORTS = ['lease', 'difference', 'percent', 'new_amount', 'old_amount', 'outcome', 'effective_from'] as const;

function sortOf(text: string): { by: (typeof SORTS)[number]; descending: boolean } {
  const by = SORTS.find((sort) => sort === text.replace(/^-/, ''));
  if (by === undefined) throw new DomainError('invalid', 'sort_form', { sort: text, allowed: SORTS.join(', ') });
  return { by, descending: text.startsWith('-') };
}

function decideCommands(top: Command, root: string): void {
  top
    .command('approve <numer>')
    .description('zatwierdź przeliczenie (inna osoba niż przygotowująca)')
    .action((runId: string, _options, command: Command) =>
      withSession(root, command, 'run.approve', async ({ ctx }) => {
        const { rents } = await approveRun(ctx, runId);
        out(`Zatwierdzono przeliczenie ${runId}: ${formatCount(rents)} czynszów.`);
      }),
    );
  top
    .command('reject <numer>')
    .description('odrzuć przeliczenie')
    .requiredOption('--reason <powód>', 'powód')
    .action((runId: string, options: { reason: string }, command: Command) =>
      withSession(root, command, 'run.approve', async ({ ctx }) => {
        await rejectRun(ctx, runId, options);
        out(`Odrzucono przeliczenie ${runId}.`);
      }),
    );
  top
    .command('leave-out <numer> <umowa>')
    .description('pomiń umowę w przeliczeniu albo cofnij pominięcie (--undo)')
    .option('--reason <powód>', 'powód')
    .option('--undo', 'cofnij pominięcie')
    .action((runId: string, lease: string, options: { reason?: string; undo?: boolean }, command: Command) =>
      withSession(root, command, 'run.prepare', async ({ ctx }) => {
        if (options.undo === true) await takeBack(ctx, runId, lease);
        else if (options.reason === undefined) throw new DomainError('invalid', 'reason_missing');
        else await leaveOut(ctx, runId, { lease, reason: options.reason });
        out(options.undo === true ? `Umowa ${lease} wraca do przeliczenia ${runId}.` : `Umowa ${lease} jest pominięta w przeliczeniu ${runId}.`);
      }),
    );
  top
    .command('redraw <numer>')
    .description('przelicz w projekcie tylko umowy, których dane się zmieniły')
    .action((runId: string, _options, command: Command) =>
      withSession(root, command, 'run.prepare', async ({ ctx }) => {
        const { leases } = await redrawChanged(ctx, runId);
        out(leases.length === 0 ? 'Nic się nie zmieniło.' : `Przeliczono ponownie ${leases.length}: ${leases.slice(0, 20).join(', ')}${leases.length > 20 ? ' …' : ''}.`);
      }),
    );
}
