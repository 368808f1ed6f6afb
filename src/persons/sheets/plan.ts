/** What a row of `osoby` changes, judged by the row and by what is stored of the person. Pure. */
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { ImportRow } from '../../platform/exchange/types.ts';
import { correctedIdentity, newIdentity } from '../identity.ts';
import { likePesel } from '../rules.ts';
import type { Identity } from '../store.ts';
import type { PersonSheetRow } from './columns.ts';
import { reasonsOf, toldBy } from './columns.ts';

/** Name and identity. */
export interface Told extends Identity {
  readonly name: string;
}

/** A person as stored. */
export interface StoredPerson {
  readonly id: string;
  readonly erased: boolean;
  /** Whether whoever imports sees the person. */
  readonly seen: boolean;
  readonly told: Told;
}

export interface Plan {
  readonly line: number;
  readonly code: string;
  /** Id; null = somebody new. */
  readonly id: string | null;
  readonly before: Told | null;
  readonly after: Told;
}

/** Of somebody who is in the database. */
export interface KnownPlan extends Plan {
  readonly id: string;
}

export type Planned = Plan | { readonly line: number; readonly reasons: readonly Reason[] };

/** @param outside words for a person whom whoever imports does not see */
export function planRow(row: ImportRow<PersonSheetRow>, stored: StoredPerson | undefined, today: PlainDate, outside: Reason): Planned {
  const { line, value: { person: code, name, pesel, withoutPesel } } = row;
  if (stored !== undefined && !stored.seen) return { line, reasons: [outside] };
  if (stored === undefined && likePesel(code)) return { line, reasons: [reason('kod_osoby', 'code_like_pesel')] };
  if (stored?.erased === true) return { line, reasons: [reason('kod_osoby', 'person_erased')] };
  if (pesel === null && withoutPesel === null) return { line, reasons: [reason('pesel', 'pesel_or_reason')] };
  const before = stored?.told ?? null;
  // Who does not know a number says nothing against one that is known.
  if (withoutPesel === 'unknown' && pesel === null && before !== null && before.pesel !== null) return { line, reasons: [reason('bez_peselu', 'pesel_known', { person: code })] };
  const told = toldBy(row);
  const judged = before === null ? newIdentity(told, today) : correctedIdentity(before, told, today);
  const flaws = 'flaws' in judged ? reasonsOf(judged.flaws) : [];
  const full = name ?? before?.name ?? null;
  const nameless = full === null ? [reason('nazwa', 'person_nameless', { person: code })] : [];
  if ('flaws' in judged || full === null) return { line, reasons: [...nameless, ...flaws] };
  return { line, code, id: stored?.id ?? null, before, after: { name: full, ...judged.identity } };
}

/** Whether the plan leaves everything as it is. */
export function isUnchanged({ before, after }: Plan): boolean {
  return before !== null && (Object.keys(after) as (keyof Told)[]).every((field) => before[field] === after[field]);
}

/** Whether it only adds to what was not established. */
export function fillsIn({ before, after }: Plan): boolean {
  return before !== null && before.name === after.name && before.withoutPesel === 'unknown' && before.document === null && before.born === null;
}
