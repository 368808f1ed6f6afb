import type { Knex } from 'knex';

/** A block ends what was open for good: whoever is let in again signs in again. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table users add column admitted_since timestamptz');
  await knex.raw(`comment on column users.admitted_since is 'Since the last block was lifted; sessions that began before are over.'`);
}
