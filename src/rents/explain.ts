/** A rent on any day, as known on any day: in force and calculated, labelled, with the whole statement. Calculation never writes. */
import { z } from 'zod';
import { leasesFor } from '../leases/sql.ts';
import type { Reader } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import { rows } from '../platform/database/connect.ts';
import { oftenAsked } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { endOfDay } from '../platform/dates/instants.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addDays } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import { DomainError, LawMissing } from '../platform/errors.ts';
import type { Law, LawBook } from '../platform/law/book.ts';
import { fixed2, plain } from '../platform/money.ts';
import type { Statement } from '../platform/statement/types.ts';
import type { Missing } from '../stock/facts.ts';
import type { DwellingRecord } from '../stock/read.ts';
import { stockAt } from '../stock/read.ts';
import { WHOLE, usableArea } from '../stock/rules/area.ts';
import { dwellingsFor } from '../stock/sql.ts';
import type { DwellingTimeline } from '../stock/timeline.ts';
import type { TariffBook } from '../tariffs/read.ts';
import { tariffBook } from '../tariffs/read.ts';
import { valuePoints } from '../valuation/rules.ts';
import type { AssembledLease } from './assemble.ts';
import { assemble } from './assemble.ts';
import type { RentInForce } from './read.ts';
import type { NotValued, Rent } from './rules/rent.ts';
import { calculatedRent } from './rules/rent.ts';
import { tariffBeforeProgramme } from './runs/frame.ts';

export const rentInput = z.strictObject({
  lease: z.string().trim().min(1).max(60),
  /** Day for which the rent is asked; today by default. */
  day: plainDate.optional(),
  /** Known by the end of this day; now by default. */
  knownOn: plainDate.optional(),
  /** Named tariff instead of the one in force on the day. */
  tariff: z.string().trim().min(1).max(60).optional(),
});

/** The rent in force with its origin. */
export interface InForceView {
  readonly amount: string;
  readonly rate: string | null;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly lastIncrease: PlainDate | null;
  readonly origin: 'imported' | 'run';
  readonly run: string | null;
  readonly tariff: string | null;
  /** The frozen statement; null for an imported rent. */
  readonly statement: Statement | null;
}

export interface RentView {
  readonly lease: string;
  readonly dwelling: string;
  readonly day: PlainDate;
  readonly knownAt: Instant;
  readonly tariff: string;
  readonly inForce: InForceView | null;
  readonly calculated: { readonly amount: string; readonly rate: string; readonly area: string; readonly statement: Statement } | null;
  /** What is missing where the rent cannot be calculated. */
  readonly missing: readonly Missing[];
}

/** "Known on a day" means known by its end in Poland; without a day, known now. */
export function knownAtOf(ctx: Context, knownOn: PlainDate | undefined): Instant {
  return knownOn === undefined ? ctx.clock.now() : endOfDay(knownOn);
}

/** What a calculation for one day looks up once. */
export interface DayBooks {
  readonly law: LawBook;
  readonly tariffs: TariffBook;
  readonly knownAt: Instant;
}

export async function dayBooks(ctx: Context, knownAt: Instant): Promise<DayBooks> {
  const [law, tariffs] = await Promise.all([ctx.law.book(ctx.db), tariffBook(ctx.db, knownAt)]);
  return { law, tariffs, knownAt };
}

/** The window of one day. */
export function oneDay(day: PlainDate): DayRange {
  return { from: day, to: addDays(day, 1) };
}

/** The calculated rent of an assembled lease on the day. @throws DomainError `tariff_none_on`, `lease_not_on` */
export function calculateOn(books: DayBooks, found: AssembledLease, day: PlainDate, tariffCode?: string): { tariff: string; rent: Rent | NotValued } {
  const tariff = tariffCode === undefined ? books.tariffs.on(day) : books.tariffs.named(tariffCode);
  if (!tariff) {
    if (tariffCode !== undefined) throw new DomainError('not found', 'tariff_unknown', { tariff: tariffCode, known: books.tariffs.all.map(({ code }) => code).join(', ') });
    throw new DomainError('invalid', 'tariff_none_on', { day, first: books.tariffs.all[0]?.from ?? '—' });
  }
  const terms = found.lease.on(day);
  if (!terms) throw new DomainError('invalid', 'lease_not_on', { lease: found.lease.number, day });
  const law = books.law.at(day, books.knownAt);
  const rent = calculatedRent({ law, tariff, tariffBefore: tariffBeforeProgramme(law, books.tariffs), lease: terms, facts: found.facts.on(day) });
  return { tariff: tariff.code, rent };
}

/** Assembles one lease of the reader's for the window. @throws DomainError `lease_unknown`, `lease_not_on` */
export async function assembleLease(reader: Reader, number: string, window: DayRange, knownAt: Instant, day: PlainDate): Promise<AssembledLease> {
  const scope = scopeOf(reader);
  const [lease] = await rows<{ id: string; dwellingId: string }>(
    reader.db,
    `select l.id, l.dwelling_id as "dwellingId" from ${leasesFor(scope)} where l.number = :number`,
    { ...scopeBindings(scope), number },
  );
  if (!lease) throw new DomainError('not found', 'lease_unknown', { lease: number });
  const [found] = await assemble(oftenAsked(reader.db), { leases: [lease.id], dwellings: [lease.dwellingId], window, knownAt, since: knownAt, day });
  if (!found) throw new DomainError('invalid', 'lease_not_on', { lease: number, day });
  return found;
}

/** The rent of a lease on a day. @throws DomainError `lease_unknown`, `lease_not_on`, `tariff_none_on`, `tariff_unknown` */
export async function rentOn(ctx: Context, input: z.input<typeof rentInput>): Promise<RentView> {
  const given = rentInput.parse(input);
  const day = given.day ?? ctx.clock.today();
  const books = await dayBooks(ctx, knownAtOf(ctx, given.knownOn));
  const found = await assembleLease(ctx, given.lease, oneDay(day), books.knownAt, day);
  const { tariff, rent } = calculateOn(books, found, day, given.tariff);
  const inForce = found.rents.find(({ from, to }) => from <= day && (to === null || day < to)) ?? null;
  return {
    lease: found.lease.number,
    dwelling: found.dwelling.code,
    day,
    knownAt: books.knownAt,
    tariff,
    inForce: inForce === null ? null : await inForceView(ctx, inForce),
    calculated: 'missing' in rent ? null : { amount: fixed2(rent.amount), rate: fixed2(rent.rate), area: fixed2(rent.area), statement: rent.statement },
    missing: 'missing' in rent ? rent.missing : [],
  };
}

/** The rent in force with its frozen statement. */
export async function inForceView(ctx: Context, rent: RentInForce): Promise<InForceView> {
  const [stored] = await rows<{ origin: 'imported' | 'run'; run: string | null; tariff: string | null; statement: Statement | null }>(
    ctx.db,
    `select r.origin, r.run_id as run, r.tariff, d.statement from rents r
     left join run_drafts d on d.run_id = r.run_id and d.lease_id = r.lease_id and d.step = r.step where r.id = ?`,
    [rent.rentId],
  );
  return {
    amount: fixed2(rent.amount),
    rate: rent.rate === null ? null : fixed2(rent.rate),
    from: rent.from,
    to: rent.to,
    lastIncrease: rent.lastIncrease,
    origin: stored?.origin ?? 'imported',
    run: stored?.run ?? null,
    tariff: stored?.tariff ?? null,
    statement: stored?.statement ?? null,
  };
}

export const valueInput = z.strictObject({ dwelling: z.string().trim().min(1).max(60), day: plainDate.optional(), knownOn: plainDate.optional() });

export interface ValueView {
  readonly dwelling: string;
  readonly day: PlainDate;
  readonly knownAt: Instant;
  readonly points: string | null;
  readonly area: string | null;
  readonly statement: Statement<{ points?: string; area?: string }>;
  /** All that is missing; empty when the dwelling is valued. */
  readonly missing: readonly Missing[];
}

/** Points and usable area of a dwelling, let or vacant. @throws DomainError `dwelling_unknown` */
export async function valueOn(ctx: Context, input: z.input<typeof valueInput>): Promise<ValueView> {
  const given = valueInput.parse(input);
  const day = given.day ?? ctx.clock.today();
  const knownAt = knownAtOf(ctx, given.knownOn);
  const found = await dwellingOn(ctx, given.dwelling, day, knownAt);
  return valueView((await ctx.law.book(ctx.db)).at(day, knownAt), found, found.readFacts(), { day, knownAt });
}

/** A dwelling of the reader's with its facts on the day. @throws DomainError `dwelling_unknown` */
export async function dwellingOn(reader: Reader, code: string, day: PlainDate, knownAt: Instant): Promise<DwellingRecord> {
  const scope = scopeOf(reader);
  const [place] = await rows<{ id: string }>(reader.db, `select d.id from ${dwellingsFor(scope)} where d.code = :code`, { ...scopeBindings(scope), code });
  const [found] = place ? await stockAt(oftenAsked(reader.db), { dwellings: [place.id], window: oneDay(day), knownAt, since: knownAt, day }) : [];
  if (!found) throw new DomainError('not found', 'dwelling_unknown', { dwelling: code });
  return found;
}

/** What the facts of the dwelling come to. @throws LawMissing before the law began: no items are not no points */
export function valueView(law: Law, { code }: Pick<DwellingRecord, 'code'>, timeline: DwellingTimeline, { day, knownAt }: { readonly day: PlainDate; readonly knownAt: Instant }): ValueView {
  if (law.items.length === 0) throw new LawMissing('cechy punktowe', day);
  const facts = timeline.on(day);
  const points = valuePoints(law, facts);
  const area = usableArea(law, facts.parts, WHOLE);
  const lines = [...('missing' in points ? [] : points.lines), ...('missing' in area ? [] : area.lines)];
  const missing = [...('missing' in points ? points.missing : []), ...('missing' in area ? area.missing : [])];
  const result = { ...('missing' in points ? {} : { points: plain(points.points) }), ...('missing' in area ? {} : { area: fixed2(area.area) }) };
  return { dwelling: code, day, knownAt, points: result.points ?? null, area: result.area ?? null, statement: { version: 1, result, lines }, missing };
}
