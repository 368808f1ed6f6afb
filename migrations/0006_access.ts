/** Who signs in: users as their providers name them, sessions, personal tokens for the terminal, one-time codes from letters. */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id bigint generated always as identity primary key,
      kind text not null check (kind in ('staff', 'tenant')),
      issuer text not null,
      subject text not null,
      code text not null constraint users_code_twice unique check (code ~ '^[a-z0-9][a-z0-9._@:-]{1,99}$' and code <> 'system'),
      name text not null,
      person_id bigint references persons,
      roles text[] not null check (roles <@ array['clerk', 'supervisor', 'law_administrator', 'collections', 'auditor', 'tenant']),
      districts text[],
      signed_in_at timestamptz not null,
      blocked_at timestamptz,
      blocked_by text,
      block_reason text,
      constraint users_subject_twice unique (issuer, subject),
      constraint users_role_of_other_kind check ((kind = 'tenant') = ('tenant' = any (roles)) and (kind = 'staff' or roles = array['tenant'])),
      constraint users_person_of_staff check (kind = 'tenant' or person_id is null),
      constraint users_district_of_tenant check (kind = 'staff' or districts is null),
      constraint users_half_blocked check ((blocked_at is null) = (blocked_by is null))
    )`);
  await knex.raw('grant select, insert, update on users to public');
  // The table of connect-pg-simple.
  await knex.raw('create table sessions (sid text primary key, sess json not null, expire timestamptz not null)');
  await knex.raw('create index sessions_expire on sessions (expire)');
  await knex.raw('grant select, insert, update, delete on sessions to public');
  await knex.raw(`
    create table personal_tokens (
      id bigint generated always as identity primary key,
      user_id bigint not null references users,
      name text not null check (name <> ''),
      hash bytea not null constraint personal_tokens_twice unique check (octet_length(hash) = 32),
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      revoked_at timestamptz,
      constraint personal_tokens_ended_before_made check (expires_at > made_at)
    )`);
  await knex.raw('create index personal_tokens_user on personal_tokens (user_id)');
  await knex.raw('grant select, insert, update (used_at, revoked_at) on personal_tokens to public');
  await knex.raw(`
    create table letter_codes (
      id bigint generated always as identity primary key,
      person_id bigint not null references persons,
      hash bytea not null constraint letter_codes_twice unique check (octet_length(hash) = 32),
      made_at timestamptz not null,
      made_by text not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      used_by bigint references users,
      withdrawn_at timestamptz,
      constraint letter_codes_half_used check ((used_at is null) = (used_by is null))
    )`);
  // A person has one code that works: a new letter takes the place of the old one.
  await knex.raw('create unique index letter_codes_two_open on letter_codes (person_id) where used_at is null and withdrawn_at is null');
  await knex.raw('grant select, insert, update (used_at, used_by, withdrawn_at) on letter_codes to public');
  await knex.raw('create table letter_code_tries (user_id bigint not null references users, at timestamptz not null)');
  await knex.raw('create index letter_code_tries_user on letter_code_tries (user_id, at)');
  await knex.raw('grant select, insert, delete on letter_code_tries to public');
}
