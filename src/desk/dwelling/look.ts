/** What the edit of a finding shows beforehand: the effect on this dwelling with its statements in words, and how far the finding reaches. */
import type { Context } from '../../platform/context.ts';
import { LawMissing } from '../../platform/errors.ts';
import { problemText } from '../../platform/problem-texts.ts';
import type { RenderedStatement } from '../../platform/statement/rendered.ts';
import type { Statement } from '../../platform/statement/types.ts';
import type { FactEffect, LeaseEffect } from '../../rents/effect.ts';
import { changedLines, effectOn } from '../../rents/effect.ts';
import type { NamedMissing } from '../../rents/present.ts';
import { Presenter } from '../../rents/present.ts';
import type { DwellingRow } from '../../stock/lists.ts';
import { listDwellings } from '../../stock/lists.ts';
import type { Proposed } from '../../stock/preview.ts';
import type { View } from '../../web/view.ts';

/** Two statements of one thing, and the lines in which they differ. */
export interface Compared {
  readonly before: RenderedStatement;
  readonly after: RenderedStatement;
  readonly changed: ReadonlySet<string>;
}

export interface LeaseLook {
  readonly effect: LeaseEffect;
  readonly missing: readonly NamedMissing[];
  /** With the changed lines marked; null where the rent could not be calculated any more. */
  readonly after: RenderedStatement | null;
  readonly changed: ReadonlySet<string>;
}

export interface EffectLook {
  readonly effect: FactEffect;
  /** Dwellings that a finding about a building or a staircase touches; null for one about the dwelling alone. */
  readonly reach: { readonly subject: 'building' | 'staircase'; readonly dwellings: number } | null;
  readonly value: Compared;
  readonly missing: readonly NamedMissing[];
  readonly leases: readonly LeaseLook[] | null;
}

/** Reads and computes; nothing is written. Where the law says too little of the day: in words, what it does not say. */
export async function lookAt(ctx: Context, view: View, dwelling: DwellingRow, proposed: Proposed): Promise<EffectLook | string> {
  const found = await calculable(() => effectOn(ctx, dwelling.dwelling, proposed));
  return typeof found === 'string' ? found : toldOf(ctx, view, dwelling, proposed, found);
}

/** A day before the law began is an answer, not an error of the page. */
export async function calculable<T extends object>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LawMissing) return problemText('law_missing', { key: error.key, day: error.day });
    throw error;
  }
}

async function toldOf(ctx: Context, view: View, dwelling: DwellingRow, proposed: Proposed, effect: FactEffect): Promise<EffectLook> {
  const { day, knownAt, before, after } = effect;
  const present = new Presenter(ctx, view.language);
  const render = (statement: Statement): Promise<RenderedStatement> => present.render(statement, day, knownAt);
  return {
    effect,
    reach: await reachOf(ctx, dwelling, proposed, effect),
    value: { before: await render(before.statement), after: await render(after.statement), changed: changedLines(before.statement, after.statement) },
    missing: await present.name(after.missing, day, knownAt),
    leases: effect.leases === null ? null : await Promise.all(effect.leases.map(async (lease): Promise<LeaseLook> => ({
      effect: lease,
      missing: await present.name(lease.after.missing, day, knownAt),
      after: lease.after.statement === null ? null : await render(lease.after.statement),
      changed: changedLines(lease.before.statement, lease.after.statement),
    }))),
  };
}

/** Of a list the first row is read: its number is what is asked for. */
const COUNTED = { limit: 1, offset: 0, sort: { by: 'code', descending: false } } as const;

async function reachOf(ctx: Context, { building, staircase }: DwellingRow, { laid: { subject } }: Proposed, { day }: FactEffect): Promise<EffectLook['reach']> {
  if (subject === 'dwelling') return null;
  const filter = subject === 'building' || staircase === null ? { building } : { building, staircase };
  const { total } = await listDwellings(ctx, day, filter, COUNTED);
  return { subject, dwellings: total };
}
