/** What the terminal shows: errors with their remedy, amounts, lines. */
import { ConfigError } from '../config.ts';
import { EmbeddedError } from '../platform/database/embedded/index.ts';
import { describeError } from '../platform/problems.ts';
import { KeyringError } from '../platform/secrets/index.ts';

export function out(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Whoever pipes into `head` has read enough: no reason for a stack trace. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** Any error in words that say what to do. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Nieprawidłowe ustawienia:\n${error.message}`;
  if (error instanceof EmbeddedError || error instanceof KeyringError) return error.message;
  const system = systemError(error);
  if (system !== null) return system;
  const problem = describeError(error);
  const details = (problem.errors ?? []).map(({ field, message }) => `  ${field === '' ? '' : `${field}: `}${message}`);
  const inside = problem.status === 500 && error instanceof Error ? [`  (${error.message})`] : [];
  return [problem.detail, ...details, ...inside].join('\n');
}

/** What the operating system refused: a file or a port. */
function systemError(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const port = 'port' in error ? String(error.port) : '';
  if (error.code === 'EADDRINUSE') return `Port ${port} jest zajęty; może Kamienica już na nim działa. Podaj inny, na przykład: PORT=${Number(port) + 1} npm start`;
  if (port !== '' && error.code === 'EACCES') return `System nie pozwala używać portu ${port}. Podaj inny, na przykład: PORT=3000 npm start`;
  if (!('path' in error)) return null;
  const file = String(error.path);
  if (error.code === 'ENOENT') return `Nie ma pliku ${file}.`;
  return error.code === 'EACCES' ? `Brak praw do odczytu ${file}.` : null;
}
