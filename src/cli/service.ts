/** start, migrate. */
import type { Command } from 'commander';
import { prepareInstance } from '../start.ts';
import { out } from './output.ts';
import { withInstance } from './session.ts';

export function serviceCommands(top: Command, root: string): void {
  top
    .command('start')
    .description('uruchom usługę (to samo co npm start)')
    .action(async () => {
      // The service lives until it is stopped: its own module installs the signals.
      await import('../main.ts');
    });
  top
    .command('migrate')
    .description('załóż lub uzupełnij tabele i wczytaj prawo')
    .action(() =>
      withInstance(root, async (instance) => {
        await prepareInstance(instance, out);
        out('Baza danych jest aktualna.');
      }),
    );
}
