/** token list, make, revoke: one's own tokens. */
import type { Command } from 'commander';
import { makeToken, ownTokens, revokeToken } from '../platform/access/tokens.ts';
import { dayOf } from '../platform/dates/instants.ts';
import { DomainError } from '../platform/errors.ts';
import { textTable } from '../platform/terminal.ts';
import { out } from './output.ts';
import { withSession } from './session.ts';

export function tokenCommands(top: Command, root: string): void {
  const token = top.command('token').description('własne tokeny do pracy w terminalu');
  token
    .command('list')
    .description('własne tokeny, najnowsze na początku')
    .action((_options: object, command: Command) =>
      withSession(root, command, 'token.own', async ({ ctx }) => {
        const kept = await ownTokens(ctx);
        if (kept.length === 0) out('Nie masz żadnego tokenu. Utworzysz go po zalogowaniu w przeglądarce: POST /api/v1/tokens (opis pod /api/docs).');
        else out(textTable(['numer', 'nazwa', 'ważny do', 'ostatnio użyty', 'unieważniony'], kept.map((one) => [one.id, one.name, dayOf(one.expiresAt), one.usedAt === null ? '—' : dayOf(one.usedAt), one.revokedAt === null ? '—' : dayOf(one.revokedAt)])));
      }),
    );
  token
    .command('make <nazwa>')
    .description('utwórz token; zostanie pokazany ten jeden raz (tylko obok logowania próbnego: token nie tworzy tokenu)')
    .option('--days <dni>', 'ile dni ma być ważny, najdłużej 92', '30')
    .action((name: string, options: { days: string }, command: Command) =>
      withSession(root, command, 'token.own', async ({ ctx }) => {
        const made = await makeToken(ctx, { name, days: Number(options.days) });
        out(made.token);
        out(`Token ${made.id} jest ważny do ${dayOf(made.expiresAt)}. Zapisz go teraz: nie zostanie pokazany ponownie.`);
      }),
    );
  token
    .command('revoke <numer>')
    .description('unieważnij własny token')
    .action((id: string, _options: object, command: Command) =>
      withSession(root, command, 'token.own', async ({ ctx }) => {
        if (!/^\d{1,18}$/.test(id)) throw new DomainError('not found', 'token_unknown', { token: id.slice(0, 30) });
        await revokeToken(ctx, id);
        out(`Token ${id} unieważniono.`);
      }),
    );
}
