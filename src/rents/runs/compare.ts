/** Two runs beside one another, over the leases that the reader may see. */
import { leasesFor } from '../../leases/sql.ts';
import type { Reader, Scope } from '../../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../../platform/access/scope.ts';
import { rows } from '../../platform/database/connect.ts';
import { DomainError } from '../../platform/errors.ts';
import { requireRun } from './read.ts';
import { andLeaseIn } from './visible.ts';

/** A lease whose proposals in two runs differ. */
export interface ComparedLease {
  readonly lease: string;
  readonly outcomeA: string | null;
  readonly outcomeB: string | null;
  readonly reasonA: string | null;
  readonly reasonB: string | null;
  readonly amountA: string | null;
  readonly amountB: string | null;
  readonly difference: string | null;
}

export interface Comparison {
  readonly leases: number;
  readonly same: number;
  readonly onlyA: number;
  readonly onlyB: number;
  /** Sum of what each run would charge, zł a month. */
  readonly sumA: string;
  readonly sumB: string;
  readonly difference: string;
  readonly items: readonly ComparedLease[];
  /** Leases that differ, on all pages. */
  readonly total: number;
}

const comparedFor = (scope: Scope): string => `
  with a as (select distinct on (lease_id) * from run_drafts where run_id = :a${andLeaseIn(scope, 'lease_id')} order by lease_id, step desc),
  b as (select distinct on (lease_id) * from run_drafts where run_id = :b${andLeaseIn(scope, 'lease_id')} order by lease_id, step desc),
  c as (
    select coalesce(a.lease_id, b.lease_id) as lease_id, a.outcome as "outcomeA", b.outcome as "outcomeB", a.reason as "reasonA", b.reason as "reasonB",
      coalesce(a.new_amount, a.old_amount) as "amountA", coalesce(b.new_amount, b.old_amount) as "amountB",
      a.lease_id is null as only_b, b.lease_id is null as only_a
    from a full join b on b.lease_id = a.lease_id)`;

const DIFFERS = `("amountA" is distinct from "amountB" or "outcomeA" is distinct from "outcomeB" or "reasonA" is distinct from "reasonB")`;

/** Compares two runs lease by lease, over the reader's leases; the biggest differences first. @throws DomainError `run_unknown` */
export async function compareRuns(reader: Reader, runA: string, runB: string, page: { limit: number; offset: number }): Promise<Comparison> {
  await requireRun(reader, runA);
  await requireRun(reader, runB);
  const scope = scopeOf(reader);
  const compared = comparedFor(scope);
  const bindings = { ...scopeBindings(scope), a: runA, b: runB };
  const [totals] = await rows<Omit<Comparison, 'items'>>(
    reader.db,
    `${compared} select count(*)::int as leases, (count(*) filter (where not ${DIFFERS}))::int as same, (count(*) filter (where only_a))::int as "onlyA",
       (count(*) filter (where only_b))::int as "onlyB", coalesce(sum("amountA"), 0)::text as "sumA", coalesce(sum("amountB"), 0)::text as "sumB",
       (coalesce(sum("amountB"), 0) - coalesce(sum("amountA"), 0))::text as difference, (count(*) filter (where ${DIFFERS}))::int as total from c`,
    bindings,
  );
  const items = await rows<ComparedLease>(
    reader.db,
    `${compared} select l.number as lease, "outcomeA", "outcomeB", "reasonA", "reasonB", "amountA", "amountB", "amountB" - "amountA" as difference
     from c join ${leasesFor(scope)} on l.id = c.lease_id where ${DIFFERS} order by abs("amountB" - "amountA") desc nulls last, l.number limit :limit offset :offset`,
    { ...bindings, limit: page.limit, offset: page.offset },
  );
  if (!totals) throw new DomainError('not found', 'run_unknown', { run: runA });
  return { ...totals, items };
}
