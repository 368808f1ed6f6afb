/** Adding a person, and correcting what is recorded of one. */
import { z } from 'zod';
import { auditPersonal } from '../platform/audit/personal.ts';
import { auditRead } from '../platform/audit/reads.ts';
import type { Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { DomainError } from '../platform/errors.ts';
import { requireCurrentKey } from '../platform/secrets/index.ts';
import { said } from '../platform/problem-texts.ts';
import type { Judged } from './identity.ts';
import { changedFields, correctedIdentity, newIdentity } from './identity.ts';
import type { Identity, PersonRow } from './store.ts';
import { WITHOUT_PESEL, drawNumber, findByPesel, identityOf, lockPerson, sealedColumns } from './store.ts';
import { likePesel } from './rules.ts';
import type { PersonsSeen } from './visible.ts';
import { EVERYBODY, isSeen } from './visible.ts';

// Control characters, line breaks and what is no character; composed letters, so that a name is found however it was typed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\ufeff\ufffd]/u;
const line = (most: number): z.ZodType<string, string> =>
  z.string().trim().normalize('NFC').min(1).max(most).refine((text) => !UNPRINTABLE.test(text), said('text_control'));

/** What spreadsheets take for a number and cut short: a code like that would not come back from a file. */
const EXPONENT = /^\d(?:[.,]\d+)?E\+\d+$/iu;

export const personCode = z.string().normalize('NFC').min(1).max(40)
  .regex(/^[^\s\p{Cc}\p{Cs}]+$/u, said('code_spaces'))
  .refine((text) => !UNPRINTABLE.test(text) && !EXPONENT.test(text), said('code_unprintable'))
  .refine((text) => !likePesel(text), said('code_like_pesel'))
  .meta({ examples: ['O-000123'] });
export const peselText = z.string().trim().max(20).meta({ examples: ['44051401359'] });

const identityParts = {
  pesel: peselText.optional(),
  /** Why there is no PESEL: a foreigner without one, not established, not a natural person. */
  withoutPesel: z.enum(WITHOUT_PESEL).optional(),
  /** Series and number of an identity document; only without a PESEL. */
  document: line(60).nullish(),
  /** With a PESEL the day is in it; given besides, it must be the same. */
  born: plainDate.nullish(),
};

export const personInput = z.strictObject({ name: line(200), code: personCode.optional(), ...identityParts });

export const correctionInput = z.strictObject({ name: line(200).optional(), ...identityParts, reason: z.string().trim().min(3).max(500) });

/**
 * Adds a person; the code is drawn unless one is given. `seen` = whom the actor sees. @returns its code
 * @throws DomainError `person_refused` with every flaw, `pesel_twice`, `pesel_twice_elsewhere`, `person_code_taken`, `keys_outdated`
 */
export async function addPerson(ctx: Context, input: z.input<typeof personInput>, seen: PersonsSeen = EVERYBODY): Promise<{ person: string }> {
  const given = personInput.parse(input);
  const identity = accepted(newIdentity(given, ctx.clock.today()));
  return notingHolders(ctx, (meet) => ctx.db.transaction(async (trx) => {
    await requireCurrentKey(trx, ctx.secrets);
    await refuseSecond(trx, ctx, identity, { self: null, seen, meet });
    const drawn = await drawNumber(trx);
    const code = given.code ?? drawn.code;
    const added = await trx('persons')
      .insert({ id: drawn.id, code, name: given.name, ...sealedColumns(ctx.secrets, drawn.id, identity) })
      .onConflict('code').ignore()
      .returning<{ id: string }[]>('id');
    if (added.length === 0) throw new DomainError('conflict', 'person_code_taken', { person: code });
    await auditPersonal(trx, ctx, {
      event: 'person.add', targets: { person: drawn.id }, details: { withoutPesel: identity.withoutPesel },
      personal: { person: drawn.id, values: { name: given.name, ...identity } },
    });
    return { person: code };
  }));
}

/**
 * Corrects name or identity, with a reason; what stood before goes into the audit trail under the person's own key.
 * @throws DomainError `person_unknown`, `person_erased`, `person_refused`, `person_unchanged`, `pesel_twice`, `pesel_twice_elsewhere`, `keys_outdated`
 */
export async function correctPerson(ctx: Context, person: string, input: z.input<typeof correctionInput>, seen: PersonsSeen = EVERYBODY): Promise<void> {
  const { reason, name, ...given } = correctionInput.parse(input);
  await notingHolders(ctx, (meet) => ctx.db.transaction(async (trx) => {
    await requireCurrentKey(trx, ctx.secrets);
    const stored = await lockPerson(trx, person);
    const before = { name: stored.name, ...identityOf(ctx.secrets, stored) };
    const after = { name: name ?? before.name, ...accepted(correctedIdentity(before, given, ctx.clock.today())) };
    if (JSON.stringify(after) === JSON.stringify(before)) throw new DomainError('invalid', 'person_unchanged', { person });
    if (after.pesel !== before.pesel) await refuseSecond(trx, ctx, after, { self: stored, seen, meet });
    await trx('persons').where({ id: stored.id }).update({ name: after.name, ...sealedColumns(ctx.secrets, stored.id, after) });
    await auditPersonal(trx, ctx, {
      event: 'person.correct', targets: { person: stored.id }, details: { changed: changedFields(before, after) },
      personal: { person: stored.id, values: { before, after, reason } },
    });
  }));
}

/** Whoever has the number that was given. */
interface Holder {
  readonly id: string;
  readonly seen: boolean;
}

interface Meeting {
  /** Who may have the number; null = somebody new. */
  readonly self: PersonRow | null;
  readonly seen: PersonsSeen;
  readonly meet: (holder: Holder) => void;
}

/** A PESEL is one person's. @throws DomainError `pesel_twice`, naming who has it; `pesel_twice_elsewhere` where the actor does not see the person */
async function refuseSecond(trx: Transaction, ctx: Context, { pesel }: Identity, { self, seen, meet }: Meeting): Promise<void> {
  if (pesel === null) return;
  const holder = await findByPesel(trx, ctx.secrets, pesel);
  if (holder === null || holder.id === self?.id) return;
  const known = await isSeen({ ...ctx, db: trx }, holder.code, seen);
  meet({ id: holder.id, seen: known });
  throw known ? atPesel('pesel_twice', { person: holder.code }) : atPesel('pesel_twice_elsewhere', {});
}

/** What is refused because of the number alone is told where it was typed. */
function atPesel(code: 'pesel_twice' | 'pesel_twice_elsewhere', args: Readonly<Record<string, string>>): DomainError {
  return new DomainError('conflict', code, args, [{ field: 'pesel', code, args }]);
}

/** That somebody has a number is told to whoever gives it: that is a look at a PESEL, noted after the refusal was rolled back. */
async function notingHolders<T>(ctx: Context, work: (meet: (holder: Holder) => void) => Promise<T>): Promise<T> {
  const met: Holder[] = [];
  try {
    return await work((holder) => met.push(holder));
  } catch (error) {
    for (const { id, seen } of met) await auditRead(ctx, 'person.pesel_met', { person: id }, { seen });
    throw error;
  }
}

/** @throws DomainError `person_refused` with every flaw */
function accepted(judged: Judged): Identity {
  if ('flaws' in judged) throw new DomainError('invalid', 'person_refused', {}, judged.flaws);
  return judged.identity;
}
