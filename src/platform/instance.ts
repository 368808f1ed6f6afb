/** A running instance: its database (embedded, attached or given), its clock and the law on its shelf. */
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Actor, Context } from './context.ts';
import type { Database } from './database/connect.ts';
import { connect } from './database/connect.ts';
import type { EmbeddedServer } from './database/embedded/index.ts';
import { startEmbedded } from './database/embedded/index.ts';
import { LawShelf } from './law/store.ts';
import type { Keyring, Secrets } from './secrets/index.ts';
import { keyringOf, secretsOf } from './secrets/index.ts';

export interface InstanceSettings {
  readonly databaseUrl: string | null;
  readonly databaseOwnerUrl: string | null;
  readonly dataDir: string;
  /** Keys of personal data; null = those of the file in the data directory, which is made the first time. */
  readonly keys: Keyring | null;
}

export interface Instance {
  readonly db: Database;
  readonly url: string;
  readonly ownerUrl: string;
  readonly clock: Clock;
  readonly law: LawShelf;
  readonly secrets: Secrets;
  /** `embedded` = started by us, `attached` = the server of a running start, `external` = DATABASE_URL. */
  readonly server: 'embedded' | 'attached' | 'external';
  context(actor: Actor, requestId?: string | null, clock?: Clock): Context;
  close(): Promise<void>;
}

const DATABASE = 'kamienica';

/** Opens the instance; an embedded server is started unless one runs. The clock is the machine's own but where a city is made for another day. */
export async function openInstance(settings: InstanceSettings, log?: (line: string) => void, clock: Clock = systemClock()): Promise<Instance> {
  let embedded: EmbeddedServer | null = null;
  if (settings.databaseUrl === null) embedded = await startEmbedded({ dataDir: settings.dataDir, database: DATABASE, ...(log ? { log } : {}) });
  const secrets = await secretsFor(settings).catch(async (error: unknown) => {
    await embedded?.stop();
    throw error;
  });
  const url = settings.databaseUrl ?? embedded?.appUrl ?? '';
  const ownerUrl = settings.databaseOwnerUrl ?? embedded?.ownerUrl ?? url;
  const db = connect(url);
  const law = new LawShelf();
  return {
    db,
    url,
    ownerUrl,
    clock,
    law,
    secrets,
    server: embedded === null ? 'external' : embedded.startedByUs ? 'embedded' : 'attached',
    context: (actor, requestId = null, ownClock = clock) => ({ db, databaseUrl: url, clock: ownClock, actor, requestId, law, secrets }),
    async close() {
      await db.destroy();
      await embedded?.stop();
    },
  };
}

/** @throws KeyringError */
async function secretsFor({ keys, dataDir }: InstanceSettings): Promise<Secrets> {
  return secretsOf(keys ?? (await keyringOf(dataDir)));
}
