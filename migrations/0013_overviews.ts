import type { Knex } from 'knex';

/**
 * What the lists of the city are read from: a row a dwelling and a row a lease for every stretch of days on which they look the same,
 * as known now. Nobody writes them: whatever is recorded about the stock or a lease lays them anew in the same transaction.
 */
export async function up(knex: Knex): Promise<void> {
  await tables(knex);
  await places(knex);
  await leases(knex);
  for (const [table, dwellings] of WATCHED) await watch(knex, table, dwellings);
  await knex.raw('select refresh_overviews(array(select id from dwellings))');
  await knex.raw('analyze dwelling_places, lease_overviews');
  // Asked for by every page that computes: whether the law is still the one that was read.
  await knex.raw(`create index changes_of_law on changes (id) where kind = 'law'`);
}

/** What is recorded, and of which dwellings its rows (`fresh`) tell. */
const WATCHED: readonly (readonly [table: string, dwellings: string])[] = [
  ['dwellings', 'select id from fresh'],
  ['dwelling_details', 'select dwelling_id from fresh'],
  ['building_details', 'select d.id from dwellings d where d.building_id in (select building_id from fresh)'],
  ['lease_terms', 'select dwelling_id from fresh'],
  ['lease_bases', 'select l.dwelling_id from leases l where l.id in (select lease_id from fresh)'],
];

/** The owner's hands, whoever records; names are looked up among the real tables alone. */
const AS_OWNER = 'language plpgsql security definer set search_path = public, pg_temp';

const PLACE = 'street text, building_number text, building_order integer, number text, number_order integer, district text';
const PLACE_ORDER = 'street collate "pl-x-icu", building_order, building_number collate "pl-x-icu", number_order, number collate "pl-x-icu"';

/** From each day on which something turns (`turns`: id, day) until the next. */
const STRETCHES = `stretches as (
          select id, day as since, coalesce(lead(day) over (partition by id order by day), 'infinity') as until from turns
        )`;

async function tables(knex: Knex): Promise<void> {
  const days = `since date not null, until date not null, constraint %_no_days check (since < until)`;
  await knex.raw(`
    create table dwelling_places (
      dwelling_id bigint not null references dwellings, dwelling text not null, building text not null, staircase text, ${PLACE}, postcode text, shared boolean, holder text,
      ${days.replace('%', 'dwelling_places')}, constraint dwelling_places_twice primary key (dwelling_id, since)
    )`);
  await knex.raw(`
    create table lease_overviews (
      lease_id bigint not null references leases, dwelling_id bigint not null references dwellings, lease text not null, dwelling text not null, kind text not null, covers text not null,
      basis text, starts date not null, ends date, ${PLACE}, ${days.replace('%', 'lease_overviews')}, constraint lease_overviews_twice primary key (lease_id, since)
    )`);
  for (const [table, key, own] of [['dwelling_places', 'dwelling_id', 'dwelling'], ['lease_overviews', 'lease_id', 'lease']]) {
    await knex.raw(`create index ${table}_place on ${table} (${PLACE_ORDER}, ${key})`);
    await knex.raw(`create index ${table}_district on ${table} (district collate "pl-x-icu", ${PLACE_ORDER}, ${key})`);
    await knex.raw(`create index ${table}_code on ${table} (${own}, ${key})`);
    await knex.raw(`grant select on ${table} to public`);
  }
  // Counts are taken from these alone, those of a kind, a basis or a district too.
  await knex.raw('create index dwelling_places_days on dwelling_places (until, since) include (district)');
  await knex.raw('create index lease_overviews_days on lease_overviews (until, since) include (kind, basis, district)');
  await knex.raw('create index lease_overviews_dwelling on lease_overviews (dwelling_id)');
}

/** A dwelling is on the list for all days, its place only for those for which one is recorded. */
async function places(knex: Knex): Promise<void> {
  await knex.raw(`
    create function refresh_dwelling_places(touched bigint[]) returns void ${AS_OWNER} as $$
    begin
      delete from dwelling_places where dwelling_id = any(touched);
      insert into dwelling_places
        with seen as (
          select dd.dwelling_id as id, dd.valid from dwelling_details dd where dd.dwelling_id = any(touched) and upper_inf(dd.recorded)
          union all
          select d.id, bd.valid from dwellings d join building_details bd on bd.building_id = d.building_id where d.id = any(touched) and upper_inf(bd.recorded)
        ), turns as (
          select unnest(touched) as id, '-infinity'::date as day union select id, lower(valid) from seen union select id, upper(valid) from seen where not upper_inf(valid)
        ), ${STRETCHES}
        select d.id, d.code, b.code, s.code, bd.street, bd.number, bd.number_order, dd.number, dd.number_order, bd.district, bd.postcode, dd.shared, dd.holder, t.since, t.until
        from stretches t join dwellings d on d.id = t.id join buildings b on b.id = d.building_id
        left join building_details bd on bd.building_id = d.building_id and bd.valid @> t.since and upper_inf(bd.recorded)
        left join dwelling_details dd on dd.dwelling_id = d.id and dd.valid @> t.since and upper_inf(dd.recorded)
        left join staircases s on s.id = dd.staircase_id;
    end $$`);
}

/** A lease is on the list for the days of its terms. */
async function leases(knex: Knex): Promise<void> {
  await knex.raw(`
    create function refresh_lease_overviews(touched bigint[]) returns void ${AS_OWNER} as $$
    begin
      delete from lease_overviews where dwelling_id = any(touched);
      insert into lease_overviews
        with held as (
          select t.lease_id as id, t.dwelling_id, t.valid from lease_terms t where t.dwelling_id = any(touched) and upper_inf(t.recorded)
        ), turns as (
          select id, lower(valid) as day from held union select id, upper(valid) from held where not upper_inf(valid)
          union select b.lease_id, lower(b.valid) from lease_bases b where b.lease_id in (select id from held) and upper_inf(b.recorded)
          union select b.lease_id, upper(b.valid) from lease_bases b where b.lease_id in (select id from held) and upper_inf(b.recorded) and not upper_inf(b.valid)
          union select h.id, p.since from held h join dwelling_places p on p.dwelling_id = h.dwelling_id where isfinite(p.since)
        ), ${STRETCHES}
        select l.id, l.dwelling_id, l.number, p.dwelling, t.kind, t.covers, b.basis, lower(t.valid), upper(t.valid), p.street, p.building_number, p.building_order, p.number, p.number_order, p.district, s.since, s.until
        from stretches s join leases l on l.id = s.id
        join lease_terms t on t.lease_id = l.id and t.valid @> s.since and upper_inf(t.recorded)
        join dwelling_places p on p.dwelling_id = l.dwelling_id and p.since <= s.since and s.since < p.until
        left join lease_bases b on b.lease_id = l.id and b.valid @> s.since and upper_inf(b.recorded);
    end $$`);
  await knex.raw(`
    create function refresh_overviews(touched bigint[]) returns void ${AS_OWNER} as $$
    begin
      -- Who records about the same dwelling waits here for whoever came first, and then reads what that one has written.
      perform 1 from dwellings d where d.id = any(touched) order by d.id for no key update;
      perform refresh_dwelling_places(touched);
      perform refresh_lease_overviews(touched);
    end $$`);
}

async function watch(knex: Knex, table: string, dwellings: string): Promise<void> {
  await knex.raw(`
    create function ${table}_shown() returns trigger ${AS_OWNER} as $$
    begin
      perform refresh_overviews(array(select distinct z.id from (${dwellings}) z (id)));
      return null;
    end $$`);
  for (const [event, rows] of [['insert', 'new'], ['update', 'new'], ['delete', 'old']]) {
    await knex.raw(`create trigger ${table}_shown_after_${event} after ${event} on ${table} referencing ${rows} table as fresh for each statement execute function ${table}_shown()`);
  }
}
