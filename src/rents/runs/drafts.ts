/** Drafts of a run, for whoever looks: the list sorts and filters on typed columns in one query. */
import { z } from 'zod';
import { leasesFor } from '../../leases/sql.ts';
import type { Reader, Scope } from '../../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import { rows } from '../../platform/database/connect.ts';
import type { ListPage, Listing } from '../../platform/database/listing.ts';
import { polish, readList } from '../../platform/database/listing.ts';
import { plainDate } from '../../platform/dates/schema.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Statement } from '../../platform/statement/types.ts';
import { dwellingCodes } from '../../stock/sql.ts';
import { requireRun } from './read.ts';
import { LAST_STEP, LEFT_OUT } from './store.ts';
import { said } from '../../platform/problem-texts.ts';

const CODES = dwellingCodes();

/** Columns of numbers: each has a least value and one that it stays below. */
const NUMBERS = {
  old: 'd.old_amount', new: 'd.new_amount', difference: 'd.difference', percent: 'd.percent', rate: 'd.rate', area: 'd.area_m2', points: 'd.points',
} as const;
export type NumberColumn = keyof typeof NUMBERS;
export const NUMBER_COLUMNS = Object.keys(NUMBERS) as readonly NumberColumn[];
type Bound = `${NumberColumn}_from` | `${NumberColumn}_below`;

const decimalText = z.string().regex(/^-?\d{1,7}(?:\.\d{1,2})?$/, said('want_two_places')).meta({ examples: ['12.50'] });

function bounds<T>(make: (column: NumberColumn, end: 'from' | 'below') => T): Record<Bound, T> {
  return Object.fromEntries(NUMBER_COLUMNS.flatMap((column) => (['from', 'below'] as const).map((end) => [`${column}_${end}`, make(column, end)]))) as Record<Bound, T>;
}

const yesNo = z.enum(['yes', 'no']).optional();

/** What drafts may be filtered by. */
export const draftFilter = z.strictObject({
  outcome: z.enum(['increase', 'decrease', 'first', 'unchanged', 'exception']).optional(),
  reason: z.string().max(40).optional(),
  district: z.string().max(60).optional(),
  zone: z.string().max(10).optional(),
  category: z.string().max(10).optional(),
  basis: z.string().max(30).optional(),
  warning: z.string().max(20).optional(),
  lease: z.string().max(60).optional(),
  /** Beginning of the lease's number. */
  number: z.string().trim().min(1).max(60).optional(),
  /** Beginning of the dwelling's code. */
  dwelling: z.string().trim().min(1).max(60).optional(),
  /** The fact that is missing. */
  missing: z.string().trim().min(1).max(60).optional(),
  /** Takes effect on the day or later. */
  effective_since: plainDate.optional(),
  /** Takes effect on the day or before. */
  effective_by: plainDate.optional(),
  /** The last step of its lease, the one that lasts: a lease counts once by it. */
  last: yesNo,
  left_out: yesNo,
  /** Zones, categories and bases are added up without the exceptions. */
  exception: yesNo,
  ...bounds(() => decimalText.optional()),
});

export type DraftFilter = z.infer<typeof draftFilter>;

/** Nothing stands there: in filters by zone, category and basis, which are told by it too. */
export const NONE = '-';

export const DRAFT_SORTS = [
  'lease', 'difference', 'percent', 'new_amount', 'old_amount', 'outcome', 'effective_from', 'dwelling', 'reason', 'rate', 'area', 'points', 'category', 'zone', 'basis', 'district',
] as const;
export type DraftSort = (typeof DRAFT_SORTS)[number];

/** A row of the list of drafts. */
export interface DraftView {
  readonly lease: string;
  readonly dwelling: string;
  readonly step: number;
  readonly outcome: string;
  readonly reason: string | null;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly oldAmount: string | null;
  readonly newAmount: string | null;
  readonly difference: string | null;
  readonly percent: string | null;
  readonly rate: string | null;
  readonly area: string | null;
  readonly points: string | null;
  readonly category: string | null;
  readonly zone: string | null;
  readonly basis: string | null;
  readonly district: string | null;
  readonly warnings: readonly string[];
  /** Ids of the lines in which the new statement differs. */
  readonly differing: readonly string[];
  readonly missing: readonly string[];
  readonly leftOut: boolean;
}

const COLUMNS = `l.number as lease, w.dwelling, d.step, d.outcome, d.reason, d.effective_from as "effectiveFrom", d.effective_to as "effectiveTo",
  d.old_amount as "oldAmount", d.new_amount as "newAmount", d.difference, d.percent, d.rate, d.area_m2 as area, d.points, d.category, d.zone, d.basis, d.district,
  coalesce(string_to_array(d.warnings, ' '), '{}') as warnings, coalesce(string_to_array(d.differing, ' '), '{}') as differing,
  coalesce(string_to_array(d.missing, ' '), '{}') as missing, ${LEFT_OUT} as "leftOut"`;

const FROM = (scope: Scope): string => `run_drafts d join ${leasesFor(scope)} on l.id = d.lease_id join ${CODES} w on w.dwelling_id = l.dwelling_id`;

const orNone = (column: string, name: string): string => `coalesce(${column}, '${NONE}') = :${name}`;

const listing = (scope: Scope): Listing<DraftFilter, DraftSort> => ({
  columns: COLUMNS,
  from: FROM(scope),
  where: ['d.run_id = :run'],
  filters: {
    outcome: 'd.outcome = :outcome', reason: 'd.reason = :reason', district: 'd.district = :district', zone: orNone('d.zone', 'zone'), category: orNone('d.category', 'category'),
    basis: orNone('d.basis', 'basis'), warning: `:warning = any(string_to_array(d.warnings, ' '))`, lease: 'l.number = :lease', number: 'starts_with(l.number, :number)',
    dwelling: 'starts_with(w.dwelling, :dwelling)', missing: `:missing = any(string_to_array(d.missing, ' '))`,
    effective_since: 'd.effective_from >= :effective_since::date', effective_by: 'd.effective_from <= :effective_by::date',
    last: `${LAST_STEP} = (:last = 'yes')`, left_out: `${LEFT_OUT} = (:left_out = 'yes')`,
    exception: `(d.outcome = 'exception') = (:exception = 'yes')`,
    ...bounds((column, end) => `${NUMBERS[column]} ${end === 'from' ? '>=' : '<'} :${column}_${end}::numeric`),
  },
  sorts: {
    lease: ['l.number'], difference: ['d.difference'], percent: ['d.percent'], new_amount: ['d.new_amount'], old_amount: ['d.old_amount'], outcome: ['d.outcome'],
    effective_from: ['d.effective_from'], dwelling: ['w.dwelling'], reason: ['d.reason'], rate: ['d.rate'], area: ['d.area_m2'], points: ['d.points'],
    // Categories are Roman numbers: they follow one another by their points.
    category: ['case when d.category is not null then d.points end'], zone: ['d.zone'], basis: ['d.basis'], district: [polish('d.district')],
  },
  key: 'l.number, d.step',
});

/** Drafts of a run, those of the reader's leases. @throws DomainError `run_unknown` */
export async function listDrafts(reader: Reader, runId: string, filter: DraftFilter, page: ListPage<DraftSort>): Promise<{ items: DraftView[]; total: number }> {
  await requireRun(reader, runId);
  const scope = scopeOf(reader);
  return readList<DraftView, DraftFilter, DraftSort>(reader.db, listing(scope), filter, page, { ...scopeBindings(scope), run: runId });
}

/** Why a lease was left out, and by whom. */
export interface Omission {
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}

/** The steps of one lease with both statements. */
export interface DraftDetail extends DraftView {
  readonly statement: Statement | null;
  readonly oldStatement: Statement | null;
  /** Day and instant by whose law the statements are told in words. */
  readonly day: string;
  readonly knownAt: string;
  readonly oldDay: string | null;
  readonly oldKnownAt: string | null;
  readonly omission: Omission | null;
}

const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Old and new statement of a lease side by side. @throws DomainError `run_unknown`, `lease_not_in_run` */
export async function viewDraft(reader: Reader, runId: string, lease: string): Promise<DraftDetail[]> {
  await requireRun(reader, runId);
  const scope = scopeOf(reader);
  const found = await rows<DraftDetail>(
    reader.db,
    `select ${COLUMNS}, d.statement, o.statement as "oldStatement", coalesce(d.effective_from, n.delivery_date) as day, ${instant('d.known_at')} as "knownAt",
       coalesce(o.effective_from, m.delivery_date) as "oldDay", ${instant('o.known_at')} as "oldKnownAt",
       (select json_build_object('reason', x.reason, 'actor', x.actor, 'at', ${instant('x.at')}) from run_omissions x
        where x.run_id = d.run_id and x.lease_id = d.lease_id and x.withdrawn_at is null) as omission
     from ${FROM(scope)} join runs n on n.id = d.run_id
       left join rents q on q.id = d.old_rent_id left join run_drafts o on o.run_id = q.run_id and o.lease_id = q.lease_id and o.step = q.step left join runs m on m.id = o.run_id
     where d.run_id = :run and l.number = :lease order by d.step`,
    { ...scopeBindings(scope), run: runId, lease },
  );
  if (found.length === 0) throw new DomainError('not found', 'lease_not_in_run', { lease, run: runId });
  return found;
}
