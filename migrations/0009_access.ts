/**
 * Sign-in without what leads back to people: tenants by a keyed hash of what their provider calls them, sessions without the provider's
 * token. And the mark of a database that is worked with in earnest.
 */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // The old ones hold the ID token, which names people: whoever is signed in signs in once more.
  await knex.raw('delete from sessions');
  await knex.raw(`
    alter table users
      alter column subject drop not null,
      add column subject_hash bytea check (octet_length(subject_hash) = 32),
      add column subject_sealed text,
      add column vouched_sealed text,
      add constraint users_subject_hash_twice unique (issuer, subject_hash),
      add constraint users_half_hashed_subject check ((subject_hash is null) = (subject_sealed is null)),
      add constraint users_vouched_of_staff check (kind = 'tenant' or vouched_sealed is null)`);
  await knex.raw(`update users set subject = null where kind = 'tenant' and person_id in (select id from persons where erased_at is not null)`);
  // Tenants of before stand open until the start, which has the keys, has hashed them; nothing new may. Both are null once a tenant is forgotten.
  await knex.raw(`
    alter table users add constraint users_open_subject_of_tenant
      check (case kind when 'staff' then subject is not null and subject_hash is null else subject is null end) not valid`);
  // Only the owner writes it, at a start beside a real provider: the application cannot take it back.
  await knex.raw(`
    create table real_use (
      one boolean primary key default true constraint real_use_twice check (one),
      since timestamptz not null
    )`);
  await knex.raw('grant select on real_use to public');
}
