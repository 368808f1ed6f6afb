/** What the lease page asks of the rents: both rents of a day with their statements in words, or why there is none. */
import type { Context } from '../../platform/context.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { DomainError } from '../../platform/errors.ts';
import { problemText } from '../../platform/problem-texts.ts';
import type { RenderedStatement } from '../../platform/statement/rendered.ts';
import type { Language } from '../../platform/statement/words/codes.ts';
import type { RentView } from '../../rents/explain.ts';
import { rentOn } from '../../rents/explain.ts';
import type { NamedMissing } from '../../rents/present.ts';
import { Presenter } from '../../rents/present.ts';
import { textsIn } from '../../web/texts/index.ts';

export interface Asked {
  readonly day: PlainDate;
  readonly knownOn: PlainDate | null;
  /** Null where the lease does not hold on the day or there is no tariff for it: `why` says which. */
  readonly rent: RentView | null;
  readonly why: string | null;
  readonly inForce: RenderedStatement | null;
  readonly calculated: RenderedStatement | null;
  readonly missing: readonly NamedMissing[];
}

/** @throws DomainError `lease_unknown` */
export async function askedRent(ctx: Context, asked: { readonly lease: string; readonly day: PlainDate | undefined; readonly knownOn: PlainDate | undefined }, language: Language): Promise<Asked> {
  const day = asked.day ?? ctx.clock.today();
  const knownOn = asked.knownOn ?? null;
  const found = await answerOf(() => rentOn(ctx, { lease: asked.lease, day, knownOn: asked.knownOn }), textsIn(language).rent.outside);
  if (typeof found === 'string') return { day, knownOn, rent: null, why: found, inForce: null, calculated: null, missing: [] };
  const present = new Presenter(ctx, language);
  const { inForce, calculated, missing, knownAt } = found;
  return {
    day, knownOn, rent: found, why: null,
    inForce: inForce?.statement == null ? null : await present.render(inForce.statement, day, knownAt),
    calculated: calculated === null ? null : await present.render(calculated.statement, day, knownAt),
    missing: await present.name(missing, day, knownAt),
  };
}

/** Refusals that are an answer to the question, not an error of the page. */
async function answerOf(ask: () => Promise<RentView>, outside: string): Promise<RentView | string> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'lease_not_on') return outside;
    if (error.code === 'tariff_none_on') return problemText(error.code, error.args);
    throw error;
  }
}
