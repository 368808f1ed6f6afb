/** Everything ever recorded about a dwelling, its staircase and its building, of whatever kind, with who recorded it and who closed it. */
import type { Reader } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { rows } from '../platform/database/connect.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import { dwellingsFor } from './sql.ts';

export const PAST_KINDS = ['slot', 'place', 'address', 'room', 'traffic', 'business', 'technical'] as const;
export type PastKind = (typeof PAST_KINDS)[number];

/** A recorded row. What it says stands in `content`, under the names of its columns. */
export interface PastRow {
  readonly kind: PastKind;
  readonly subject: 'building' | 'staircase' | 'dwelling';
  readonly content: Readonly<Record<string, string | null>>;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  /** What is left of an earlier row after its days were cut: no news by itself. */
  readonly remainder: boolean;
  readonly change: string;
  /** By which change it no longer counts; null while it counts. */
  readonly closedBy: string | null;
}

/** One act of recording. */
export interface PastChange {
  readonly change: string;
  readonly at: string;
  readonly actor: string;
  readonly reason: string;
}

interface Part {
  readonly kind: PastKind;
  readonly subject: PastRow['subject'];
  readonly table: string;
  readonly content: readonly string[];
  readonly where: string;
}

const OF_BUILDING = 'f.building_id = d.building_id';
const OF_DWELLING = 'f.dwelling_id = d.id';
/** Staircases on which it ever lay, as far as it counts. */
const OF_STAIRCASE = 'f.staircase_id in (select dd.staircase_id from dwelling_details dd where dd.dwelling_id = d.id and upper_inf(dd.recorded))';

const slots = (subject: PastRow['subject'], where: string): Part[] =>
  (['option', 'value'] as const).map((shape) => ({ kind: 'slot', subject, table: `${subject}_${shape === 'option' ? 'options' : 'measures'}`, content: ['slot', `${shape} as value`, 'evidence'], where }));

const PARTS: readonly Part[] = [
  ...slots('dwelling', OF_DWELLING), ...slots('staircase', OF_STAIRCASE), ...slots('building', OF_BUILDING),
  { kind: 'place', subject: 'dwelling', table: 'dwelling_details', content: ['number', '(select s.code from staircases s where s.id = f.staircase_id) as staircase', 'shared', 'holder'], where: OF_DWELLING },
  { kind: 'address', subject: 'building', table: 'building_details', content: ['street', 'number', 'postcode', 'district', 'ownership', 'manager'], where: OF_BUILDING },
  { kind: 'room', subject: 'dwelling', table: 'room_parts', content: ['room', 'part', 'kind', 'use', 'band', 'area_m2 as area'], where: OF_DWELLING },
  { kind: 'traffic', subject: 'building', table: 'building_traffic', content: ['street', 'segment', 'band', 'distance_m as distance', 'evidence'], where: OF_BUILDING },
  { kind: 'business', subject: 'dwelling', table: 'dwelling_businesses', content: ['name', `to_char(f.opens, 'HH24:MI') as opens`, `to_char(f.closes, 'HH24:MI') as closes`, 'evidence'], where: OF_DWELLING },
  {
    kind: 'technical', subject: 'building', table: 'technical_findings', content: ['installation', 'decision', 'evidence', 'case when f.dwelling_id is not null then \'dwelling\' when f.staircase_id is not null then \'staircase\' else \'building\' end as about'],
    where: `${OF_BUILDING} and (f.dwelling_id is null or f.dwelling_id = d.id) and (f.staircase_id is null or ${OF_STAIRCASE})`,
  },
];

/** `area_m2 as area` into the pair of a JSON object; a bare name is a column of the row. */
function pair(column: string): string {
  const [, sql = column, name = column] = /^(.*) as (\w+)$/.exec(column) ?? [];
  return `'${name}', ${/^\w+$/.test(sql) ? `f.${sql}::text` : sql}`;
}

const partSql = ({ kind, subject, table, content, where }: Part): string => `
  select '${kind}' as kind, '${subject}' as subject, json_build_object(${content.map(pair).join(', ')}) as content, lower(f.valid) as from, upper(f.valid) as to,
    f.known_since is not null as remainder, f.change_id as change, f.closed_change_id as "closedBy"
  from d join ${table} f on ${where}`;

/** What was recorded, and the acts of recording, the newest first. @throws DomainError `dwelling_unknown` */
export async function dwellingPast(reader: Reader, code: string): Promise<{ changes: PastChange[]; recorded: PastRow[] }> {
  const scope = scopeOf(reader);
  const values = { ...scopeBindings(scope), code };
  const one = `with d as (select d.id, d.building_id from ${dwellingsFor(scope)} where d.code = :code)`;
  const [found] = await rows(reader.db, `${one} select 1 from d`, values);
  if (found === undefined) throw new DomainError('not found', 'dwelling_unknown', { dwelling: code });
  const recorded = await rows<PastRow>(reader.db, `${one} select * from (${PARTS.map(partSql).join(' union all ')}) z order by kind, subject, content::text, "from"`, values);
  const ids = [...new Set(recorded.flatMap(({ change, closedBy }) => (closedBy === null ? [change] : [change, closedBy])))];
  const changes = await rows<PastChange>(reader.db, 'select c.id as change, c.recorded_at as at, c.actor, c.reason from changes c where c.id = any(?::bigint[]) order by c.recorded_at desc, c.id desc', [ids]);
  return { changes, recorded };
}
