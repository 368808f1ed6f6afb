import type { Knex } from 'knex';

/** Scenarios: changes to a copy of the law, kept to be computed again whenever they are opened. Nothing of the city is in them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table scenarios (
      id bigint generated always as identity primary key,
      name text not null constraint scenarios_nameless check (name <> ''),
      day date not null,
      tariff text,
      changes json not null constraint scenarios_changes_of_no_form check (json_typeof(changes) = 'object'),
      note text,
      made_by text not null,
      made_at timestamptz not null,
      changed_at timestamptz not null,
      withdrawn_at timestamptz,
      constraint scenarios_changed_before check (changed_at >= made_at)
    )`);
  await knex.raw('grant select, insert, update (name, day, tariff, changes, note, changed_at, withdrawn_at) on scenarios to public');
}
