/** What every command gets. */
import type { Clock } from './clock.ts';
import type { Database } from './database/connect.ts';
import type { LawShelf } from './law/store.ts';

/** Who acts: until sign-in is built, one of the development identities. */
export interface Actor {
  /** `anna.referent`. */
  readonly code: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface Context {
  readonly db: Database;
  /** Address of the database for connections of their own: a run's reader and writer. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly requestId: string | null;
  readonly law: LawShelf;
}
