/** A command's instance: attached to a running `npm start`, or started for the command and stopped after it. */
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { parseConfig } from '../config.ts';
import { require } from '../platform/access/roles.ts';
import type { Permission } from '../platform/access/roles.ts';
import type { Actor, Context } from '../platform/context.ts';
import { checkDatabase } from '../platform/database/check.ts';
import { connect } from '../platform/database/connect.ts';
import { isMigrated } from '../platform/database/migrate.ts';
import { DomainError } from '../platform/errors.ts';
import { IDENTITIES } from '../platform/http/index.ts';
import type { Instance } from '../platform/instance.ts';
import { openInstance } from '../platform/instance.ts';
import { reapOperations } from '../platform/operations.ts';
import { voidInterruptedRuns } from '../rents/runs/decide.ts';

export interface Session {
  readonly instance: Instance;
  readonly ctx: Context;
  readonly config: Config;
}

/** Options of the whole program. */
interface GlobalOptions {
  readonly as: string;
}

/** Not the program itself: what it does must stay tellable from what a person does. @throws DomainError `actor_unknown` */
function personOf(code: string): Actor {
  const found = IDENTITIES.find((person) => person.code === code);
  if (!found) throw new DomainError('forbidden', 'actor_unknown', { actor: code, known: IDENTITIES.map((person) => person.code).join(', ') });
  return found;
}

/** Opens the instance without looking at its schema. */
export async function withInstance<T>(root: string, work: (instance: Instance, config: Config) => Promise<T>): Promise<T> {
  const config = parseConfig(process.env, root);
  if (config.databaseUrl !== null) await checkDatabase(config.databaseUrl, config.databaseOwnerUrl ?? config.databaseUrl);
  const instance = await openInstance(config);
  const stop = (): void => {
    void instance.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(instance, config);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await instance.close();
  }
}

/** Runs a command as the given person, with the permission it needs. @throws DomainError `not_permitted`, `not_migrated` */
export async function withSession<T>(root: string, command: Command, permission: Permission, work: (session: Session) => Promise<T>): Promise<T> {
  const actor = personOf(command.optsWithGlobals<GlobalOptions>().as);
  require(actor, permission);
  return withInstance(root, async (instance, config) => {
    const owner = connect(instance.ownerUrl, { max: 1 });
    try {
      if (!(await isMigrated(owner))) throw new DomainError('conflict', 'not_migrated');
    } finally {
      await owner.destroy();
    }
    await reapOperations(instance);
    await voidInterruptedRuns(instance);
    return work({ instance, config, ctx: instance.context(actor) });
  });
}
