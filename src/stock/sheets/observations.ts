/** `ustalenia`: what was observed about a building, a staircase or a dwelling, in the slots of the law. */
import type { Scope } from '../../platform/access/scope.ts';
import { scopeBindings } from '../../platform/access/scope.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { SPAN_SQL, evidence, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { factSheet } from '../../platform/exchange/facts-sheet.ts';
import { lawOn } from '../../platform/exchange/law.ts';
import type { Exchange } from '../../platform/exchange/types.ts';
import type { Subject } from '../../platform/law/types.ts';
import { sheet, text, type RowOf } from '../../platform/tabular/index.ts';
import { buildingsFor, dwellingsFor } from '../sql.ts';
import { OBSERVED } from '../store.ts';
import { staircaseReasons, subjectColumns, subjectKey, subjectsOf } from './columns.ts';
import { judge, worded } from './slots.ts';

const START = parsePlainDate('2019-01-01');

const observationSheet = sheet({
  name: 'ustalenia',
  title: 'Ustalenia',
  columns: {
    ...subjectColumns(),
    slot: text('cecha', { help: 'Nazwa cechy albo jej klucz; cechy i ich wartości są wymienione niżej.', example: 'wysokość największego pokoju' }),
    value: text('wartość', { help: 'Jedno ze słów cechy albo liczba w jednostce cechy.', example: '285' }),
    ...spanColumns(),
    evidence: evidence(),
  },
});

type ObservationRow = RowOf<typeof observationSheet> & { readonly shape?: 'option' | 'measure' };

const sample = (subject: Subject, code: string, slot: string, value: string, staircase: string | null = null): ObservationRow => ({
  subject, code, staircase, slot, value, from: START, until: null, evidence: null,
});

export const observations: Exchange<ObservationRow> = factSheet<ObservationRow>({
  sheet: observationSheet,
  samples: [
    { ...sample('building', 'B00001', 'strefa', 'strefa „A” – miejska'), evidence: 'załącznik nr 3' },
    sample('building', 'B00001', 'odległość od przystanku komunikacji zbiorowej', '120'),
    sample('staircase', 'B00001', 'winda', 'nie ma', '1'),
    sample('dwelling', 'B00001-005', 'ogrzewanie', 'c.o.'),
    sample('dwelling', 'B00001-005', 'wysokość największego pokoju', '285'),
    { ...sample('dwelling', 'B00001-005', 'szyby większości okien', 'pojedyncze'), until: parsePlainDate('2023-06-30') },
    { ...sample('dwelling', 'B00001-005', 'szyby większości okien', 'potrójne'), from: parsePlainDate('2023-07-01'), evidence: 'odbiór wymiany okien' },
  ],
  cluster: subjectKey,
  about: ({ slot }) => [slot],
  check(row, setting) {
    const reasons = staircaseReasons(row);
    const judged = judge(row, setting);
    if ('reasons' in judged) return { reasons: [...reasons, ...judged.reasons] };
    return reasons.length > 0 ? { reasons } : { row: { ...row, slot: judged.slot.slot, value: judged.value, shape: judged.slot.shape } };
  },
  async place(trx, rows) {
    const idsOf = await subjectsOf(trx, rows);
    return (row) => {
      const ids = idsOf(row);
      if ('reasons' in ids) return ids;
      const shape = row.shape ?? 'option';
      return {
        table: OBSERVED[row.subject][shape],
        key: { [`${row.subject}_id`]: ids.id, slot: row.slot },
        value: shape === 'option' ? { option: row.value, evidence: row.evidence } : { value: row.value, evidence: row.evidence },
      };
    };
  },
  async *read(trx, setting, scope) {
    for await (const row of cursorRows<ObservationRow>(trx, observedIn(scope), scopeBindings(scope))) yield { ...row, ...worded(lawOn(setting, row.from), row.slot, row.value) };
  },
});

const SUBJECTS: Readonly<Record<Subject, { readonly columns: string; readonly join: (scope: Scope) => string }>> = {
  building: { columns: 'b.code as code, null::text as staircase', join: (scope) => `${buildingsFor(scope)} on b.id = f.building_id` },
  staircase: { columns: 'b.code, s.code', join: (scope) => `staircases s on s.id = f.staircase_id join ${buildingsFor(scope)} on b.id = s.building_id` },
  dwelling: { columns: 'd.code, null', join: (scope) => `${dwellingsFor(scope)} on d.id = f.dwelling_id` },
};

function observedIn(scope: Scope): string {
  const parts = Object.entries(SUBJECTS).flatMap(([subject, { columns, join }], place) =>
    (['option', 'measure'] as const).map((shape) => `select ${place} as place, '${subject}' as subject, ${columns}, f.slot,
    f.${shape === 'option' ? 'option' : 'value::text'} as value, ${SPAN_SQL}, f.evidence
    from ${OBSERVED[subject as Subject][shape].table} f join ${join(scope)} where upper_inf(f.recorded)`));
  return `select subject, code, staircase, slot, value, "from", until, evidence from (${parts.join('\n  union all ')}) every
    order by place, code collate "C", staircase collate "C" nulls first, slot collate "C", "from"`;
}
