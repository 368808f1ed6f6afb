/** A command's instance: attached to a running `npm start`, or started for the command and stopped after it. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { parseConfig } from '../config.ts';
import { personOf } from '../platform/access/people.ts';
import { refuseOverReal } from '../platform/access/real-use.ts';
import { require } from '../platform/access/roles.ts';
import type { Permission } from '../platform/access/roles.ts';
import { userByToken } from '../platform/access/tokens.ts';
import { notingRefusals } from '../platform/audit/refusals.ts';
import type { Actor, Context } from '../platform/context.ts';
import { checkDatabase } from '../platform/database/check.ts';
import { connect } from '../platform/database/connect.ts';
import { isMigrated } from '../platform/database/migrate.ts';
import { DomainError } from '../platform/errors.ts';
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
  readonly as?: string;
  readonly tokenFile?: string;
}

/** Who acts when nothing else is said, beside the development provider. */
const USUAL = 'anna.referent';

/** The token that was given, or null. @throws DomainError `token_file` */
function tokenOf({ tokenFile }: GlobalOptions): string | null {
  if (tokenFile !== undefined) {
    try {
      return readFileSync(tokenFile, 'utf8').trim();
    } catch {
      throw new DomainError('invalid', 'token_file', { file: tokenFile });
    }
  }
  const token = process.env['KAMIENICA_TOKEN']?.trim() ?? '';
  return token === '' ? null : token;
}

/**
 * Who acts: the owner of the token; beside the development provider, and without a token, the person of `--as`.
 * @throws DomainError `token_refused`, `token_needed`, `as_not_here`, `as_over_real`, `actor_unknown`, `token_file`
 */
async function actorOf(options: GlobalOptions, instance: Instance, { access }: Config): Promise<Actor> {
  const token = tokenOf(options);
  if (options.as !== undefined && !access.development) throw new DomainError('forbidden', 'as_not_here');
  if (token !== null && options.as === undefined) {
    const user = await userByToken(instance.db, instance.clock, token);
    if (user === null) throw new DomainError('forbidden', 'token_refused');
    return user.actor;
  }
  if (!access.development) throw new DomainError('forbidden', 'token_needed');
  // The settings of this shell say that it is tried out; the database knows better.
  await refuseOverReal(instance.db, 'as_over_real');
  return personOf(options.as ?? USUAL);
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
  const options = command.optsWithGlobals<GlobalOptions>();
  return withInstance(root, async (instance, config) => {
    const owner = connect(instance.ownerUrl, { max: 1 });
    try {
      if (!(await isMigrated(owner))) throw new DomainError('conflict', 'not_migrated');
    } finally {
      await owner.destroy();
    }
    const ctx = instance.context(await actorOf(options, instance, config));
    const attempt = { route: nameOf(command), permission, targets: {} };
    // The person is told of the refusal in any case; where it could not be noted nothing else works either.
    return notingRefusals(ctx, () => attempt, () => undefined, async () => {
      require(ctx.actor, permission);
      await reapOperations(instance);
      await voidInterruptedRuns(instance);
      return work({ instance, config, ctx });
    });
  });
}

/** `cli audit verify` */
function nameOf(command: Command): string {
  const words: string[] = [];
  for (let at = command; at.parent !== null; at = at.parent) words.unshift(at.name());
  return ['cli', ...words].join(' ');
}
