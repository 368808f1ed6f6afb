/** The code that goes by letter to a person, who shows by it after signing in who they are. */
import type { LetterCodeMade } from '../platform/access/of-person.ts';
import { letterCodesOf } from '../platform/access/of-person.ts';
import { makeLetterCode } from '../platform/access/letter-codes.ts';
import type { Context } from '../platform/context.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { DomainError } from '../platform/errors.ts';
import { findPerson } from './store.ts';
import type { PersonsSeen } from './visible.ts';
import { refuseUnseen } from './visible.ts';

/** Makes the code, the only time it is told; one made before no longer works. @throws DomainError `person_unknown`, `person_erased` */
export async function issueLetterCode(ctx: Context, person: string, seen: PersonsSeen): Promise<{ code: string; expiresAt: Instant }> {
  await refuseUnseen(ctx, person, seen);
  const { id, erasedAt } = await findPerson(ctx.db, person);
  if (erasedAt !== null) throw new DomainError('conflict', 'person_erased', { person });
  return makeLetterCode(ctx, id);
}

/** What became of the newest code of a person; null where none was made. @throws DomainError `person_unknown` */
export async function newestLetterCode(ctx: Context, person: string, seen: PersonsSeen): Promise<LetterCodeMade | null> {
  await refuseUnseen(ctx, person, seen);
  const { id } = await findPerson(ctx.db, person);
  return (await letterCodesOf(ctx.db, id)).at(-1) ?? null;
}
