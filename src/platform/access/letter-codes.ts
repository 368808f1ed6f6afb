/** One-time codes in letters: whoever signed in as a tenant and was not found among the persons shows by one who they are. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { audit } from '../audit/events.ts';
import type { Context } from '../context.ts';
import type { Queryable, Transaction } from '../database/connect.ts';
import { row, rows, touched } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';
import { plusMicroseconds } from '../dates/instants.ts';
import { DomainError } from '../errors.ts';
import type { Secrets } from '../secrets/index.ts';
import { openVouched } from './subjects.ts';
import { hashOf } from './tokens.ts';

/** Without letters and digits that are mistaken for one another on paper: 58 bits in twelve of them. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 12;
/** A letter takes its time, and the tenant takes theirs. */
const LIFE_DAYS = 30;
const HOUR = 3_600_000_000;
/** Wrong codes an hour and user. */
const MOST_TRIES = 5;

/** As it is printed, `XXXX-XXXX-XXXX`. */
function newCode(): string {
  const marks = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return marks.replace(/(.{4})(?=.)/g, '$1-');
}

/** As people type it: any case, with or without hyphens and spaces. */
function plain(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '');
}

/** Makes the code for the letter to a person; one made before no longer works. `person` is its id. The only time it is shown. */
export async function makeLetterCode(ctx: Context, person: string): Promise<{ code: string; expiresAt: Instant }> {
  return ctx.db.transaction(async (trx) => {
    const code = newCode();
    const at = ctx.clock.now();
    const expiresAt = plusMicroseconds(at, LIFE_DAYS * 24 * HOUR);
    // Two clerks at once: the second waits here for the first, and its letter is the one that counts.
    await rows(trx, `select pg_advisory_xact_lock(hashtextextended('letter code/' || ?, 0))`, [person]);
    await touched(trx, 'update letter_codes set withdrawn_at = ? where person_id = ? and used_at is null and withdrawn_at is null', [at, person]);
    const { id } = await row<{ id: string }>(
      trx,
      'insert into letter_codes (person_id, hash, made_at, made_by, expires_at) values (?, ?, ?, ?, ?) returning id',
      [person, hashOf(plain(code)), at, ctx.actor.code, expiresAt],
    );
    await audit(trx, ctx, { event: 'person.letter_code', targets: { person, letterCode: id } });
    return { code, expiresAt };
  });
}

async function tooManyTries(trx: Queryable, user: string, since: Instant): Promise<boolean> {
  const { tries } = await row<{ tries: number }>(trx, 'select count(*)::int as tries from letter_code_tries where user_id = ? and at > ?', [user, since]);
  return tries >= MOST_TRIES;
}

export const letterCodeInput = z.strictObject({ code: z.string().trim().min(LENGTH).max(40).meta({ examples: ['7K3M-Q9RT-XW2P'] }) });

/** The PESEL of the person of an id, who may have none. */
export type PeselOfPerson = (db: Queryable, secrets: Secrets, person: string) => Promise<string | null>;

/**
 * The one who asks shows by the code from a letter who they are.
 * @throws DomainError `letter_code_not_tenant`, `letter_code_known`, `letter_code_wrong` (unknown, used, expired, withdrawn: all alike),
 * `letter_code_tries` after five wrong ones in an hour, `letter_code_other` when the provider vouches for another PESEL than the person's
 */
export async function linkByLetterCode(ctx: Context, input: z.input<typeof letterCodeInput>, peselOf: PeselOfPerson): Promise<void> {
  const { code } = letterCodeInput.parse(input);
  const at = ctx.clock.now();
  const found = await ctx.db.transaction(async (trx) => {
    // One user's tries follow one another: ten at once are counted as ten, and of two good codes the second finds the person of the first.
    const [known] = await rows<Trying>(trx, `select id, person_id as person, vouched_sealed as vouched from users where code = ? and kind = 'tenant' for update`, [ctx.actor.code]);
    if (!known) throw new DomainError('forbidden', 'letter_code_not_tenant');
    if (known.person !== null) throw new DomainError('conflict', 'letter_code_known');
    if (await tooManyTries(trx, known.id, plusMicroseconds(at, -HOUR))) throw new DomainError('too many', 'letter_code_tries', { tries: String(MOST_TRIES) });
    return tryCode(trx, ctx, known, code, peselOf);
  });
  // The wrong try itself must stay, so it is told after its transaction.
  if (!found) throw new DomainError('invalid', 'letter_code_wrong');
}

/** A tenant who tries a code. */
interface Trying {
  readonly id: string;
  readonly person: string | null;
  /** The PESEL their provider vouches for, sealed. */
  readonly vouched: string | null;
}

/** Whether the code was good. @throws DomainError `letter_code_other` */
async function tryCode(trx: Transaction, ctx: Context, { id: user, vouched }: Trying, code: string, peselOf: PeselOfPerson): Promise<boolean> {
  const at = ctx.clock.now();
  const [known] = await rows<{ id: string; person: string }>(
    trx,
    `select id, person_id as person from letter_codes where hash = ? and used_at is null and withdrawn_at is null and expires_at > ? for update`,
    [hashOf(plain(code)), at],
  );
  if (!known) {
    await touched(trx, 'insert into letter_code_tries (user_id, at) values (?, ?)', [user, at]);
    await audit(trx, ctx, { event: 'session.letter_code_wrong', targets: { user } });
    return false;
  }
  const pesel = vouched === null ? null : await peselOf(trx, ctx.secrets, known.person);
  // A letter that came into other hands: the state vouches that this is somebody else.
  if (vouched !== null && pesel !== null && pesel !== openVouched(ctx.secrets, vouched)) throw new DomainError('forbidden', 'letter_code_other');
  await touched(trx, 'update letter_codes set used_at = ?, used_by = ? where id = ?', [at, user, known.id]);
  await touched(trx, 'update users set person_id = ?, vouched_sealed = null where id = ?', [known.person, user]);
  await touched(trx, 'delete from letter_code_tries where user_id = ?', [user]);
  await audit(trx, ctx, { event: 'session.letter_code', targets: { user, person: known.person, letterCode: known.id }, before: { person: null }, after: { person: known.person } });
  return true;
}
