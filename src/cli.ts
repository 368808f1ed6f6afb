/** `npm run cli -- …`: the commands of the terminal. */
import path from 'node:path';
import { CommanderError } from 'commander';
import { program } from './cli/program.ts';
import { endWithReader, explain } from './cli/output.ts';

endWithReader();
program(path.resolve('.'))
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    // What commander has to say it has said itself.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode;
      return;
    }
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  });
