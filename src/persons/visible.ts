/** Which persons a reader sees. The leases know it, and they lie further right: they hand in the condition. */
import type { Context } from '../platform/context.ts';
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

/** Whoever is not seen is not there. @throws DomainError `person_unknown` */
export async function refuseUnseen(ctx: Context, code: string, seen: PersonsSeen): Promise<void> {
  const condition = seen(ctx);
  if (condition === null) return;
  const found = await rows(ctx.db, `select 1 from persons p where p.code = :code and ${condition.sql}`, { ...condition.values, code });
  if (found.length === 0) throw new DomainError('not found', 'person_unknown', { person: code });
}
