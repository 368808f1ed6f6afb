/** `npm start`. */
import path from 'node:path';
import { explain } from './cli/output.ts';
import { parseConfig } from './config.ts';
import type { Started } from './start.ts';
import { start } from './start.ts';

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  let started: Started | null = null;
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    tell(`\n${signal}: zatrzymuję…`);
    // Before the service listens there is nothing to finish: the database's watchdog stops the server with this process.
    if (started === null) process.exit(130);
    void started.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        tell(explain(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  started = await start(parseConfig(process.env, path.resolve('.')), tell);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
