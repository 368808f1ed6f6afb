import type { Knex } from 'knex';

/** Views of lists that people keep for themselves: which filters and which order, under a name. Nobody else sees them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table saved_views (
      id bigint generated always as identity primary key,
      actor text not null,
      list text not null,
      name text not null constraint saved_views_nameless check (name <> ''),
      query text not null,
      saved_at timestamptz not null,
      constraint saved_views_same_name unique (actor, list, name)
    )`);
  await knex.raw('grant select, insert, update (query, saved_at), delete on saved_views to public');
}
