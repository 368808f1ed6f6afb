/** What every command gets. */
import type { Role, Way } from './access/roles.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database/connect.ts';
import type { Books } from './law/store.ts';
import type { Secrets } from './secrets/index.ts';

/** Who acts. */
export interface Actor {
  /** One a human being, never given to another: `anna.referent`. Four eyes are told apart by it. */
  readonly code: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Districts to which a member of the staff is limited; null = the whole city. */
  readonly districts: readonly string[] | null;
  /** Id of the person a tenant is; null for staff, and for a tenant not yet found among the persons. */
  readonly person: string | null;
  /** By what it was shown who acts, where it matters what one may do by it. */
  readonly by?: Way;
}

export interface Context {
  readonly db: Database;
  /** Address of the database for connections of their own: a run's reader and writer. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly requestId: string | null;
  readonly law: Books;
  /** Encrypts personal data and finds them by their keyed hash. */
  readonly secrets: Secrets;
}
