/** The table of scenarios. */
import type { Queryable, Transaction } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { DomainError } from '../platform/errors.ts';
import type { ScenarioChanges } from './changes.ts';
import { scenarioChanges } from './changes.ts';

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly day: PlainDate;
  /** Tariff of the side compared with; null = the one in force on the day. */
  readonly tariff: string | null;
  readonly changes: ScenarioChanges;
  readonly note: string | null;
  readonly madeBy: string;
  readonly changedAt: string;
}

const COLUMNS = 'id, name, day, tariff, changes, note, made_by as "madeBy", changed_at as "changedAt"';

const read = (scenario: Scenario): Scenario => ({ ...scenario, changes: scenarioChanges.parse(scenario.changes) });

/** All that were not withdrawn, the latest first. */
export async function listScenarios(db: Queryable): Promise<Scenario[]> {
  const found = await rows<Scenario>(db, `select ${COLUMNS} from scenarios where withdrawn_at is null order by changed_at desc, id desc limit 500`);
  return found.map(read);
}

/** @throws DomainError `scenario_unknown_id` */
export async function findScenario(db: Queryable, id: string): Promise<Scenario> {
  const [found] = /^\d{1,18}$/.test(id) ? await rows<Scenario>(db, `select ${COLUMNS} from scenarios where id = ? and withdrawn_at is null`, [id]) : [];
  if (!found) throw new DomainError('not found', 'scenario_unknown_id', { scenario: id });
  return read(found);
}

/** The scenario, locked until the end of the transaction. @throws DomainError `scenario_unknown_id` */
export async function lockScenario(trx: Transaction, id: string): Promise<Scenario> {
  await trx.raw('select 1 from scenarios where id = ? for update', [id]);
  return findScenario(trx, id);
}

export type ScenarioRow = Pick<Scenario, 'name' | 'day' | 'tariff' | 'changes' | 'note'>;

export async function insertScenario(trx: Transaction, { changes, ...row }: ScenarioRow, madeBy: string, at: Instant): Promise<string> {
  const [made] = await trx('scenarios').insert({ ...row, changes: JSON.stringify(changes), made_by: madeBy, made_at: at, changed_at: at }).returning<{ id: string }[]>('id');
  if (!made) throw new Error('no scenario came back');
  return made.id;
}

export async function updateScenario(trx: Transaction, id: string, { changes, ...row }: ScenarioRow, at: Instant): Promise<void> {
  await trx('scenarios').where({ id }).update({ ...row, changes: JSON.stringify(changes), changed_at: at });
}

export async function withdrawScenario(trx: Transaction, id: string, at: Instant): Promise<void> {
  await trx('scenarios').where({ id }).update({ withdrawn_at: at, changed_at: at });
}
