/** What may be found out about a dwelling, its staircase and its building, in the law's words. */
import type { Context } from '../../platform/context.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { contains } from '../../platform/dates/ranges.ts';
import type { Slot, Subject } from '../../platform/law/types.ts';
import { shownMeasure } from '../../platform/statement/numbers.ts';
import type { Language } from '../../platform/statement/words/codes.ts';
import type { DwellingRow, FactRow } from '../../stock/lists.ts';
import { NEVER } from '../../stock/target.ts';

/** The dwelling first: most of what is recorded is its own. */
export const SUBJECTS: readonly Subject[] = ['dwelling', 'staircase', 'building'];

/** Code of what the slot is about, as the command takes it; null where the dwelling lies on no known staircase. */
export function subjectCode({ dwelling, building, staircase }: Pick<DwellingRow, 'dwelling' | 'building' | 'staircase'>, subject: Subject): string | null {
  if (subject === 'building') return building;
  if (subject === 'dwelling') return dwelling;
  return staircase === null ? null : `${building}/${staircase}`;
}

/** Slots of the law of the day that can be recorded of the dwelling, each subject's together, in the law's order. */
export async function slotsOf(ctx: Context, dwelling: DwellingRow, day: PlainDate, knownAt: Instant): Promise<Slot[]> {
  const { slots } = (await ctx.law.book(ctx.db)).at(day, knownAt);
  // Whether it is shared follows from its leases and is no finding.
  const own = [...slots.values()].filter(({ slot, subject }) => slot !== 'shared_dwelling' && subjectCode(dwelling, subject) !== null);
  return SUBJECTS.flatMap((subject) => own.filter((slot) => slot.subject === subject));
}

/** `jest`, `245 cm`. */
export function shownFact({ shape, optionNames, unit }: Slot, value: string, language: Language): string {
  return shape === 'option' ? (optionNames[value] ?? value) : shownMeasure(value, unit, language);
}

/** What was known of the slot at the instant. */
export function knownAt(facts: readonly FactRow[], instant: Instant): FactRow[] {
  return facts.filter(({ knownFrom, knownTo }) => knownFrom <= instant && (knownTo === null || instant < knownTo));
}

/** The fact that held on the day, as known at the instant. */
export function holding(facts: readonly FactRow[], day: PlainDate, instant: Instant): FactRow | null {
  return knownAt(facts, instant).find((fact) => contains(fact, day)) ?? null;
}

/** When the slot was last recorded, for who must not be overtaken unnoticed. */
export function lastRecorded(facts: readonly FactRow[]): string {
  return facts.map(({ knownFrom, knownTo }) => knownTo ?? knownFrom).sort().at(-1) ?? NEVER;
}

/** What became of an entry that no longer counts: cut to fewer days, or taken back as wrong. Null while it counts. */
export function fateOf(fact: FactRow, all: readonly FactRow[]): 'shortened' | 'ended' | 'corrected' | null {
  if (fact.knownTo === null) return null;
  const next = all.filter(({ knownFrom }) => knownFrom === fact.knownTo);
  if (next.some(({ value, from, to }) => value === fact.value && from === fact.from && to !== fact.to)) return 'shortened';
  return next.length === 0 ? 'ended' : 'corrected';
}
