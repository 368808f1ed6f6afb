import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** Tables whose rows are somebody's: of a building in a district, of a lease with its parties. */
const SCOPED = [
  'buildings', 'staircases', 'dwellings', 'building_details', 'dwelling_details', 'building_options', 'building_measures', 'staircase_options', 'staircase_measures',
  'dwelling_options', 'dwelling_measures', 'room_parts', 'building_traffic', 'dwelling_businesses', 'technical_findings', 'auxiliary_rooms', 'auxiliary_room_areas',
  'auxiliary_room_users', 'persons', 'leases', 'lease_terms', 'lease_bases', 'lease_rooms', 'lease_parties', 'lease_holds', 'rents', 'rent_periods', 'runs',
  'run_drafts', 'run_omissions', 'dwelling_places', 'lease_overviews',
];

/** Where a reader's scope is laid on them, and what may do without. A new name here needs a reason why nobody reads through it what is not his. */
const ALLOWED: Readonly<Record<string, string>> = {
  // The one place a slice: builders that take a scope.
  'stock/sql.ts': 'the builders themselves',
  'leases/sql.ts': 'the builders themselves',
  'rents/runs/visible.ts': 'the builders themselves',
  // Readers that begin with a builder and join what belongs to its rows.
  'stock/lists.ts': 'joins the details of dwellingsFor(scope); facts are read by the ids of a dwelling found in the scope',
  'stock/history.ts': 'joins everything recorded of a dwelling of dwellingsFor(scope)',
  'stock/auxiliary.ts': 'joins the areas and users of auxiliaryRoomsFor(scope)',
  'stock/target.ts': 'joins staircases to buildingsFor(scope); facts by the id of a subject found in the scope',
  'leases/of-person.ts': 'joins the parties of leasesFor(scope)',
  'leases/history.ts': 'what was recorded of a lease found through leasesFor(scope), by its id',
  'rents/history.ts': 'rents of a lease found in the scope, by its id',
  'rents/explain.ts': 'the rent of a lease found in the scope, by its id',
  'rents/auxiliary.ts': 'all users of a room found in the scope: each share depends on the others',
  'rents/runs/read.ts': 'counts what was left out of runsFor(scope) with the condition of the scope',
  'rents/runs/drafts.ts': 'joins drafts to leasesFor(scope)',
  'rents/runs/spread.ts': 'counts drafts with the condition of the scope',
  'rents/runs/resting.ts': 'reads statements of drafts with the condition of the scope, of a run found through runsFor(scope)',
  'rents/tariff-use.ts': 'counts rents and drafts with the condition of the scope',
  'rents/runs/compare.ts': 'drafts with the condition of the scope',
  'rents/runs/decide.ts': 'a run found in the scope, its leases through leasesFor(scope); approval freezes a whole run, which requireWhole let pass',
  'rents/runs/redraw.ts': 'the run through runsFor(scope), its leases through leasesFor(scope)',
  'rents/runs/store.ts': 'writes the runs; totals for a reader have the condition of the scope',
  // Set-based reads by ids that a scoped question gave.
  'stock/read.ts': 'by ids',
  'leases/read.ts': 'by ids',
  'rents/read.ts': 'by ids',
  // The engine draws what the kept scope of the run says, which startRun narrowed.
  'rents/runs/scope.ts': 'the leases of a run, narrowed to the districts it keeps',
  'rents/runs/commands.ts': 'states of the run itself, and the first day of any rent',
  'rents/runs/scope-check.ts': 'names of all districts, which are no secret',
  // Files: what is read for an export begins with a builder and joins what belongs to its rows.
  'leases/sheets/read-leases.ts': 'export: joins the dwelling of leasesFor(scope)',
  'leases/sheets/parties.ts': 'export: joins the parties and holds of leasesFor(scope)',
  'stock/sheets/observations.ts': 'export: joins what was observed of buildingsFor(scope), their staircases and dwellingsFor(scope)',
  'stock/sheets/surroundings.ts': 'export: joins traffic to buildingsFor(scope), businesses to dwellingsFor(scope)',
  'stock/sheets/technical.ts': 'export: joins the findings of buildingsFor(scope)',
  'rents/sheets/rents.ts': 'export: joins the rents of leasesFor(scope)',
  // The same, and an import enters what is new: where it may lie exchange/scope.ts judged before (foreignRows).
  'stock/sheets/buildings.ts': 'export: joins the details and staircases of buildingsFor(scope); import: enters buildings and staircases',
  'stock/sheets/dwellings.ts': 'export: joins the details and rooms of dwellingsFor(scope); import: enters dwellings',
  'stock/sheets/auxiliary.ts': 'export: joins the areas and users of auxiliaryRoomsFor(scope); import: enters rooms',
  'leases/sheets/leases.ts': 'import: enters leases of dwellings that were judged',
  // What an import looks up, by the codes in rows that were judged.
  'stock/sheets/codes.ts': 'import: ids by codes',
  'leases/sheets/codes.ts': 'import: ids by numbers',
  'leases/sheets/suspects.ts': 'import: leases of the dwellings that the rows name',
  'leases/sheets/clash.ts': 'import: the other lease of the dwelling that the row names',
  // Where what was judged is written, and tables that are nobody's.
  'platform/facts/write.ts': 'the fact writer: rows by the ids that its callers found',
  'platform/law/load.ts': 'tables of the law',
  'platform/law/store.ts': 'tables of the law',
  'stock/sheets/tables.ts': 'import: names of tables for the fact writer',
  'leases/sheets/tables.ts': 'import: names of tables for the fact writer',
  'rents/sheets/store.ts': 'import: rents of the leases that the rows name',
};

/** The persons' register is the whole city's: a person has leases in several districts, and permissions of its own guard it. */
const PERSONS = /^persons\/|^leases\/(?:person-export|retention|tenants)\.ts$/;
/** Writes a whole city as the owner of the database. */
const DEMO = /^demo\//;
/** Words for people, in which leases are spoken of. */
const TEXTS = /^web\/texts\//;

const names = SCOPED.join('|');
const NAMED = [
  // SQL: after a word that a table follows, or after a comma with an alias behind it.
  new RegExp(`\\b(?:from|join|into|update|using|table)\\s+(?:only\\s+)?(?:${names})\\b`, 'i'),
  new RegExp(`,\\s*(?:${names})\\s+(?:as\\s+)?[a-z]{1,2}\\b`, 'i'),
  // The query builder, and tables as the fact writer knows them.
  new RegExp(`(?:\\b(?:trx|db|knex)\\s*\\(\\s*|\\.(?:from|into|table)\\(\\s*|\\btable:\\s*)['"\`](?:${names})\\b`),
  // The beginning of a piece of SQL that is put together elsewhere, and a table whose name is put in.
  new RegExp(`['"\`](?:${names})\\s+[a-z]{1,2}(?=\\W)`),
  /\b(?:from|join|into|update)\s+\$\{(?:[^}]*\.)?table\}/,
  // Pieces of SQL without a scope.
  /\$\{(?:LEASES|DWELLINGS)\}|\bplacesAt\(|\bdwellingCodes\(/,
];

/** Whether the source names a scoped table; what comments say does not count. */
function namesScopedTable(source: string): boolean {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
  return NAMED.some((named) => named.test(code));
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const full = path.join(folder, name);
    return statSync(full).isDirectory() ? files(full) : /\.tsx?$/.test(name) ? [full] : [];
  });
}

const naming = files(SRC)
  .filter((file) => namesScopedTable(readFileSync(file, 'utf8')))
  .map((file) => path.relative(SRC, file).replaceAll(path.sep, '/'))
  .filter((file) => !PERSONS.test(file) && !DEMO.test(file) && !TEXTS.test(file));

describe('the scope of a reader', () => {
  it('is laid on the tables in few places: nobody else names them', () => {
    expect(naming.filter((file) => !Object.hasOwn(ALLOWED, file))).toEqual([]);
  });

  it('has no place in its list that no longer needs to be there', () => {
    expect(Object.keys(ALLOWED).filter((file) => !naming.includes(file))).toEqual([]);
  });

  it.each([
    'rows(db, `select d.code from dwellings d`)',
    'rows(db, `select 1\n  from x\n  join lease_parties p on true`)',
    'rows(db, "select * from x, leases l where x.id = l.id")',
    "await trx('run_drafts').where({ run_id: run })",
    "db.from('rent_periods')",
    "await writeFacts(trx, stamp, { table: 'building_details', key, value }, [])",
    'rows(db, `select l.number from ${LEASES} where true`)',
    'rows(db, `select 1 from ${placesAt(day, null)} p`)',
    'rows(db, `delete from room_parts where true`)',
    "const JOIN = 'staircases s on s.id = f.staircase_id';",
    'rows(db, `select f.option from ${OBSERVED.dwelling.option.table} f`)',
  ])('would miss no %s', (snippet) => {
    expect(namesScopedTable(snippet)).toBe(true);
  });

  it.each([
    'rows(db, `select d.code from ${dwellingsFor(scope)}`)',
    '/** Rents from runs. */ const a = 1; // told from leases',
    "const kinds = ['leases', 'runs'];",
    "import { leases } from './leases.ts';",
  ])('would not mind %s', (snippet) => {
    expect(namesScopedTable(snippet)).toBe(false);
  });
});
