/** Whether what is told of a person's identity holds together: one judgement for the form, the interface and files. Pure. */
import type { PlainDate } from '../platform/dates/plain.ts';
import { parsePlainDate } from '../platform/dates/plain.ts';
import type { Flaw } from '../platform/errors.ts';
import { bornByPesel, peselFlaw } from './rules.ts';
import type { Identity, WithoutPesel } from './store.ts';

/** What is given of an identity; of a correction, what is left out stays as it is. */
export interface ToldIdentity {
  readonly pesel?: string | undefined;
  readonly withoutPesel?: WithoutPesel | undefined;
  readonly document?: string | null | undefined;
  readonly born?: PlainDate | null | undefined;
}

/** The identity, or everything that is wrong with it. */
export type Judged = { readonly identity: Identity } | { readonly flaws: readonly Flaw[] };

/** Nobody told of here was born before: what is earlier is a slip, and no PESEL tells it. */
const FIRST_BORN = parsePlainDate('1800-01-01');

/** Of somebody new: a PESEL, or the reason why there is none. */
export function newIdentity(told: ToldIdentity, today: PlainDate): Judged {
  const { pesel, withoutPesel } = told;
  if (pesel === undefined && withoutPesel === undefined) return { flaws: [{ field: 'pesel', code: 'pesel_or_reason' }] };
  return judge({ pesel: pesel ?? null, withoutPesel: withoutPesel ?? null, document: told.document ?? null, born: told.born ?? null }, today);
}

/** What is not given stays, as far as it goes with what is. */
export function correctedIdentity({ pesel, withoutPesel, document, born }: Identity, told: ToldIdentity, today: PlainDate): Judged {
  if (told.pesel !== undefined) return newIdentity(told, today);
  const now: Identity = told.withoutPesel === undefined ? { pesel, withoutPesel, document, born } : { pesel: null, withoutPesel: told.withoutPesel, document, born };
  return judge({ ...now, document: told.document === undefined ? now.document : told.document, born: told.born === undefined ? now.born : told.born }, today);
}

function judge({ pesel, withoutPesel, document, born }: Identity, today: PlainDate): Judged {
  const flaws: Flaw[] = [];
  const flaw = pesel === null ? null : peselFlaw(pesel, today);
  if (flaw !== null) flaws.push({ field: 'pesel', code: flaw });
  if (pesel !== null && withoutPesel !== null) flaws.push({ field: 'withoutPesel', code: 'pesel_and_reason' });
  if (pesel !== null && document !== null) flaws.push({ field: 'document', code: 'document_with_pesel' });
  if (born !== null && born > today) flaws.push({ field: 'born', code: 'born_future' });
  if (born !== null && born < FIRST_BORN) flaws.push({ field: 'born', code: 'born_early' });
  const told = pesel === null || flaw !== null ? null : bornByPesel(pesel);
  if (told !== null && born !== null && born !== told) flaws.push({ field: 'born', code: 'born_otherwise' });
  return flaws.length > 0 ? { flaws } : { identity: { pesel, withoutPesel, document, born: told ?? born } };
}

/** Names of what differs. */
export function changedFields<T extends object>(before: T, after: T): string[] {
  return (Object.keys(after) as (keyof T & string)[]).filter((field) => after[field] !== before[field]);
}
