/** Facts that are missing, by the names the law gives them. */
import type { Context } from '../../platform/context.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import type { Language } from '../../platform/statement/words/codes.ts';
import { Presenter } from '../present.ts';

export interface NamedFact {
  /** As drafts keep it: `dwelling.heating`. */
  readonly missing: string;
  readonly name: string;
}

/** In the order given, as the law of the day names them. */
export async function namedFacts(ctx: Context, language: Language, day: string, facts: readonly string[]): Promise<NamedFact[]> {
  // Whatever it is missing of, its name is told by what it is alone.
  const parts = facts.map((fact) => ({ subject: 'dwelling' as const, what: fact.slice(fact.indexOf('.') + 1) }));
  const names = await new Presenter(ctx, language).name(parts, parsePlainDate(day), ctx.clock.now());
  return facts.map((missing, index) => ({ missing, name: names[index]?.name ?? missing }));
}
