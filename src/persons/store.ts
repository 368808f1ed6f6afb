/** The persons' table: what is told of a person in the open, and what is sealed. */
import type { Queryable, Transaction } from '../platform/database/connect.ts';
import { row, rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import type { Secrets } from '../platform/secrets/index.ts';
import { bornByPesel } from './rules.ts';

/** Why a person has no PESEL here; `erased`: everything about the person was deleted. */
export const WITHOUT_PESEL = ['foreigner', 'unknown', 'organisation'] as const;
export type WithoutPesel = (typeof WITHOUT_PESEL)[number] | 'erased';

/** Who a person is. With a PESEL the birth date is in it, without one there is a reason, and perhaps a document. */
export interface Identity {
  readonly pesel: string | null;
  readonly withoutPesel: WithoutPesel | null;
  readonly document: string | null;
  readonly born: PlainDate | null;
}

export interface PersonRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly peselSealed: string | null;
  readonly withoutPesel: WithoutPesel | null;
  readonly documentSealed: string | null;
  readonly bornOn: PlainDate | null;
  readonly erasedAt: string | null;
}

export const PERSON_COLUMNS = `p.id, p.code, p.name, p.pesel_sealed as "peselSealed", p.without_pesel as "withoutPesel", p.document_sealed as "documentSealed",
  p.born_on as "bornOn", p.erased_at as "erasedAt"`;

export const PESEL_PURPOSE = 'pesel';
/** What the sealed values of a person are bound to. */
export const placeOf = (id: string, field: 'pesel' | 'document'): string => `persons/${id}/${field}`;

/** @throws DomainError `person_unknown` */
export async function findPerson(db: Queryable, code: string): Promise<PersonRow> {
  return known(await rows<PersonRow>(db, `select ${PERSON_COLUMNS} from persons p where p.code = ?`, [code]), code);
}

/** The same, and nobody else changes the person before the transaction is over. @throws DomainError `person_unknown`, `person_erased` */
export async function lockPerson(trx: Transaction, code: string): Promise<PersonRow> {
  const person = known(await rows<PersonRow>(trx, `select ${PERSON_COLUMNS} from persons p where p.code = ? for update`, [code]), code);
  if (person.erasedAt !== null) throw new DomainError('conflict', 'person_erased', { person: code });
  return person;
}

function known([found]: readonly PersonRow[], code: string): PersonRow {
  if (found === undefined) throw new DomainError('not found', 'person_unknown', { person: code });
  return found;
}

/** Opens what is sealed. @throws UnreadableSecret */
export function identityOf(secrets: Secrets, { id, peselSealed, withoutPesel, documentSealed, bornOn }: PersonRow): Identity {
  const pesel = peselSealed === null ? null : secrets.open(peselSealed, placeOf(id, 'pesel'));
  const document = documentSealed === null ? null : secrets.open(documentSealed, placeOf(id, 'document'));
  return { pesel, withoutPesel, document, born: pesel === null ? bornOn : bornByPesel(pesel) };
}

/** The columns of an identity, sealed for the person. */
export function sealedColumns(secrets: Secrets, id: string, { pesel, withoutPesel, document, born }: Identity): Readonly<Record<string, string | Buffer | null>> {
  return {
    pesel_sealed: pesel === null ? null : secrets.seal(pesel, placeOf(id, 'pesel')),
    pesel_hash: pesel === null ? null : secrets.hash(pesel, PESEL_PURPOSE),
    without_pesel: withoutPesel,
    document_sealed: document === null ? null : secrets.seal(document, placeOf(id, 'document')),
    born_on: pesel === null ? born : null,
  };
}

/** The PESEL of the person of the id; null without one, and where there is no such person. */
export async function peselOfPerson(db: Queryable, secrets: Secrets, id: string): Promise<string | null> {
  const [found] = await rows<PersonRow>(db, `select ${PERSON_COLUMNS} from persons p where p.id = ?`, [id]);
  return found === undefined ? null : identityOf(secrets, found).pesel;
}

/** Who has the PESEL, whichever key it stands under. */
export async function findByPesel(db: Queryable, secrets: Secrets, pesel: string): Promise<{ readonly id: string; readonly code: string } | null> {
  const [found] = await rows<{ id: string; code: string }>(db, 'select id, code from persons where pesel_hash = any(?::bytea[])', [
    secrets.hashes(pesel, PESEL_PURPOSE),
  ] as never[]);
  return found ?? null;
}

/** Most numbers that are passed over because an import has used up the code. */
const MOST_TAKEN = 10_000;

/** The next number, with the code that is made of it and that nobody has. @throws DomainError `person_code_needed` */
export async function drawNumber(trx: Transaction): Promise<{ id: string; code: string }> {
  for (let turn = 0; turn < MOST_TAKEN; turn += 1) {
    const { id, code, taken } = await row<{ id: string; code: string; taken: boolean }>(
      trx,
      `with n as materialized (select nextval('persons_id_seq') as id), c as (select n.id, 'O-' || lpad(n.id::text, greatest(6, length(n.id::text)), '0') as code from n)
       select c.id, c.code, exists (select 1 from persons p where p.code = c.code) as taken from c`,
    );
    if (!taken) return { id, code };
  }
  throw new DomainError('conflict', 'person_code_needed');
}
