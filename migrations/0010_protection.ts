/** What the database itself guards: decisions once they are made, a chain of seals without gaps, one current key, codes that are no PESEL. */
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await decisions(knex);
  await decidedRuns(knex);
  await seals(knex);
  await keys(knex);
  await codes(knex);
}

/** The owner of the table could switch a trigger off, so nothing is won by holding it against him; the demo dates its past back. */
const OWNER = `pg_has_role((select relowner from pg_class where oid = tg_relid), 'usage')`;

/** Names are looked up among the real tables alone: nobody puts a temporary one in front of them. */
const FUNCTION = 'returns trigger language plpgsql set search_path = public, pg_temp';

function refusal(constraint: string, table: string, words: string): string {
  return `raise exception '${words}' using errcode = 'check_violation', constraint = '${constraint}', table = '${table}';`;
}

async function decisions(knex: Knex): Promise<void> {
  await knex.raw('alter table decision_hands add constraint decision_hands_of_part unique (decision_id, actor, part)');
  await knex.raw(`
    alter table decisions
      add column decided_by text,
      add column decided_part text generated always as (case when decided_by is not null then 'decided' end) stored`);
  await knex.raw(`update decisions d set decided_by = h.actor from decision_hands h where h.decision_id = d.id and h.part = 'decided' and d.decided_at is not null`);
  await knex.raw(`
    alter table decisions
      add constraint decisions_decided_by_nobody check ((state in ('approved', 'rejected')) = (decided_by is not null)) not valid,
      add constraint decisions_without_deciding_hand foreign key (id, decided_by, decided_part) references decision_hands (decision_id, actor, part)`);
  await knex.raw('revoke insert, update on decisions from public');
  await knex.raw('grant insert (kind, state, created_at), update (state, state_reason, decided_at, decided_by) on decisions to public');
  await knex.raw(`
    create function decisions_made_stay() ${FUNCTION} as $$
    begin
      if (new.state, new.state_reason, new.decided_by) is distinct from (old.state, old.state_reason, old.decided_by) or (new.decided_at is distinct from old.decided_at and not ${OWNER}) then
        ${refusal('decisions_made_anew', 'decisions', 'a decision that was made stays as it is')}
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger decisions_made_stay before update on decisions
      for each row when (old.state in ('approved', 'rejected', 'void')) execute function decisions_made_stay()`);
  await knex.raw('revoke update on operations from public');
  await knex.raw('grant update (state, finished_at, done, total, message, result, problem) on operations to public');
}

/** A run is drawn, left out of and summed up while it is a draft. */
async function decidedRuns(knex: Knex): Promise<void> {
  await knex.raw('revoke update on runs, run_omissions from public');
  await knex.raw('grant update (window_from, known_at, leases, summary) on runs to public');
  await knex.raw('grant update (withdrawn_at, withdrawn_by) on run_omissions to public');
  const guards: readonly (readonly [table: string, run: string, events: string])[] = [
    ['runs', 'old.id', 'update'], ['run_omissions', 'new.run_id', 'insert or update'], ['run_drafts', 'old.run_id', 'delete'],
  ];
  for (const [table, run, events] of guards) {
    await knex.raw(`
      create function ${table}_decided_stay() ${FUNCTION} as $$
      begin
        if exists (select 1 from runs r join decisions d on d.id = r.decision_id where r.id = ${run} and d.state not in ('drafting', 'draft')) and not ${OWNER} then
          ${refusal(`${table}_decided`, table, 'a run that was decided stays as it is')}
        end if;
        return ${events === 'delete' ? 'old' : 'new'};
      end $$`);
    await knex.raw(`create trigger ${table}_decided_stay before ${events} on ${table} for each row execute function ${table}_decided_stay()`);
  }
}

/** Each seal follows the one before: a far place would make everything between look taken away. */
async function seals(knex: Knex): Promise<void> {
  await knex.raw(`
    create function audit_seals_follow() ${FUNCTION} as $$
    declare
      first bigint;
      last bigint;
      many bigint;
      before bigint;
    begin
      select min(place), max(place), count(*) into first, last, many from fresh;
      if many = 0 then return null; end if;
      select greatest((select max(place) from audit_seals where place < first), (select max(place) from audit_checkpoints), 0) into before;
      if first <> before + 1 or last - first + 1 <> many then
        ${refusal('audit_seals_gap', 'audit_seals', 'a seal follows the one before')}
      end if;
      if exists (select 1 from fresh f where not exists (select 1 from audit_events e where e.id = f.event_id and e.written_in = f.written_in)) then
        ${refusal('audit_seals_of_nothing', 'audit_seals', 'a seal is of an event')}
      end if;
      return null;
    end $$`);
  await knex.raw('create trigger audit_seals_follow after insert on audit_seals referencing new table as fresh for each statement execute function audit_seals_follow()');
  // By what a told head is found among the links.
  await knex.raw('create index audit_seals_by_hash on audit_seals using hash (hash)');
}

/** Keys that were ever the first of a keyring, by a keyed hash of their own; the last is the current one. */
async function keys(knex: Knex): Promise<void> {
  await knex.raw(`
    create table secret_keys (
      place bigint generated always as identity primary key,
      fingerprint bytea not null constraint secret_keys_twice unique check (octet_length(fingerprint) = 32),
      name text not null check (name <> ''),
      since timestamptz not null
    )`);
  await knex.raw('grant select, insert (fingerprint, name, since) on secret_keys to public');
}

/** Codes and numbers stand in addresses and outlive an erasure. Those of before stay. */
async function codes(knex: Knex): Promise<void> {
  await knex.raw(`alter table persons add constraint persons_code_like_pesel check (code !~ '^\\d{11}$') not valid`);
  await knex.raw(`alter table leases add constraint leases_number_like_pesel check (number !~ '^\\d{11}$') not valid`);
}
