/** How the server is set up. Everything is given on the command line, so that no file in the data can disagree with the code. */
import type { EmbeddedOptions } from './options.ts';

/** For two cores and a city loaded by `COPY`: half a million rows, and exclusion constraints built over them. */
const WORK = {
  max_connections: '60',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Compiling a query takes longer than running it at this size.
  jit: 'off',
  // Days and months are the application's, in Europe/Warsaw; the database keeps moments.
  TimeZone: 'UTC',
  log_timezone: 'UTC',
};

/** What is refused is the application's to tell; statements and key values may hold personal data and stay out of the log. */
const LOG = {
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** A crash may lose everything: for tests. */
const FRAGILE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Reachable from this machine only. The package's PostgreSQL is built without lz4, so compression stays as it comes. */
export function settingsFor(options: Pick<EmbeddedOptions, 'durable' | 'settings'>, port: number): string[] {
  const settings: Record<string, string> = {
    ...WORK,
    ...LOG,
    ...(options.durable === false ? FRAGILE : {}),
    ...options.settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
