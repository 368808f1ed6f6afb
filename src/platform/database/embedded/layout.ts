/** Where things lie. The *data directory* is what the caller names; the *home* is where the data are, nearly always the same place. */
import { join } from 'node:path';

export interface Home {
  readonly path: string;
  /** Appears by one rename, when everything in it is complete. */
  readonly cluster: string;
  /** PostgreSQL's own directory. */
  readonly pgdata: string;
  /** Passwords of the three roles; readable by the caller's account only. */
  readonly credentials: string;
  /** Which process started the server that runs now, or ran last. */
  readonly starter: string;
  readonly log: string;
}

export const SETUP_PREFIX = 'setup-';
export const BINARIES_PREFIX = 'postgresql-';

/** In the data directory: says where the home is when it had to lie elsewhere. */
export const POINTER = 'location.json';
/** In the data directory: held while one process decides, sets up and starts. */
export const LOCK = 'launch.lock';

/** Paths inside a finished cluster, or inside one being set up. */
export function clusterFiles(cluster: string): Pick<Home, 'cluster' | 'pgdata' | 'credentials' | 'starter'> {
  return {
    cluster,
    pgdata: join(cluster, 'pgdata'),
    credentials: join(cluster, 'credentials.json'),
    starter: join(cluster, 'starter.json'),
  };
}

export function homeAt(path: string): Home {
  return { path, ...clusterFiles(join(path, 'cluster')), log: join(path, 'postgresql.log') };
}
