/** Persons as they are shown: the PESEL whole to those who may see it, and then the look is an event; masked to all others. */
import { z } from 'zod';
import { may } from '../platform/access/roles.ts';
import { audit } from '../platform/audit/events.ts';
import { auditRead } from '../platform/audit/reads.ts';
import type { Context } from '../platform/context.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { personCode, peselText } from './commands.ts';
import { maskedPesel, peselFlaw } from './rules.ts';
import type { PersonRow, WithoutPesel } from './store.ts';
import type { PersonsSeen } from './visible.ts';
import { EVERYBODY, refuseUnseen } from './visible.ts';
import { PERSON_COLUMNS, PESEL_PURPOSE, findPerson, identityOf } from './store.ts';

export { findByPesel, findPerson, identityOf } from './store.ts';
export type { Identity, PersonRow } from './store.ts';

export interface PersonView {
  readonly person: string;
  readonly name: string;
  /** Whole or masked; null where there is none. */
  readonly pesel: string | null;
  readonly withoutPesel: WithoutPesel | null;
  readonly document: string | null;
  /** Masked with the rest: of a PESEL it would tell half, and without one it is what the document is to be told by. */
  readonly born: PlainDate | null;
  /** Whether PESEL, document and birth date are shown whole. */
  readonly whole: boolean;
  readonly erasedAt: string | null;
}

/** The person, where they are seen. With `pesel.read` the PESEL is whole and the look is an audit event. @throws DomainError `person_unknown` */
export async function showPerson(ctx: Context, code: string, seen: PersonsSeen = EVERYBODY): Promise<PersonView> {
  await refuseUnseen(ctx, code, seen);
  const person = await findPerson(ctx.db, code);
  const whole = may(ctx.actor, 'pesel.read');
  if (whole && (person.peselSealed !== null || person.documentSealed !== null)) {
    await auditRead(ctx, 'person.pesel_read', { person: person.id });
  }
  return viewOf(ctx, person, whole);
}

/** A person masked, and whether there is anything behind the mask. */
export interface PersonGlance extends PersonView {
  readonly hides: boolean;
}

/** The person masked whoever asks, so that nothing was looked at and nothing is noted. @throws DomainError `person_unknown` */
export async function glanceAtPerson(ctx: Context, code: string, seen: PersonsSeen = EVERYBODY): Promise<PersonGlance> {
  await refuseUnseen(ctx, code, seen);
  const person = await findPerson(ctx.db, code);
  return { ...viewOf(ctx, person, false), hides: person.peselSealed !== null || person.documentSealed !== null || person.bornOn !== null };
}

function viewOf(ctx: Context, person: PersonRow, whole: boolean): PersonView {
  const { pesel, withoutPesel, document, born } = identityOf(ctx.secrets, person);
  return {
    person: person.code, name: person.name, withoutPesel, whole, erasedAt: person.erasedAt,
    pesel: pesel === null || whole ? pesel : maskedPesel(pesel),
    document: document === null || whole ? document : '*******',
    born: whole ? born : null,
  };
}

export const searchInput = z.strictObject({
  /** Any part of the name, whatever its case. */
  name: z.string().trim().normalize('NFC').min(2).max(200).optional(),
  /** Beginning of the code. */
  code: personCode.optional(),
  /** The whole number. */
  pesel: peselText.optional(),
  page: z.int().min(1).max(1_000_000).default(1),
  perPage: z.int().min(1).max(200).default(50),
});

/** Letters of every language, also on a server whose own order knows ASCII alone. */
const NAME_HAS = `strpos(lower(p.name collate "und-x-icu"), lower(:name::text collate "und-x-icu")) > 0`;

export interface PersonPage {
  readonly items: readonly PersonView[];
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
}

/**
 * Persons by part of the name, beginning of the code or PESEL, in the order of their names; PESELs are masked whoever asks. The event says
 * by what was searched, not for what. @throws DomainError `person_refused` for what is no PESEL
 */
export async function searchPersons(ctx: Context, input: z.input<typeof searchInput>, seen: PersonsSeen = EVERYBODY): Promise<PersonPage> {
  const { name, code, pesel, page, perPage } = searchInput.parse(input);
  const flaw = pesel === undefined ? null : peselFlaw(pesel, ctx.clock.today());
  if (flaw !== null) throw new DomainError('invalid', 'person_refused', {}, [{ field: 'pesel', code: flaw }]);
  const visible = seen(ctx);
  const conditions = [
    ...(name === undefined ? [] : [NAME_HAS]),
    ...(code === undefined ? [] : ['starts_with(p.code, :code)']),
    ...(pesel === undefined ? [] : ['p.pesel_hash = any(:hashes::bytea[])']),
    ...(visible === null ? [] : [visible.sql]),
  ];
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const hashes = (pesel === undefined ? [] : ctx.secrets.hashes(pesel, PESEL_PURPOSE)) as never;
  const values = { ...visible?.values, name: name ?? '', code: code ?? '', hashes, limit: perPage, offset: (page - 1) * perPage };
  return ctx.db.transaction(async (trx) => {
    const found = await rows<PersonRow>(trx, `select ${PERSON_COLUMNS} from persons p ${where} order by p.name, p.id limit :limit offset :offset`, values);
    const { total } = await row<{ total: number }>(trx, `select count(*)::int as total from persons p ${where}`, values);
    const [only] = found;
    await audit(trx, ctx, {
      event: 'person.search', targets: { register: 'persons', ...(pesel !== undefined && only !== undefined ? { person: only.id } : {}) },
      details: { by: [...(name === undefined ? [] : ['name']), ...(code === undefined ? [] : ['code']), ...(pesel === undefined ? [] : ['pesel'])], found: total },
    });
    return { items: found.map((person) => viewOf(ctx, person, false)), page, perPage, total };
  });
}
