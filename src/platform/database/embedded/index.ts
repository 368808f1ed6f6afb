/**
 * PostgreSQL without an installation: the binaries come with npm, the data lie in one directory, the server runs while we run.
 *
 * The caller installs the handlers of SIGINT and SIGTERM and calls `stop()` from them, after its own last query; the server
 * itself does not hear a Ctrl+C. A caller that is killed, or forgets, takes the server along: its supervisor notices.
 */
import { discardData } from './discard.ts';
import { explainRights } from './errors.ts';
import { attach, launch } from './launch.ts';
import type { EmbeddedOptions, EmbeddedServer } from './options.ts';
import { findHome } from './place.ts';

export { EmbeddedError } from './errors.ts';
export type { EmbeddedOptions, EmbeddedServer } from './options.ts';

/**
 * Starts a server on the data directory, or attaches to the one that runs there. Of several that start at the same moment one
 * starts and the others attach.
 * @throws EmbeddedError with a Polish message that says what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  try {
    return await launch(options);
  } catch (error) {
    explainRights(error, options.dataDir);
    throw error;
  }
}

/**
 * Attaches to the server that runs on the data directory, waiting while it starts; null when none runs.
 * @throws EmbeddedError when it runs but cannot be used
 */
export async function attachEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer | null> {
  try {
    return await attach(options);
  } catch (error) {
    explainRights(error, options.dataDir);
    throw error;
  }
}

/** Whether the data directory has been used before; a home that vanished counts, starting says what to do about it. */
export async function isFounded(dataDir: string): Promise<boolean> {
  return (await findHome(dataDir).catch(() => true)) !== null;
}

/**
 * Removes the data of a stopped server for good, also those that lie outside the data directory: for tests and for beginning anew.
 * @throws EmbeddedError when a server runs on them
 */
export function discardEmbedded(dataDir: string): Promise<void> {
  return discardData(dataDir);
}
