/** Which persons a reader sees. The leases know it, and they lie further right: they hand in the condition. */
import type { Context } from '../platform/context.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import { DomainError } from '../platform/errors.ts';

/** A condition on `persons p` with the values of its names. */
export interface PersonsCondition {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | string[] | null>>;
}

/** The condition for whoever asks; null = everybody. */
export type PersonsSeen = (ctx: Pick<Context, 'actor' | 'clock'>) => PersonsCondition | null;

/** Nobody is hidden: for what the program does by itself. */
export const EVERYBODY: PersonsSeen = () => null;

/** Whether the reader sees the person; whoever sees everybody sees also a code that nobody has. */
export async function isSeen(ctx: Pick<Context, 'actor' | 'clock'> & { readonly db: Queryable }, code: string, seen: PersonsSeen): Promise<boolean> {
  const condition = seen(ctx);
  if (condition === null) return true;
  return (await rows(ctx.db, `select 1 from persons p where p.code = :code and ${condition.sql}`, { ...condition.values, code })).length > 0;
}

/** Whoever is not seen is not there. @throws DomainError `person_unknown` */
export async function refuseUnseen(ctx: Context, code: string, seen: PersonsSeen): Promise<void> {
  if (!(await isSeen(ctx, code, seen))) throw new DomainError('not found', 'person_unknown', { person: code });
}
