/** persons rotate-keys, persons retention …. */
import type { Command } from 'commander';
import { approveLeaseFiles, makeRetentionList } from '../leases/retention.ts';
import { DomainError } from '../platform/errors.ts';
import { STATES } from '../platform/problem-texts.ts';
import { addKey, keyringOf, secretsOf } from '../platform/secrets/index.ts';
import { formatCount, progressBar, textTable } from '../platform/terminal.ts';
import { listRetentionLists, rejectRetentionList, viewRetentionList } from '../persons/retention.ts';
import { countOldKeys, rotateKeys } from '../persons/rotate.ts';
import { out } from './output.ts';
import type { Session } from './session.ts';
import { withSession } from './session.ts';

export function personCommands(top: Command, root: string): void {
  const persons = top.command('persons').description('dane osobowe: klucze i okresy przechowywania');
  persons
    .command('rotate-keys')
    .description('zaszyfruj dane osobowe na nowo pierwszym z kluczy; przerwane, podejmuje pracę od miejsca przerwania')
    .option('--new-key', 'najpierw dodaj nowy klucz do pliku kluczy (tylko przy bazie wbudowanej, gdy usługa nie działa)')
    .option('--dry-run', 'policz tylko, ile danych jest pod starszymi kluczami')
    .action((options: { newKey?: boolean; dryRun?: boolean }, command: Command) =>
      withSession(root, command, 'person.write', async (session) => {
        const ctx = options.newKey === true && options.dryRun !== true ? await withNewKey(session) : session.ctx;
        const bar = progressBar(process.stdout, 'klucze');
        const done = options.dryRun === true ? { ...(await countOldKeys(ctx.db, ctx)), rotated: 0 } : await rotateKeys(ctx, (count, total) => bar.update(count, total)).finally(() => bar.end());
        out(`Bieżący klucz: ${ctx.secrets.currentKey}. Zaszyfrowano na nowo: ${formatCount(done.rotated)}.`);
        out(`Pod starszymi kluczami pozostało osób: ${formatCount(done.persons)}, kluczy osób: ${formatCount(done.personKeys)}.`);
        if (done.persons + done.personKeys === 0) out('Starszych kluczy nie potrzeba już do odczytu bazy; zachowaj je, dopóki trzymasz starsze kopie zapasowe.');
      }),
    );
  retentionCommands(persons.command('retention').description('listy osób, których akta przechowano dość długo'), root);
}

/** The session's context with a new key in front of the others. @throws DomainError `keys_in_settings`, `keys_in_use` */
async function withNewKey({ instance, config, ctx }: Session): Promise<Session['ctx']> {
  if (config.keys !== null) throw new DomainError('conflict', 'keys_in_settings');
  if (instance.server !== 'embedded') throw new DomainError('conflict', 'keys_in_use');
  out(`Dodano klucz ${await addKey(config.dataDir)}.`);
  return { ...ctx, secrets: secretsOf(await keyringOf(config.dataDir)) };
}

function retentionCommands(retention: Command, root: string): void {
  retention
    .command('make')
    .description('sporządź listę; zatwierdza ją inna osoba')
    .action((_: object, command: Command) =>
      withSession(root, command, 'person.write', async ({ ctx }) => {
        const { list, persons } = await makeRetentionList(ctx, { class: 'lease_file' });
        out(`Lista ${list}: osób ${formatCount(persons)}. Zatwierdzenie przez inną osobę: npm run cli -- persons retention approve ${list}`);
      }),
    );
  retention
    .command('show [lista]')
    .description('pokaż listy albo osoby z listy')
    .action((list: string | undefined, _: object, command: Command) =>
      withSession(root, command, 'person.read', async ({ ctx }) => {
        if (list === undefined) {
          const { items } = await listRetentionLists(ctx.db, { limit: 100, offset: 0, sort: { descending: true } });
          out(textTable(['lista', 'stan', 'sporządzono', 'osób', 'kto'], items.map((item) => [item.list, STATES[item.state] ?? item.state, item.madeOn, String(item.persons), item.preparedBy ?? ''])));
          return;
        }
        const { state, before, entries } = await viewRetentionList(ctx.db, list);
        out(`Lista ${list} (${STATES[state] ?? state}): umowy zakończone przed ${before}`);
        out(textTable(['osoba', 'nazwa', 'koniec umowy'], entries.map(({ person, name, endedOn }) => [person, name, endedOn])));
      }),
    );
  retention
    .command('approve <lista>')
    .description('zatwierdź listę: dane osób zostaną usunięte bezpowrotnie')
    .action((list: string, _: object, command: Command) =>
      withSession(root, command, 'person.erase', async ({ ctx }) => {
        const { erased } = await approveLeaseFiles(ctx, list);
        out(`Usunięto dane osób: ${formatCount(erased)}.`);
      }),
    );
  retention
    .command('reject <lista>')
    .description('odrzuć listę')
    .requiredOption('--reason <powód>', 'powód')
    .action((list: string, options: { reason: string }, command: Command) =>
      withSession(root, command, 'person.erase', async ({ ctx }) => {
        await rejectRetentionList(ctx, list, { reason: options.reason });
        out(`Lista ${list} odrzucona.`);
      }),
    );
}
