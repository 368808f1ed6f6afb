import type { Knex } from 'knex';

/** Numbers of houses and flats in the order in which people count (2, 9, 11, 11a), kept beside them: lists of the whole city sort by it. */
export async function up(knex: Knex): Promise<void> {
  for (const table of ['building_details', 'dwelling_details']) {
    await knex.raw(`alter table ${table} add column number_order integer generated always as (substring(number from '^[0-9]{1,9}')::integer) stored`);
  }
}
