/** Our own server process, from the command line to the first answer. */
import { createServer } from 'node:net';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { readCredentials, type Credentials } from './cluster.ts';
import { addresses, ensureDatabase } from './connect.ts';
import { EmbeddedError } from './errors.ts';
import { writeWhole } from './files.ts';
import type { Home } from './layout.ts';
import { keepLogSmall, logSince, logSize, prepareLog } from './log-file.ts';
import type { EmbeddedOptions, EmbeddedServer } from './options.ts';
import { clearRemains, runningPostmaster, stopPostmaster } from './postmaster.ts';
import { identityOfProcess } from './process-info.ts';
import { sleep } from './run.ts';
import { settingsFor } from './settings.ts';
import { PATIENCE_MS, supervise, type Supervisor } from './supervisor.ts';

const PORT_ATTEMPTS = 5;
const POLL_MS = 20;

/**
 * Starts the server on a finished cluster that nobody runs. Call it under the lock.
 * @throws EmbeddedError when it does not come up, with the end of its log
 */
export async function startServer(
  home: Home,
  binaries: Binaries,
  account: Account | null,
  options: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const credentials = await readCredentials(home);
  await clearRemains(home.pgdata);
  await prepareLog(home.log);
  // Before the server is there, so that nobody takes it for the orphan of the one who started the last.
  await writeWhole(home.starter, JSON.stringify(identityOfProcess(process.pid)), 0o600);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const before = await logSize(home.log);
    const supervisor = supervise(binaries.postgres, ['-D', home.pgdata, ...settingsFor(options, port)], account, home.log);
    const pid = await untilReady(supervisor, home, options, port, credentials);
    if (pid !== null) return handle(supervisor, home, options, port, credentials, pid);
    const reason = await logSince(home.log, before);
    // Between our finding a free port and the server's binding it, somebody else may take it.
    if (attempt < PORT_ATTEMPTS && reason.includes('Address already in use')) continue;
    throw new EmbeddedError(`Serwer bazy danych nie uruchomił się. Z pliku ${home.log}:\n${reason}`);
  }
}

/** The postmaster's pid when it answers; null when it has ended instead. */
async function untilReady(
  supervisor: Supervisor,
  home: Home,
  options: EmbeddedOptions,
  port: number,
  credentials: Credentials,
): Promise<number | null> {
  const server = { ended: false };
  void supervisor.ended.then(() => (server.ended = true));
  try {
    for (let waited = 0; !server.ended; waited += POLL_MS) {
      const running = await runningPostmaster(home.pgdata);
      if (running?.phase === 'ready' && (await ensureDatabase(port, options.database, credentials))) return running.pid;
      if (waited === 3_000) options.log?.('Baza danych odtwarza stan po przerwaniu; to może potrwać…');
      await sleep(POLL_MS);
    }
    return null;
  } catch (error) {
    supervisor.release();
    await supervisor.ended;
    throw error;
  }
}

function handle(
  supervisor: Supervisor,
  home: Home,
  options: EmbeddedOptions,
  port: number,
  credentials: Credentials,
  pid: number,
): EmbeddedServer {
  const stopKeeping = keepLogSmall(home.log);
  let stopping: Promise<void> | null = null;
  void supervisor.ended.then(() => {
    if (stopping === null) options.log?.(`Serwer bazy danych przestał działać; przyczynę opisuje ${home.log}.`);
  });
  const stop = async (): Promise<void> => {
    stopKeeping();
    supervisor.release();
    await supervisor.ended;
    await stopPostmaster(home.pgdata, pid, PATIENCE_MS); // Only when somebody has killed the supervisor under it.
  };
  options.log?.(`Baza danych działa (port ${port}).`);
  return {
    port,
    ...addresses(port, options.database, credentials),
    startedByUs: true,
    stop: () => (stopping ??= stop()),
  };
}

/** One that nothing listens on now, on this machine's own address. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
