import type { Knex } from 'knex';
import { LAW_TIMES, noOverlap } from './two_times.ts';

/** What every slice stands on: changes, operations, audit, decisions, law. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create extension if not exists btree_gist');
  await knex.raw(`
    create table changes (
      id bigint generated always as identity primary key,
      recorded_at timestamptz not null,
      actor text not null check (actor <> ''),
      kind text not null,
      reason text not null check (reason <> '')
    )`);
  await knex.raw('create index changes_recorded_at on changes (recorded_at)');
  // Instants that were fixed for good: what was known at one of them never changes, so every later change is stamped after it.
  await knex.raw('create table fixed_instants (at timestamptz primary key, purpose text not null)');
  await knex.raw(`
    create table operations (
      id bigint generated always as identity primary key,
      kind text not null,
      state text not null check (state in ('running', 'done', 'failed', 'void')),
      actor text not null,
      started_at timestamptz not null,
      finished_at timestamptz,
      done bigint not null default 0,
      total bigint,
      message text,
      result json,
      problem json,
      constraint operations_finished check ((state = 'running') = (finished_at is null))
    )`);
  await knex.raw(`
    create table audit_events (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor text not null,
      event text not null,
      request_id text,
      targets json not null,
      details json not null
    )`);
  await knex.raw(`
    create table decisions (
      id bigint generated always as identity primary key,
      kind text not null,
      state text not null check (state in ('drafting', 'draft', 'approved', 'rejected', 'void')),
      state_reason text,
      created_at timestamptz not null,
      decided_at timestamptz,
      constraint decisions_decided check ((state in ('approved', 'rejected')) = (decided_at is not null))
    )`);
  // One row a person: whoever prepared cannot approve, because a person has one part in a decision; and one person decides.
  await knex.raw(`
    create table decision_hands (
      decision_id bigint not null references decisions,
      actor text not null,
      part text not null check (part in ('prepared', 'decided')),
      at timestamptz not null,
      constraint decision_hands_two_parts primary key (decision_id, actor)
    )`);
  await knex.raw(`create unique index decision_hands_two_decide on decision_hands (decision_id) where part = 'decided'`);
  await lawTables(knex);
  await knex.raw('grant select, insert on changes, audit_events, fixed_instants to public');
  await knex.raw('grant select, insert, update on operations, decisions to public');
  await knex.raw('grant select, insert on decision_hands to public');
}

async function lawTables(knex: Knex): Promise<void> {
  await knex.raw(`create table law_references (code text primary key, title text not null, place text, address text)`);
  const tables: Record<string, { key: string[]; columns: string }> = {
    law_slots: {
      key: ['slot'],
      columns: `slot text not null, subject text not null check (subject in ('building', 'staircase', 'dwelling')),
        shape text not null check (shape in ('option', 'measure')), options json not null, option_names json not null,
        unit text, min numeric, max numeric, unrecorded text not null, name text not null, position integer not null`,
    },
    law_groups: {
      key: ['grp'],
      columns: `grp text not null, cardinality text not null check (cardinality in ('exactly one', 'at most one', 'each or not')),
        over text not null check (over in ('slots', 'traffic', 'business', 'technical')),
        choose text check (choose = 'least'), position integer not null, name text not null`,
    },
    law_items: {
      key: ['item'],
      columns: `item text not null, grp text not null, value numeric not null, unit text not null check (unit in ('pkt', '%')),
        conditions json not null, text text not null, position integer not null`,
    },
    law_zones: { key: ['zone'], columns: 'zone text not null, name text not null, precedence integer not null, boundary text not null' },
    law_traffic: { key: ['band', 'street', 'segment'], columns: 'band text not null, street text not null, segment text not null' },
    law_parameters: { key: ['key'], columns: 'key text not null, value json not null, unit text not null, rule text not null, name text not null' },
    law_holidays: {
      key: ['name'],
      columns: `name text not null, fixed text check (fixed ~ '^\\d\\d-\\d\\d$'), easter integer, weekday integer,
        check (num_nonnulls(fixed, easter, weekday) = 1)`,
    },
  };
  for (const [table, { key, columns }] of Object.entries(tables)) {
    await knex.raw(`create table ${table} (id bigint generated always as identity primary key, ${columns}, ${LAW_TIMES})`);
    await knex.raw(noOverlap(table, key));
    await knex.raw(`grant select, insert on ${table} to public`);
    await knex.raw(`grant update (recorded) on ${table} to public`);
  }
  await knex.raw('grant select, insert on law_references to public');
}
