/**
 * The columns of every row with two times: when it holds, and when it was known. A piece that remains of a longer fact is recorded
 * anew but has been known since that fact was (`known_since`, null = since it was recorded): it is no news to a rent set in between.
 */
export const TWO_TIMES = `
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  recorded tstzrange not null check (not isempty(recorded)),
  known_since timestamptz,
  change_id bigint not null references changes,
  closed_change_id bigint references changes`;

/** The provenance of every value of the law. */
export const LAW_TIMES = `
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  recorded tstzrange not null check (not isempty(recorded)),
  reference text not null references law_references,
  certainty text not null check (certainty in ('printed', 'reconstructed', 'reported', 'assumed')),
  strength text check (strength in ('weak', 'medium', 'strong')),
  note text`;

/** The exclusion constraint that forbids two rows of one slot on the same days as known at the same time. */
export function noOverlap(table: string, columns: readonly string[], where = ''): string {
  const keys = columns.map((column) => `${column} with =`).join(', ');
  return `alter table ${table} add constraint ${table}_overlap exclude using gist (${keys}, valid with &&, recorded with &&)${where}`;
}

/** The application adds rows and closes their recorded time; it can neither overwrite a value nor delete a row. */
export function appendOnly(table: string, closable = true): string[] {
  return [
    `grant select, insert on ${table} to public`,
    ...(closable ? [`grant update (recorded, closed_change_id) on ${table} to public`] : []),
  ];
}
