/** `npm start`. */
import path from 'node:path';
import { ConfigError, parseConfig } from './config.ts';
import { EmbeddedError } from './platform/database/embedded/index.ts';
import type { Started } from './start.ts';
import { start } from './start.ts';

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Nieprawidłowe ustawienia:\n${error.message}`;
  if (error instanceof EmbeddedError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'Ten port jest zajęty. Podaj inny, na przykład: PORT=3001 npm start';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

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
