/**
 * Writing of rows: a batch at once, and where the database finds a contradiction, halves of it, down to the row that is to blame.
 * Every attempt is a savepoint.
 */
import type { Scope } from '../platform/access/scope.ts';
import { groupBy } from '../platform/collections.ts';
import type { Transaction } from '../platform/database/connect.ts';
import type { Applied, ImportRow, Setting } from '../platform/exchange/types.ts';
import type { Stamp } from '../platform/facts/stamp.ts';
import { constraintReason, isDisturbance, violated } from './constraints.ts';
import type { AnyExchange } from './sheets.ts';
import type { Cover } from './staging.ts';
import type { Tally } from './tally.ts';

export interface Work {
  readonly trx: Transaction;
  readonly exchange: AnyExchange;
  readonly stamp: Stamp;
  readonly setting: Setting;
  /** Of rows that wait. */
  readonly cover: Cover;
  /** Of whoever imports: rows about what lies outside it are refused. */
  readonly scope: Scope;
  readonly tally: Tally;
}

type Rows = readonly ImportRow<object>[];

/** Writes rows of whole clusters. @throws DomainError `facts_changed_meanwhile` when somebody else never lets go of the same rows */
export async function writeRows(work: Work, rows: Rows): Promise<void> {
  if (rows.length === 0 || (await attempt(work, rows, true)) === null) return;
  const { exchange } = work;
  const clusters = [...groupBy(rows, ({ value }) => exchange.cluster(value))];
  const suspects = await exchange.suspects?.(work.trx, rows.map(({ value }) => value));
  const isSuspect = ([name]: readonly [string, Rows]): boolean => suspects?.has(name) === true;
  await halve(work, clusters.filter((cluster) => !isSuspect(cluster)).map(([, cluster]) => cluster));
  for (const [, cluster] of clusters.filter(isSuspect)) await halve(work, [cluster]);
}

async function halve(work: Work, clusters: readonly Rows[]): Promise<void> {
  const rows = clusters.flat();
  if (rows.length === 0) return;
  const constraint = await attempt(work, rows, true);
  if (constraint === null) return;
  if (clusters.length > 1) {
    const half = clusters.length >> 1;
    await halve(work, clusters.slice(0, half));
    await halve(work, clusters.slice(half));
    return;
  }
  const groups = [...groupBy(rows, ({ value }) => work.exchange.key(value)).values()];
  const waiting = groups.length === 1 ? [{ group: rows, constraint }] : await writeGroups(work, groups);
  for (const { group, constraint: last } of waiting) await writeFitting(work, group, last);
}

interface Waiting {
  readonly group: Rows;
  /** What it last failed for. */
  readonly constraint: string;
}

/** Key by key; one that fails is tried again after the others, for they may make room for it. Gives those that cannot be written. */
async function writeGroups(work: Work, groups: readonly Rows[]): Promise<Waiting[]> {
  let waiting: readonly Rows[] = groups;
  for (;;) {
    const failed: Waiting[] = [];
    for (const group of waiting) {
      const constraint = await attempt(work, group, true);
      if (constraint !== null) failed.push({ group, constraint });
    }
    if (failed.length === 0 || failed.length === waiting.length) return failed;
    waiting = failed.map(({ group }) => group);
  }
}

/** Of rows about one thing those that fit together, the earlier ones first; the others are refused. */
async function writeFitting(work: Work, group: Rows, last: string): Promise<void> {
  const fitting: ImportRow<object>[] = [];
  for (const row of group) {
    const constraint = group.length === 1 ? last : await attempt(work, [...fitting, row], false);
    if (constraint === null) fitting.push(row);
    else work.tally.refuse(row, [(await work.exchange.clash?.(work.trx, row.value, constraint)) ?? constraintReason(constraint)]);
  }
  if (fitting.length > 0) await attempt(work, fitting, true);
}

/** Undoes an attempt that was only a question. */
class Undo extends Error {}

const TRIES = 3;

/** Writes the rows in a savepoint; gives the constraint they violate, or null. With `keep` what was written stays and is counted. */
async function attempt(work: Work, rows: Rows, keep: boolean): Promise<string | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      const applied = await work.trx.transaction(async (savepoint): Promise<Applied> => {
        const result = await work.exchange.apply(savepoint, work.stamp, rows, work.setting);
        if (!keep) throw new Undo();
        return result;
      });
      work.tally.absorb(rows, applied);
      return null;
    } catch (error) {
      if (error instanceof Undo) return null;
      const constraint = violated(error);
      if (constraint !== null) return constraint;
      if (!isDisturbance(error) || tries >= TRIES) throw error;
    }
  }
}
