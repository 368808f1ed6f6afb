/** Persons: an identity encrypted at rest, a key of every person's own, lists of persons whose data are to be erased. */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await identities(knex);
  await personKeys(knex);
  await retention(knex);
}

async function identities(knex: Knex): Promise<void> {
  // Of the persons there are no PESEL is known yet. Born on: of those without a PESEL, for it would give half of the sealed one away.
  await knex.raw(`
    alter table persons
      add column pesel_sealed text,
      add column pesel_hash bytea check (octet_length(pesel_hash) = 32),
      add column without_pesel text default 'unknown' check (without_pesel in ('foreigner', 'unknown', 'organisation', 'erased')),
      add column document_sealed text,
      add column born_on date,
      add column erased_at timestamptz,
      add constraint persons_pesel_twice unique (pesel_hash),
      add constraint persons_pesel_unexplained check ((pesel_sealed is null) = (without_pesel is not null)),
      add constraint persons_pesel_unfindable check ((pesel_sealed is null) = (pesel_hash is null)),
      add constraint persons_pesel_with_born check (pesel_sealed is null or born_on is null),
      add constraint persons_nameless check (name <> ''),
      add constraint persons_erased_in_part check ((erased_at is not null) = (without_pesel is not distinct from 'erased')
        and (erased_at is null or num_nonnulls(document_sealed, born_on) = 0))`);
  await knex.raw('grant update (name, pesel_sealed, pesel_hash, without_pesel, document_sealed, born_on, erased_at) on persons to public');
  // The number of a person is part of what its sealed values are bound to: it is drawn before the row is written.
  await knex.raw('grant usage on sequence persons_id_seq to public');
}

async function personKeys(knex: Knex): Promise<void> {
  await knex.raw(`
    create table person_keys (
      person_id bigint primary key references persons,
      wrapped text,
      made_at timestamptz not null,
      destroyed_at timestamptz,
      constraint person_keys_destroyed_in_part check ((wrapped is null) = (destroyed_at is not null))
    )`);
  await knex.raw('grant select, insert, update (wrapped, destroyed_at) on person_keys to public');
}

async function retention(knex: Knex): Promise<void> {
  await knex.raw(`
    create table retention_lists (
      id bigint generated always as identity primary key,
      decision_id bigint not null constraint retention_lists_decision_twice unique references decisions,
      class text not null check (class <> ''),
      made_on date not null,
      ended_before date not null,
      made_at timestamptz not null
    )`);
  await knex.raw(`
    create table retention_entries (
      list_id bigint not null references retention_lists,
      person_id bigint not null references persons,
      ended_on date not null,
      constraint retention_entries_twice primary key (list_id, person_id)
    )`);
  await knex.raw('grant select, insert on retention_lists, retention_entries to public');
}
