/** `osoby`: who the parties of leases are, with their PESELs. For persons that another register knows, by its codes. */
import { districtNames, scopeOf } from '../../platform/access/scope.ts';
import type { Transaction } from '../../platform/database/connect.ts';
import { row } from '../../platform/database/connect.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Applied, Exchange, ImportRow, Remark, Setting } from '../../platform/exchange/types.ts';
import type { WriteCounts } from '../../platform/facts/plan.ts';
import type { Stamp } from '../../platform/facts/stamp.ts';
import { peselOf } from '../rules.ts';
import { NOT_ERASED } from '../sql.ts';
import type { PersonRow } from '../store.ts';
import { PERSON_COLUMNS, identityOf } from '../store.ts';
import type { PersonsSeen } from '../visible.ts';
import { personSheet, type PersonSheetRow } from './columns.ts';
import type { Sorted } from './pesels.ts';
import { sortByPesel } from './pesels.ts';
import type { KnownPlan, Plan } from './plan.ts';
import { fillsIn, isUnchanged, planRow } from './plan.ts';
import { holdersOf, insertPersons, lockPersons, notePersons, releasePesels, updatePersons } from './store.ts';

const WITHOUT_IDENTITY = { pesel: null, withoutPesel: null, document: null, born: null } as const;
const somebody = (day: string, serial: number): string => peselOf(parsePlainDate(day), serial);

const SAMPLES: readonly PersonSheetRow[] = [
  { ...WITHOUT_IDENTITY, person: 'O-000123', name: 'Jan Przykładowy', pesel: somebody('1961-07-14', 137) },
  { ...WITHOUT_IDENTITY, person: 'O-000124', name: 'Maria Przykładowa', pesel: somebody('2001-02-03', 248) },
  { ...WITHOUT_IDENTITY, person: 'O-000125', name: 'Adam Wzorcowy', withoutPesel: 'foreigner', document: 'FE 123456', born: parsePlainDate('1985-03-04') },
  { ...WITHOUT_IDENTITY, person: 'O-000126', name: 'Stowarzyszenie „Wzór”', withoutPesel: 'organisation' },
];

/** `seen` = which persons a reader sees: others are neither written nor read. */
export function persons(seen: PersonsSeen): Exchange<PersonSheetRow> {
  const where = ({ by }: Setting): { sql: string; values: Readonly<Record<string, string | string[] | null>> } => {
    const condition = seen(by);
    return { sql: `${NOT_ERASED}${condition === null ? '' : ` and ${condition.sql}`}`, values: condition?.values ?? {} };
  };
  return {
    sheet: personSheet,
    samples: SAMPLES,
    guard: {
      toImport: 'person.write',
      toExport: 'pesel.read',
      exported: 'person.pesel_export',
      async count(trx, setting) {
        const { sql, values } = where(setting);
        return (await row<{ count: number }>(trx, `select count(*)::int as count from persons p where ${sql}`, values)).count;
      },
    },
    span: () => null,
    cluster: ({ person }) => person,
    key: ({ person }) => person,
    check: (given) => ({ row: given }),
    apply: (trx, stamp, given, setting) => applyPersons(trx, stamp, given, setting, seen),
    // The number was given to somebody else while the import ran.
    clash: (_trx, _row, constraint) => Promise.resolve(constraint === 'persons_pesel_twice' ? reason('pesel', 'written_meanwhile') : null),
    async *read(trx, setting) {
      const { sql, values } = where(setting);
      for await (const person of cursorRows<PersonRow>(trx, `select ${PERSON_COLUMNS} from persons p where ${sql} order by p.code collate "C"`, values)) {
        const { pesel, withoutPesel, document, born } = identityOf(setting.by.secrets, person);
        if (withoutPesel === 'erased') continue;
        yield { person: person.code, name: person.name, pesel, withoutPesel, document, born: pesel === null ? born : null };
      }
    },
  };
}

async function applyPersons(trx: Transaction, stamp: Stamp, given: readonly ImportRow<PersonSheetRow>[], setting: Setting, seen: PersonsSeen): Promise<Applied> {
  const { secrets, clock } = setting.by;
  const condition = seen(setting.by);
  const outside = reason('kod_osoby', 'outside_districts', { districts: districtNames(scopeOf(setting.by)) });
  const stored = await lockPersons(trx, secrets, condition, given.map(({ value }) => value.person));
  const planned = given.map((one) => planRow(one, stored.get(one.value.person), clock.today(), outside));
  const plans = planned.filter((one): one is Plan => !('reasons' in one));
  const sorted = sortByPesel(plans, await holdersOf(trx, secrets, condition, plans.flatMap(newPesel)));
  const written = await writePlans(trx, stamp, setting, sorted);
  return {
    counts: written.counts,
    refused: [
      ...planned.flatMap((one): Remark[] => ('reasons' in one ? [one] : [])),
      ...[...sorted.refused].map(([line, why]): Remark => ({ line, reasons: [why] })),
      ...written.late.map(({ line }): Remark => ({ line, reasons: [reason('kod_osoby', 'written_meanwhile')] })),
    ],
    warnings: [],
  };
}

/** The number that the person does not have yet. */
function newPesel({ before, after }: Plan): string[] {
  return after.pesel === null || after.pesel === before?.pesel ? [] : [after.pesel];
}

/** Writes and notes what changes. `late`: whose code somebody else took meanwhile. */
async function writePlans(trx: Transaction, stamp: Stamp, setting: Setting, { accepted, released }: Sorted): Promise<{ counts: WriteCounts; late: readonly Plan[] }> {
  const { secrets } = setting.by;
  const changed = accepted.filter((plan) => !isUnchanged(plan));
  const known = changed.filter((plan): plan is KnownPlan => plan.id !== null);
  const fresh = changed.filter(({ id }) => id === null);
  await releasePesels(trx, released);
  await updatePersons(trx, secrets, known);
  const ids = await insertPersons(trx, secrets, fresh);
  const added = fresh.map((plan) => ({ ...plan, id: ids.get(plan.code) ?? null })).filter((plan): plan is KnownPlan => plan.id !== null);
  await notePersons(trx, setting, stamp.changeId, [...known, ...added]);
  const filled = known.filter(fillsIn).length;
  const counts = { added: added.length, changed: filled, corrected: known.length - filled, unchanged: accepted.length - changed.length };
  return { counts, late: fresh.filter(({ code }) => !ids.has(code)) };
}
