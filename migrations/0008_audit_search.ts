/** The audit trail to be searched and, after years, shortened from its beginning by the owner. */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Loads of law before this named no target: what is sealed stays as it is.
  await knex.raw(`
    alter table audit_events add constraint audit_events_without_targets
      check (json_typeof(targets) = 'object' and targets::text <> '{}') not valid`);
  await knex.raw(`
    alter table audit_events add constraint audit_events_details_of_no_form check (json_typeof(details) = 'object') not valid`);
  // A search gives the newest first, page by page: each index ends in the order of the pages.
  await knex.raw('create index audit_events_at on audit_events (at, id)');
  await knex.raw('create index audit_events_by_actor on audit_events (actor, at, id)');
  await knex.raw('create index audit_events_by_event on audit_events (event, at, id)');
  await knex.raw('create index audit_events_by_actor_event on audit_events (actor, event, at, id)');
  await knex.raw('create index audit_events_by_request on audit_events (request_id) where request_id is not null');
  await knex.raw('create index audit_events_by_target on audit_events using gin ((targets::jsonb) jsonb_path_ops)');
  // Where the chain begins after its oldest links were taken away. Written by the owner alone, who alone can take them away.
  await knex.raw(`
    create table audit_checkpoints (
      place bigint primary key check (place > 0),
      hash bytea not null check (octet_length(hash) = 32),
      removed bigint not null check (removed > 0),
      before date not null,
      at timestamptz not null,
      actor text not null check (actor <> ''),
      reason text not null check (reason <> '')
    )`);
  await knex.raw('grant select on audit_checkpoints to public');
}
