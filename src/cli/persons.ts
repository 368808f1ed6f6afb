/** persons rotate-keys, persons retention …. */
import type { Command } from 'commander';
import { approveLeaseFiles, makeRetentionList } from '../leases/retention.ts';
import type { Permission } from '../platform/access/roles.ts';
import { requireWholeCity } from '../platform/access/scope.ts';
import { DomainError } from '../platform/errors.ts';
import { STATES } from '../platform/problem-texts.ts';
import { addKey, keyringOf, secretsOf } from '../platform/secrets/index.ts';
import { formatCount, progressBar, textTable } from '../platform/terminal.ts';
import { listRetentionLists, listRetentionPersons, rejectRetentionList, viewRetentionList } from '../persons/retention.ts';
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
      withWholeCity(root, command, 'keys.rotate', async (session) => {
        const ctx = options.newKey === true && options.dryRun !== true ? await withNewKey(session) : session.ctx;
        const bar = progressBar(process.stdout, 'klucze');
        const done = options.dryRun === true ? { ...(await countOldKeys(ctx.db, ctx)), rotated: 0, doubled: [] } : await rotateKeys(ctx, (count, total) => bar.update(count, total)).finally(() => bar.end());
        out(`Bieżący klucz: ${ctx.secrets.currentKey}. Zaszyfrowano na nowo: ${formatCount(done.rotated)}.`);
        out(`Pod starszymi kluczami pozostało osób: ${formatCount(done.persons)}, kluczy osób: ${formatCount(done.personKeys)}.`);
        for (const { person, other } of done.doubled) out(`Ten sam PESEL mają osoby ${person} i ${other}; ${person} pozostaje pod starszym kluczem. Ustal, czyj to numer, popraw dane drugiej osoby i powtórz polecenie.`);
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

/** What goes over the whole city is for those who see it. @throws DomainError `retention_needs_whole_city`, `needs_whole_city` */
function withWholeCity(root: string, command: Command, permission: Permission, work: (session: Session) => Promise<void>): Promise<void> {
  return withSession(root, command, permission, (session) => {
    requireWholeCity(session.ctx, permission === 'keys.rotate' ? 'needs_whole_city' : 'retention_needs_whole_city');
    return work(session);
  });
}

/** Persons shown at once. */
const SHOWN = 200;

/** @throws DomainError `limit_form` */
function pageOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new DomainError('invalid', 'limit_form', { limit: text.slice(0, 20) });
  return Number(text);
}

function retentionCommands(retention: Command, root: string): void {
  retention
    .command('make')
    .description('sporządź listę; zatwierdza ją inna osoba')
    .action((_: object, command: Command) =>
      withWholeCity(root, command, 'person.write', async ({ ctx }) => {
        const { list, persons } = await makeRetentionList(ctx, { class: 'lease_file' });
        out(`Lista ${list}: osób ${formatCount(persons)}. Zatwierdzenie przez inną osobę: npm run cli -- persons retention approve ${list}`);
      }),
    );
  retention
    .command('show [lista]')
    .description('pokaż listy albo osoby z listy')
    .option('--page <n>', `która strona osób, po ${SHOWN}`, '1')
    .action((list: string | undefined, options: { page: string }, command: Command) =>
      withWholeCity(root, command, list === undefined ? 'person.read' : 'retention.read', async ({ ctx }) => {
        if (list === undefined) {
          const { items } = await listRetentionLists(ctx, { limit: 100, offset: 0, sort: { descending: true } });
          out(textTable(['lista', 'stan', 'sporządzono', 'osób', 'kto'], items.map((item) => [item.list, STATES[item.state] ?? item.state, item.madeOn, String(item.persons), item.preparedBy ?? ''])));
          return;
        }
        const { state, before, persons } = await viewRetentionList(ctx, list);
        out(`Lista ${list} (${STATES[state] ?? state}): umowy zakończone przed ${before}, osób: ${formatCount(persons)}`);
        const page = pageOf(options.page);
        const { items } = await listRetentionPersons(ctx, list, { limit: SHOWN, offset: (page - 1) * SHOWN, sort: { descending: false } });
        out(textTable(['osoba', 'nazwa', 'koniec umowy'], items.map(({ person, name, endedOn }) => [person, name, endedOn])));
        if (persons > page * SHOWN) out(`Dalszy ciąg: --page ${page + 1}`);
      }),
    );
  retention
    .command('approve <lista>')
    .description('zatwierdź listę: dane osób zostaną usunięte bezpowrotnie')
    .action((list: string, _: object, command: Command) =>
      withWholeCity(root, command, 'person.erase', async ({ ctx }) => {
        const { erased } = await approveLeaseFiles(ctx, list);
        out(`Usunięto dane osób: ${formatCount(erased)}.`);
      }),
    );
  retention
    .command('reject <lista>')
    .description('odrzuć listę')
    .requiredOption('--reason <powód>', 'powód')
    .action((list: string, options: { reason: string }, command: Command) =>
      withWholeCity(root, command, 'person.erase', async ({ ctx }) => {
        await rejectRetentionList(ctx, list, { reason: options.reason });
        out(`Lista ${list} odrzucona.`);
      }),
    );
}
