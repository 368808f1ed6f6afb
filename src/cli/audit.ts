/** audit verify. */
import type { Command } from 'commander';
import { verifyAudit } from '../platform/audit/verify.ts';
import type { AuditFault } from '../platform/audit/verify.ts';
import { DomainError } from '../platform/errors.ts';
import { formatCount } from '../platform/terminal.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';

const FAULTS: Readonly<Record<AuditFault['fault'], (id: string) => string>> = {
  missing: (id) => `Zdarzenie ${id} usunięto po zapieczętowaniu.`,
  altered: (id) => `Zdarzenie ${id} albo jego pieczęć zmieniono lub przestawiono po zapieczętowaniu.`,
  seal_missing: (id) => `Usunięto ${id}. pieczęć łańcucha.`,
};

const NAMED = 20;

/** A slip of the pen must not look like a broken trail. @throws DomainError `audit_head_form` */
function notedHead(text: string): string {
  const head = text.trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(head)) throw new DomainError('invalid', 'audit_head_form', { head: text.trim() });
  return head;
}

export function auditCommands(top: Command, root: string): void {
  const audit = top.command('audit').description('dziennik zdarzeń');
  audit
    .command('verify')
    .description('sprawdź, czy zapieczętowane zdarzenia są takie, jak je zapisano')
    .option('--head <skrót>', 'skrót zanotowany przy poprzednim sprawdzeniu: czy nadal należy do łańcucha')
    .action((options: { head?: string }, command: Command) =>
      withSession(root, command, 'audit.read', async ({ ctx }) => {
        const check = await verifyAudit(ctx.db, options.head === undefined ? null : notedHead(options.head));
        for (const { fault, id } of check.faults.slice(0, NAMED)) out(FAULTS[fault](id));
        if (check.faults.length > NAMED) out(`… i jeszcze ${formatCount(check.faults.length - NAMED)}.`);
        if (check.headKnown === false) out('Zanotowanego skrótu nie ma w łańcuchu: koniec dziennika odcięto albo przepisano.');
        out(`Zdarzeń w łańcuchu: ${formatCount(check.sealed)}, czeka na pieczęć: ${formatCount(check.waiting)}.`);
        const broken = check.faults.length + (check.headKnown === false ? 1 : 0);
        if (broken > 0) throw new DomainError('conflict', 'audit_broken', { count: String(broken) });
        out('Dziennik jest nienaruszony.');
        if (check.head !== '') out(`Skrót ostatniej pieczęci (zanotuj go poza systemem, a kiedyś podaj w --head): ${check.head}`);
      }),
    );
}
