/** import, export. */
import type { Command } from 'commander';

export function dataCommands(top: Command, root: string): void {
  void top;
  void root;
}
