/** How the changes of a run are spread, and its exceptions: counted in the database, over the reader's leases. */
import { leasesFor } from '../../leases/sql.ts';
import type { Reader } from '../../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import { rows } from '../../platform/database/connect.ts';
import { dwellingCodes } from '../../stock/sql.ts';
import { requireRun } from './read.ts';
import { LAST_STEP, LEFT_OUT } from './store.ts';
import { andLeaseIn } from './visible.ts';

/** By what changes are told: per cent of the rent before, or zł a month. */
export const MEASURES = ['percent', 'difference'] as const;
export type Measure = (typeof MEASURES)[number];

/** Where one class ends and the next begins. What is no change at all has a class of its own, a hundredth wide. */
const BOUNDS: Readonly<Record<Measure, readonly string[]>> = {
  percent: ['-20', '-10', '0', '0.01', '5', '10', '15', '20', '30', '50'],
  difference: ['-100', '-50', '0', '0.01', '20', '50', '100', '150', '200', '300'],
};

/** Leases whose change is at least `from` and below `below`; null = open. */
export interface ChangeClass {
  readonly from: string | null;
  readonly below: string | null;
  readonly leases: number;
}

export interface Spread {
  readonly classes: readonly ChangeClass[];
  /** Leases that have nothing to be compared with: first rents and exceptions. */
  readonly without: number;
}

/** Every lease that was not left out counts once, by its last step. */
const COUNTED = `d.run_id = :run and ${LAST_STEP} and not ${LEFT_OUT}`;

/** Into which classes the changes fall. @throws DomainError `run_unknown` */
export async function spreadOf(reader: Reader, runId: string, measure: Measure): Promise<Spread> {
  await requireRun(reader, runId);
  const scope = scopeOf(reader);
  const bounds = BOUNDS[measure];
  const found = await rows<{ class: number | null; leases: number }>(
    reader.db,
    `select width_bucket(d.${measure}, :bounds::numeric[]) as class, count(*)::int as leases
     from run_drafts d where ${COUNTED}${andLeaseIn(scope, 'd.lease_id')} group by 1`,
    { ...scopeBindings(scope), run: runId, bounds: [...bounds] },
  );
  const of = (wanted: number | null): number => found.find((entry) => entry.class === wanted)?.leases ?? 0;
  const classes = Array.from({ length: bounds.length + 1 }, (_, index) => ({ from: bounds[index - 1] ?? null, below: bounds[index] ?? null, leases: of(index) }));
  return { classes, without: of(null) };
}

/** Leases that a run could not settle, for one reason. */
export interface ExceptionGroup {
  readonly reason: string;
  readonly leases: number;
  /** The first of them. */
  readonly some: readonly { readonly lease: string; readonly dwelling: string }[];
}

/** What a run could not do for want of a fact. */
export interface MissingFact {
  /** `dwelling.heating` */
  readonly missing: string;
  readonly leases: number;
}

const SHOWN = 5;

/** The exceptions of a run by their reason, and the facts that are missing. @throws DomainError `run_unknown` */
export async function exceptionsOf(reader: Reader, runId: string): Promise<{ groups: ExceptionGroup[]; missing: MissingFact[] }> {
  await requireRun(reader, runId);
  const scope = scopeOf(reader);
  const bindings = { ...scopeBindings(scope), run: runId };
  const exceptions = `${COUNTED} and d.outcome = 'exception'`;
  const groups = await rows<ExceptionGroup>(
    reader.db,
    `select reason, max(n)::int as leases, json_agg(json_build_object('lease', number, 'dwelling', dwelling) order by number) filter (where place <= ${SHOWN}) as some
     from (select d.reason, l.number, w.dwelling, row_number() over (partition by d.reason order by l.number) as place, count(*) over (partition by d.reason) as n
       from run_drafts d join ${leasesFor(scope)} on l.id = d.lease_id join ${dwellingCodes()} w on w.dwelling_id = l.dwelling_id where ${exceptions}) e
     group by reason order by max(n) desc, reason`,
    bindings,
  );
  const missing = await rows<MissingFact>(
    reader.db,
    `select m as missing, count(*)::int as leases from run_drafts d, unnest(string_to_array(d.missing, ' ')) m where ${exceptions}${andLeaseIn(scope, 'd.lease_id')}
     group by m order by count(*) desc, m`,
    bindings,
  );
  return { groups, missing };
}
