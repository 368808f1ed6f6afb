/** `strony` and `wstrzymania`: who the parties of a lease are, and leases that runs leave alone. */
import { scopeBindings } from '../../platform/access/scope.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { SPAN_SQL, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import type { Placed } from '../../platform/exchange/facts-sheet.ts';
import { factSheet } from '../../platform/exchange/facts-sheet.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Exchange } from '../../platform/exchange/types.ts';
import { ensurePersons } from '../../persons/known.ts';
import { likePesel } from '../../persons/rules.ts';
import { PERSONS } from '../../persons/sql.ts';
import { code, option, optional, sheet, text, type RowOf } from '../../platform/tabular/index.ts';
import { leasesFor } from '../sql.ts';
import { leaseNumber, leasesByNumber } from './codes.ts';
import { LEASE_HOLDS, LEASE_PARTIES } from './tables.ts';

const partySheet = sheet({
  name: 'strony',
  title: 'Strony umów',
  columns: {
    lease: leaseNumber(),
    person: code('kod_osoby', { help: 'Kod osoby, ten sam we wszystkich jej umowach; nie PESEL.', example: 'O-000123' }),
    name: optional(text('nazwa', { help: 'Imię i nazwisko albo nazwa; konieczna tylko przy nowej osobie.', example: 'Jan Przykładowy' })),
    role: option('rola', { help: 'Rola osoby w umowie.', example: 'najemca', words: { najemca: 'tenant', współnajemca: 'co_tenant', 'zajmuje bez tytułu': 'occupant' } }),
    ...spanColumns(),
  },
});

type PartyRow = RowOf<typeof partySheet>;

export const parties: Exchange<PartyRow> = factSheet<PartyRow>({
  sheet: partySheet,
  samples: [
    { lease: 'ZBK/2020/00012', person: 'O-000123', name: 'Jan Przykładowy', role: 'tenant', from: parsePlainDate('2020-03-01'), until: null },
    { lease: 'ZBK/2020/00012', person: 'O-000124', name: 'Maria Przykładowa', role: 'co_tenant', from: parsePlainDate('2022-09-01'), until: null },
    { lease: 'ZBK/2022/00007', person: 'O-000125', name: 'Adam Wzorcowy', role: 'tenant', from: parsePlainDate('2022-06-01'), until: null },
  ],
  cluster: (row) => row.lease,
  about: ({ person }) => [person],
  async place(trx, rows) {
    const leases = await leasesByNumber(trx, rows.map(({ lease }) => lease));
    const persons = await ensurePersons(trx, rows.filter(({ lease, person }) => leases.has(lease) && !likePesel(person)));
    return ({ lease, person, name, role }): Placed => {
      const leaseId = leases.get(lease)?.id;
      if (leaseId === undefined) return { reasons: [reason('numer_umowy', 'lease_unknown', { lease })] };
      const known = persons.get(person);
      if (known === undefined) return { reasons: [likePesel(person) ? reason('kod_osoby', 'code_like_pesel') : reason('nazwa', 'person_nameless', { person })] };
      if (name !== null && known.name !== name) return { reasons: [reason('nazwa', 'person_otherwise', { person })] };
      return { table: LEASE_PARTIES, key: { lease_id: leaseId, person_id: known.id }, value: { role } };
    };
  },
  read: (trx, _setting, scope) =>
    cursorRows<PartyRow>(
      trx,
      `select l.number as lease, p.code as person, p.name, f.role, ${SPAN_SQL}
       from lease_parties f join ${leasesFor(scope)} on l.id = f.lease_id join ${PERSONS} on p.id = f.person_id
       where upper_inf(f.recorded) order by l.number collate "C", p.code collate "C", lower(f.valid)`,
      scopeBindings(scope),
    ),
});

const holdSheet = sheet({
  name: 'wstrzymania',
  title: 'Wstrzymania przeliczeń',
  columns: {
    lease: leaseNumber(),
    why: text('przyczyna', { help: 'Dlaczego przeliczenia pomijają umowę.', example: 'Spór sądowy o wysokość czynszu', maxLength: 500 }),
    ...spanColumns(),
  },
});

type HoldRow = RowOf<typeof holdSheet>;

export const holds: Exchange<HoldRow> = factSheet<HoldRow>({
  sheet: holdSheet,
  samples: [{ lease: 'ZBK/2022/00007', why: 'Spór sądowy o wysokość czynszu', from: parsePlainDate('2025-02-01'), until: parsePlainDate('2025-08-31') }],
  cluster: (row) => row.lease,
  async place(trx, rows) {
    const leases = await leasesByNumber(trx, rows.map(({ lease }) => lease));
    return ({ lease, why }) => {
      const id = leases.get(lease)?.id;
      if (id === undefined) return { reasons: [reason('numer_umowy', 'lease_unknown', { lease })] };
      return { table: LEASE_HOLDS, key: { lease_id: id }, value: { reason: why } };
    };
  },
  read: (trx, _setting, scope) =>
    cursorRows<HoldRow>(
      trx,
      `select l.number as lease, f.reason as why, ${SPAN_SQL} from lease_holds f join ${leasesFor(scope)} on l.id = f.lease_id
       where upper_inf(f.recorded) order by l.number collate "C", lower(f.valid)`,
      scopeBindings(scope),
    ),
});
