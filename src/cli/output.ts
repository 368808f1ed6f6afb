/** What the terminal shows: errors with their remedy, amounts, lines. */
import { ConfigError } from '../config.ts';
import { EmbeddedError } from '../platform/database/embedded/index.ts';
import { describeError } from '../platform/problems.ts';

export function out(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Any error in words that say what to do. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Nieprawidłowe ustawienia:\n${error.message}`;
  if (error instanceof EmbeddedError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error) return `Nie ma pliku ${String(error.path)}.`;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'Ten port jest zajęty. Podaj inny, na przykład: PORT=3001 npm start';
  const problem = describeError(error);
  const details = (problem.errors ?? []).map(({ field, message }) => `  ${field === '' ? '' : `${field}: `}${message}`);
  const inside = problem.status === 500 && error instanceof Error ? [`  (${error.message})`] : [];
  return [problem.detail, ...details, ...inside].join('\n');
}
