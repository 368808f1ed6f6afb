/** Computations of cases that end in a statement: points, area, rate, rent. */
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import type { Law } from '../../../src/platform/law/book.ts';
import { dec } from '../../../src/platform/money.ts';
import { faults } from '../../../src/platform/statement/lines.ts';
import { renderStatement, statementText } from '../../../src/platform/statement/render.ts';
import type { Line } from '../../../src/platform/statement/types.ts';
import type { Basis, LeaseKind, LeaseTerms } from '../../../src/leases/terms.ts';
import { leaseRate } from '../../../src/rents/rules/rate.ts';
import type { RateInputs } from '../../../src/rents/rules/rate.ts';
import { calculatedRent } from '../../../src/rents/rules/rent.ts';
import { tariffBeforeProgramme } from '../../../src/rents/runs/frame.ts';
import { usableArea } from '../../../src/stock/rules/area.ts';
import { valuePoints } from '../../../src/valuation/rules.ts';
import { BOOK, KNOWN, TARIFFS, TARIFF_LOOKUP, lawOn, tariffNamed } from '../law.ts';
import { Facts, missingText } from './facts.ts';
import type { Input } from './format.ts';

export const DAY = '2026-06-01';

/** The law of the case's day with the parameters it changes: `law rate.rounding_places: 1` is written `law: rate.rounding_places 1`. */
export function lawOf(input: Input, on: string): Law {
  const changes = input.all('law').map((text): [string, string | string[]] => {
    const [key = '', ...values] = text.split(' ');
    return [key, values.length === 1 ? (values[0] ?? '') : values];
  });
  const law = lawOn(on);
  return changes.length === 0 ? law : law.with({ parameters: Object.fromEntries(changes) });
}

/** The statement's text; `show:` keeps the lines whose ids begin with one of its words. */
export function shownStatement(lines: readonly Line[], on: string, show: string | undefined): string {
  const wrong = faults({ version: 1, result: {}, lines });
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  const wanted = show?.split(' ');
  const kept = wanted ? lines.filter(({ id }) => wanted.some((prefix) => id === prefix || id.startsWith(`${prefix}.`))) : lines;
  return statementText(renderStatement({ version: 1, result: {}, lines: kept }, BOOK, parsePlainDate(on), 'pl', { tariffs: TARIFF_LOOKUP, knownAt: KNOWN }));
}

function answer(result: { readonly lines: readonly Line[] } | { readonly missing: Parameters<typeof missingText>[0] }, on: string, show: string | undefined): string {
  return 'missing' in result ? missingText(result.missing) : shownStatement(result.lines, on, show);
}

export function points(input: Input): string {
  const on = input.or('day', DAY);
  return answer(valuePoints(lawOf(input, on), new Facts(input).on(on)), on, input.one('show'));
}

export function area(input: Input): string {
  const on = input.or('day', DAY);
  const rooms = input.one('rooms')?.split(' ') ?? null;
  return answer(usableArea(lawOf(input, on), new Facts(input).on(on).parts, { rooms }), on, input.one('show'));
}

/** Terms of a lease in words. */
export function termsOf(input: Input): LeaseTerms {
  const kind = input.or('lease', 'indefinite') as LeaseKind;
  const basis = input.or('basis', kind === 'social' || kind === 'temporary_room' ? kind : 'points');
  const ownRate = input.one('own rate');
  const notice = input.one('notice months');
  return {
    kind,
    rooms: input.one('rooms')?.split(' ') ?? null,
    noticeMonths: notice === undefined ? null : Number(notice),
    evictionStayed: input.one('eviction stayed') === 'yes',
    basis: basis === 'unknown' ? null : (basis as Basis),
    ownRate: ownRate === undefined ? null : dec(ownRate),
    document: input.one('document') ?? null,
    starts: parsePlainDate(input.or('starts', '2015-01-01')),
    ends: ((ends) => (ends === undefined ? null : parsePlainDate(ends)))(input.one('ends')),
  };
}

function rateInputs(input: Input, on: string): RateInputs {
  const law = lawOf(input, on);
  const tariffBefore = input.one('tariff before') === 'unknown' ? null : tariffBeforeProgramme(law, TARIFFS);
  return { law, tariff: tariffNamed(input.or('tariff', 'krk-2025')), tariffBefore, lease: termsOf(input), facts: new Facts(input).on(on) };
}

export function rate(input: Input): string {
  const on = input.or('day', DAY);
  return answer(leaseRate(rateInputs(input, on)), on, input.one('show'));
}

export function rent(input: Input): string {
  const on = input.or('day', DAY);
  const result = calculatedRent(rateInputs(input, on));
  return 'missing' in result ? missingText(result.missing) : shownStatement(result.statement.lines, on, input.one('show'));
}
