/** A chain of hashes beside the audit trail, which the application can only lengthen. */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Which transaction wrote an event: events are sealed once no older transaction is open, so that none turns up later among them.
  await knex.raw('alter table audit_events add column written_in xid8 not null default pg_current_xact_id()');
  await knex.raw('create index audit_events_written on audit_events (written_in, id)');
  // The number and the transaction of an event are the database's to give.
  await knex.raw('revoke insert on audit_events from public');
  await knex.raw('grant insert (at, actor, event, request_id, targets, details) on audit_events to public');
  // No foreign key: the chain has to outlive an event that somebody takes away.
  await knex.raw(`
    create table audit_seals (
      place bigint primary key check (place > 0),
      event_id bigint not null,
      written_in xid8 not null,
      hash bytea not null check (octet_length(hash) = 32),
      sealed_at timestamptz not null,
      constraint audit_seals_event_once unique (event_id)
    )`);
  await knex.raw('grant select, insert on audit_seals to public');
}
