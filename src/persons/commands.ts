/** Adding a person, and correcting what is recorded of one. */
import { z } from 'zod';
import { auditPersonal } from '../platform/audit/personal.ts';
import type { Context } from '../platform/context.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import type { Flaw } from '../platform/errors.ts';
import { DomainError } from '../platform/errors.ts';
import { bornByPesel, peselFlaw } from './rules.ts';
import type { Identity, PersonRow } from './store.ts';
import { WITHOUT_PESEL, drawNumber, findByPesel, identityOf, lockPerson, sealedColumns } from './store.ts';

// Control characters, line breaks and what is no character; composed letters, so that a name is found however it was typed.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\ufeff\ufffd]/u;
const line = (most: number): z.ZodType<string, string> =>
  z.string().trim().normalize('NFC').min(1).max(most).refine((text) => !UNPRINTABLE.test(text), { error: 'Usuń znaki sterujące i końce wierszy.' });

export const personCode = z.string().min(1).max(40).regex(/^[^\s\p{Cc}\p{Cs}]+$/u, { error: 'Podaj kod bez spacji.' }).meta({ examples: ['O-000123'] });
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

type GivenIdentity = Pick<z.output<typeof personInput>, keyof typeof identityParts>;

/**
 * Adds a person; the code is drawn unless one is given. @returns its code
 * @throws DomainError `person_refused` with every flaw, `pesel_twice`, `person_code_taken`
 */
export async function addPerson(ctx: Context, input: z.input<typeof personInput>): Promise<{ person: string }> {
  const given = personInput.parse(input);
  const identity = newIdentity(given, ctx.clock.today());
  return ctx.db.transaction(async (trx) => {
    await refuseSecond(trx, ctx, identity, null);
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
  });
}

/**
 * Corrects name or identity, with a reason; what stood before goes into the audit trail under the person's own key.
 * @throws DomainError `person_unknown`, `person_erased`, `person_refused`, `person_unchanged`, `pesel_twice`
 */
export async function correctPerson(ctx: Context, person: string, input: z.input<typeof correctionInput>): Promise<void> {
  const { reason, name, ...given } = correctionInput.parse(input);
  await ctx.db.transaction(async (trx) => {
    const stored = await lockPerson(trx, person);
    const before = { name: stored.name, ...identityOf(ctx.secrets, stored) };
    const after = { name: name ?? before.name, ...correctedIdentity(before, given, ctx.clock.today()) };
    if (JSON.stringify(after) === JSON.stringify(before)) throw new DomainError('invalid', 'person_unchanged', { person });
    if (after.pesel !== before.pesel) await refuseSecond(trx, ctx, after, stored);
    await trx('persons').where({ id: stored.id }).update({ name: after.name, ...sealedColumns(ctx.secrets, stored.id, after) });
    await auditPersonal(trx, ctx, {
      event: 'person.correct', targets: { person: stored.id }, details: { changed: changedFields(before, after) },
      personal: { person: stored.id, values: { before, after, reason } },
    });
  });
}

function changedFields<T extends object>(before: T, after: T): string[] {
  return (Object.keys(after) as (keyof T & string)[]).filter((field) => after[field] !== before[field]);
}

/** A PESEL is one person's. @throws DomainError `pesel_twice`, naming who has it */
async function refuseSecond(trx: Transaction, ctx: Context, { pesel }: Identity, self: PersonRow | null): Promise<void> {
  if (pesel === null) return;
  const holder = await findByPesel(trx, ctx.secrets, pesel);
  if (holder !== null && holder.id !== self?.id) throw new DomainError('conflict', 'pesel_twice', { person: holder.code });
}

/** @throws DomainError `person_refused` */
function newIdentity(given: GivenIdentity, today: PlainDate): Identity {
  const { pesel, withoutPesel } = given;
  if (pesel === undefined && withoutPesel === undefined) throw refused([{ field: 'pesel', code: 'pesel_or_reason' }]);
  return checkedIdentity({ pesel: pesel ?? null, withoutPesel: withoutPesel ?? null, document: given.document ?? null, born: given.born ?? null }, today);
}

/** What is not given stays, as far as it goes with what is. @throws DomainError `person_refused` */
function correctedIdentity({ pesel, withoutPesel, document, born }: Identity, given: GivenIdentity, today: PlainDate): Identity {
  if (given.pesel !== undefined) {
    return checkedIdentity({ pesel: given.pesel, withoutPesel: given.withoutPesel ?? null, document: given.document ?? null, born: given.born ?? null }, today);
  }
  const now: Identity = given.withoutPesel === undefined ? { pesel, withoutPesel, document, born } : { pesel: null, withoutPesel: given.withoutPesel, document, born };
  return checkedIdentity({ ...now, document: given.document === undefined ? now.document : given.document, born: given.born === undefined ? now.born : given.born }, today);
}

/** @throws DomainError `person_refused` with every flaw */
function checkedIdentity({ pesel, withoutPesel, document, born }: Identity, today: PlainDate): Identity {
  const flaws: Flaw[] = [];
  const flaw = pesel === null ? null : peselFlaw(pesel, today);
  if (flaw !== null) flaws.push({ field: 'pesel', code: flaw });
  if (pesel !== null && withoutPesel !== null) flaws.push({ field: 'withoutPesel', code: 'pesel_and_reason' });
  if (pesel !== null && document !== null) flaws.push({ field: 'document', code: 'document_with_pesel' });
  if (born !== null && born > today) flaws.push({ field: 'born', code: 'born_future' });
  const told = pesel === null || flaw !== null ? null : bornByPesel(pesel);
  if (told !== null && born !== null && born !== told) flaws.push({ field: 'born', code: 'born_otherwise' });
  if (flaws.length > 0) throw refused(flaws);
  return { pesel, withoutPesel, document, born: told ?? born };
}

function refused(flaws: readonly Flaw[]): DomainError {
  return new DomainError('invalid', 'person_refused', {}, flaws);
}
