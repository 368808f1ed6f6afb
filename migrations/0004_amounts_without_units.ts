/** Amounts of lines, by which two rents are compared, without the units that follow from the lines: shorter by a quarter. */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  for (const table of ['rents', 'run_drafts']) {
    await knex.raw(`update ${table} set line_amounts = regexp_replace(line_amounts, ' [^ ;=]+(;|$)', '\\1', 'g') where line_amounts is not null`);
  }
}
