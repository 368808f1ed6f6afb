/** What would be recorded by a finding that nobody has written yet. Reads, judges as the command would, and writes nothing. */
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import { contains } from '../platform/dates/ranges.ts';
import type { KnownFact, WritePlan } from '../platform/facts/plan.ts';
import { keyText, planEnd, planWrite, rangeOf } from '../platform/facts/plan.ts';
import { readFacts } from '../platform/facts/write.ts';
import { endInput, factInput, finding } from './commands.ts';
import type { LaidSlot } from './laid.ts';
import type { Target } from './target.ts';
import { checkIntent, checkSeen, findTarget, requireHolding, slotOn } from './target.ts';

/** A slot as it would be, and the days on which that differs from what is recorded. */
export interface Proposed {
  readonly laid: LaidSlot;
  readonly range: DayRange;
}

/** @throws DomainError as `recordFact` would */
export async function proposeFact(ctx: Context, input: z.input<typeof factInput>): Promise<Proposed> {
  const given = factInput.parse(input);
  const { slot, entry } = await finding(ctx, given);
  const target = await findTarget(ctx.db, ctx, slot, given.subject);
  await checkSeen(ctx.db, target, given.seen);
  await checkIntent(ctx.db, target, given);
  const known = await knownOf(ctx, target);
  const plan = planWrite([{ key: target.key, ...entry }], byKey(target, known));
  return { laid: laidBy(target, known, plan), range: rangeOf(entry, known) };
}

/** @throws DomainError as `endFact` would */
export async function proposeEnd(ctx: Context, input: z.input<typeof endInput>): Promise<Proposed> {
  const given = endInput.parse(input);
  const slot = await slotOn(ctx, given.slot, given.on);
  const target = await findTarget(ctx.db, ctx, slot, given.subject);
  await checkSeen(ctx.db, target, given.seen);
  const known = await knownOf(ctx, target);
  requireHolding(known.map(({ range }) => range), given.on);
  const plan = planEnd([{ key: target.key, on: given.on }], byKey(target, known));
  const ended = known.find(({ range }) => contains(range, given.on));
  return { laid: laidBy(target, known, plan), range: { from: given.on, to: ended?.range.to ?? null } };
}

async function knownOf(ctx: Context, { table, id, slot }: Target): Promise<KnownFact[]> {
  return (await readFacts(ctx.db, table, [id])).filter(({ key }) => key['slot'] === slot.slot);
}

function byKey({ key }: Target, known: readonly KnownFact[]): ReadonlyMap<string, readonly KnownFact[]> {
  return new Map([[keyText(key), known]]);
}

/** What is known once the plan is carried out. */
function laidBy({ slot, id }: Target, known: readonly KnownFact[], { close, insert }: WritePlan): LaidSlot {
  const column = slot.shape === 'option' ? 'option' : 'value';
  const facts = [...known.filter((fact) => !close.includes(fact)), ...insert].map(({ value, range }) => ({ value: value[column] ?? '', range }));
  return { subject: slot.subject, id, slot: slot.slot, shape: slot.shape, facts };
}
