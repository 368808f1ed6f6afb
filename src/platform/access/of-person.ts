/** What access holds about a person: accounts with which the person signed in, codes that were made for letters to the person. */
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';
import type { Instant } from '../dates/instants.ts';

/** An account as the trail names it: by its id where it is dealt with, by its code where it acts. */
export interface AccountName {
  readonly id: string;
  readonly code: string;
}

/** `person` is an id. */
export function accountNamesOf(db: Queryable, person: string): Promise<AccountName[]> {
  return rows<AccountName>(db, 'select id, code from users where person_id = ? order by id', [person]);
}

/** That a code was made and what became of it; the code itself nobody has. */
export interface LetterCodeMade {
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

/** `person` is an id. */
export function letterCodesOf(db: Queryable, person: string): Promise<LetterCodeMade[]> {
  return rows<LetterCodeMade>(
    db,
    'select made_at as "madeAt", expires_at as "expiresAt", used_at as "usedAt", withdrawn_at as "withdrawnAt" from letter_codes where person_id = ? order by id',
    [person],
  );
}
