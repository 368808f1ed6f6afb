/** audit verify, search, export, prune. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { exportTrail } from '../platform/audit/export.ts';
import { pruneAudit, yearsKept } from '../platform/audit/retention.ts';
import { requireTrail } from '../platform/audit/scope.ts';
import type { FoundEvent } from '../platform/audit/search.ts';
import { searchTrail } from '../platform/audit/search.ts';
import { notedHead, noteVerification } from '../platform/audit/verification.ts';
import type { AuditFault } from '../platform/audit/verify.ts';
import { verifyAudit } from '../platform/audit/verify.ts';
import { connect } from '../platform/database/connect.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { DomainError } from '../platform/errors.ts';
import { formatCount, textTable } from '../platform/terminal.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';

const FAULTS: Readonly<Record<AuditFault['fault'], (id: string, to?: string) => string>> = {
  missing: (id) => `Zdarzenie ${id} usunięto po zapieczętowaniu.`,
  altered: (id) => `Zdarzenie ${id} albo jego pieczęć zmieniono lub przestawiono po zapieczętowaniu.`,
  seal_missing: (id, to) => (to === undefined ? `Usunięto ${id}. pieczęć łańcucha.` : `Usunięto pieczęcie łańcucha od ${id}. do ${to}.`),
  checkpoint: (id) => `Łańcuch zaczyna się za ${id}. pieczęcią, ale żadne zdarzenie nie mówi, że początek usunięto po okresie przechowywania.`,
  contradicted: (id) => `Zdarzenie ${id} podaje skrót, którego przed nim w łańcuchu nie ma: łańcuch zapieczętowano później na nowo.`,
};

export function auditCommands(top: Command, root: string): void {
  const audit = top.command('audit').description('dziennik zdarzeń');
  verifyCommand(audit, root);
  searchCommand(audit, root);
  exportCommand(audit, root);
  pruneCommand(audit, root);
}

function verifyCommand(audit: Command, root: string): void {
  audit
    .command('verify')
    .description('sprawdź, czy zapieczętowane zdarzenia są takie, jak je zapisano')
    .option('--head <skrót>', 'skrót zanotowany przy poprzednim sprawdzeniu: czy nadal należy do łańcucha')
    .action((options: { head?: string }, command: Command) =>
      withSession(root, command, 'audit.read', async ({ ctx }) => {
        requireTrail(ctx);
        const check = await verifyAudit(ctx.db, options.head === undefined ? null : notedHead(options.head));
        const { sound, faults, faultCount } = await noteVerification(ctx, check);
        for (const { fault, id, to } of faults) out(FAULTS[fault](id, to));
        if (faultCount > faults.length) out(`… i jeszcze ${formatCount(faultCount - faults.length)}.`);
        if (check.headKnown === false) out('Zanotowanego skrótu nie ma w łańcuchu: koniec dziennika odcięto albo przepisano.');
        out(`Zdarzeń w łańcuchu: ${formatCount(check.sealed)}, czeka na pieczęć: ${formatCount(check.waiting)}.`);
        if (!sound) throw new DomainError('conflict', 'audit_broken', { count: String(faultCount + (check.headKnown === false ? 1 : 0)) });
        out('Dziennik jest nienaruszony.');
        if (check.head !== '') out(`Skrót ostatniej pieczęci (zanotuj go poza systemem, a kiedyś podaj w --head): ${check.head}`);
      }),
    );
}

interface SearchOptions {
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly event?: string;
  readonly target?: string;
  readonly request?: string;
  readonly after?: string;
  readonly oldest?: boolean;
  readonly limit: string;
}

function searchCommand(audit: Command, root: string): void {
  audit
    .command('search')
    .description('szukaj w dzienniku; samo szukanie też jest zdarzeniem')
    .option('--from <dzień>', 'od dnia albo chwili')
    .option('--to <dzień>', 'do dnia włącznie albo do chwili')
    .option('--actor <osoba>', 'kto')
    .option('--event <zdarzenie>', 'nazwa zdarzenia albo jej początek: run.approve, run.*')
    .option('--target <rodzaj:numer>', 'czego dotyczy: run:4, lease:ZBK/2019/00001')
    .option('--request <numer>', 'numer żądania')
    .option('--after <zdarzenie>', 'dalszy ciąg po zdarzeniu o tym numerze')
    .option('--oldest', 'najstarsze na początku')
    .option('--limit <n>', 'ile zdarzeń, najwyżej 200', '50')
    .action((options: SearchOptions, command: Command) =>
      withSession(root, command, 'audit.read', async ({ ctx }) => {
        const { oldest, target, limit, ...filter } = options;
        const { items, next } = await searchTrail(ctx, {
          ...filter, limit: Number(limit), order: oldest === true ? 'oldest' : 'newest', ...(target === undefined ? {} : { target: namedTarget(target) }),
        });
        if (items.length === 0) {
          out('Nie ma takich zdarzeń.');
          return;
        }
        out(textTable(['>zdarzenie', 'kiedy (UTC)', 'kto', 'co', 'czego dotyczy', '>pieczęć'], items.map(lineOf)));
        if (next !== null) out(`Dalszy ciąg: --after ${next}`);
      }),
    );
}

/** @throws DomainError `audit_target_form` */
function namedTarget(text: string): { kind: string; id: string } {
  const [kind = '', ...rest] = text.split(':');
  const id = rest.join(':');
  if (kind === '' || id === '') throw new DomainError('invalid', 'audit_target_form', { target: text.slice(0, 60) });
  return { kind, id };
}

function lineOf({ id, at, actor, event, targets, seal }: FoundEvent): string[] {
  return [id, at.slice(0, 19).replace('T', ' '), actor, event, Object.entries(targets).map(([kind, of]) => `${kind}:${of}`).join(' '), seal?.place ?? 'czeka'];
}

interface ExportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly format: 'ndjson' | 'csv';
  readonly file?: string;
}

function exportCommand(audit: Command, root: string): void {
  audit
    .command('export')
    .description('zapisz zapieczętowany dziennik do pliku, który można sprawdzić bez tego programu (docs/audit-export.md)')
    .option('--from <dzień>', 'od dnia albo chwili')
    .option('--to <dzień>', 'do dnia włącznie albo do chwili')
    .addOption(new Option('--format <rodzaj>', 'rodzaj pliku').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--file <plik>', 'dokąd; bez tego w bieżącym folderze')
    .action((options: ExportOptions, command: Command) =>
      withSession(root, command, 'audit.read', async ({ ctx }) => {
        const { file: wanted, ...given } = options;
        const exported = await exportTrail(ctx, given);
        const file = wanted ?? exported.fileName;
        // Never over a file that is there: it may be the one noted years ago.
        const sink = createWriteStream(file, { flags: 'wx', mode: 0o600 });
        const opened = new Promise<void>((resolve, reject) => sink.once('open', () => resolve()).once('error', reject));
        await opened;
        try {
          await exported.write(sink);
          sink.end();
          await finished(sink);
        } catch (error) {
          await rm(file, { force: true });
          throw error;
        }
        out(`Zapisano ${formatCount(exported.links)} zdarzeń do pliku ${file}.`);
        out(`Skrót ostatniej pieczęci: ${exported.head}`);
      }),
    );
}

function pruneCommand(audit: Command, root: string): void {
  audit
    .command('prune')
    .description('usuń najstarsze zdarzenia po okresie przechowywania; tylko właściciel tabel (DATABASE_OWNER_URL)')
    .requiredOption('--before <dzień>', 'zdarzenia z tego dnia i późniejsze zostają')
    .requiredOption('--reason <powód>', 'powód, zapisywany na stałe')
    .action((options: { before: string; reason: string }, command: Command) =>
      withSession(root, command, 'audit.prune', async ({ ctx, instance }) => {
        const owner = connect(instance.ownerUrl, { max: 1 });
        try {
          const removed = await pruneAudit({ ...ctx, db: owner }, { before: plainDate.parse(options.before), reason: options.reason, years: await yearsKept(ctx) });
          out(removed === 0 ? 'Nie ma tak dawnych zdarzeń.' : `Usunięto zdarzeń: ${formatCount(removed)}. Pozostałe można nadal sprawdzić (audit verify).`);
        } finally {
          await owner.destroy();
        }
      }),
    );
}
