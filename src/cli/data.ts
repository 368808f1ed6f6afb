/** import, export. */
import type { Command } from 'commander';

export function dataCommands(top: Command, root: string): void {
  top.command('import').description(root);
}
