/** Codes that exist, by the name of the field that takes them. */
import { SHEETS } from '../../src/exchange/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { rows } from '../../src/platform/database/connect.ts';
import { describeSheet } from '../../src/platform/tabular/index.ts';

export type Known = ReadonlyMap<string, readonly string[]>;

export async function knownOf(db: Database): Promise<Known> {
  const known = new Map<string, readonly string[]>();
  const column = async (sql: string): Promise<string[]> => (await rows<{ code: string }>(db, sql)).map(({ code }) => code);
  const leases = await column('select number as code from leases order by id limit 30');
  const dwellings = await column('select code from dwellings order by id limit 30');
  const buildings = await column('select code from buildings order by id limit 10');
  const slots = await column('select distinct slot as code from law_slots');
  const options = await column('select distinct json_array_elements_text(options) as code from law_slots');
  const rooms = await column('select code from auxiliary_rooms order by id limit 5');
  const districts = await column('select distinct district as code from building_details');
  known.set('lease', leases).set('leases', leases).set('dwelling', dwellings).set('building', buildings).set('slot', slots).set('value', [...options, '1', '12.5']);
  known.set('subject', [...dwellings, ...buildings]).set('room', rooms).set('district', districts).set('code', ['B', 'L']).set('number', ['ZBK', 'NS']);
  const facts = await column(`select distinct json_build_object('slot', s.slot, 'value', coalesce(s.options->>0, s.min::text), 'reason', 'Wizja lokalna.', 'subject',
    case s.subject when 'building' then (select min(code) from buildings) when 'dwelling' then (select min(code) from dwellings)
      else (select min(b.code || '/' || c.code) from staircases c join buildings b on b.id = c.building_id) end)::text as code from law_slots s`);
  known.set('facts', facts);
  const sheets = SHEETS.map(({ sheet }) => describeSheet(sheet));
  known.set('files', sheets.map(({ columns }) => `${columns.map(({ name }) => name).join(';')}\n${columns.map(({ example }) => example).join(';')}\n`));
  known.set('sheet', sheets.map(({ name }) => name)).set('name', ['plik.csv', ...sheets.map(({ name }) => `${name}.csv`)]).set('reason', ['Inwentaryzacja 2026']);
  for (const [field, values] of [['run', ['1', '2', '3', '4']], ['with', ['1', '2', '3']], ['operation', ['1', '2', '3']], ['tariff', ['krk-2025', 'krk-2027-projekt']]] as const) known.set(field, values);
  const persons = await column('select code from persons order by id limit 30');
  // Blocking those who ask would leave nothing to ask.
  known.set('person', persons).set('user', ['nie.ma.takiego']).set('token', ['1', '2']).set('event', ['1', '2', '100']).set('actor', ['anna.referent', 'system']);
  known.set('pesel', ['44051401359', '02070803628']).set('permission', ['run.approve']);
  return known;
}
