/** `stan_techniczny`: installations to be replaced, and dangers that building supervision decided on. VAL-6 */
import { scopeBindings } from '../../platform/access/scope.ts';
import { parsePlainDate } from '../../platform/dates/plain.ts';
import { SPAN_SQL, evidence, spanColumns } from '../../platform/exchange/columns.ts';
import { cursorRows } from '../../platform/exchange/cursor.ts';
import { factSheet } from '../../platform/exchange/facts-sheet.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Exchange } from '../../platform/exchange/types.ts';
import { option, optional, sheet, text, type RowOf } from '../../platform/tabular/index.ts';
import { buildingsFor } from '../sql.ts';
import { staircaseReasons, subjectColumns, subjectKey, subjectsOf } from './columns.ts';
import { TECHNICAL_FINDINGS } from './tables.ts';

const technicalSheet = sheet({
  name: 'stan_techniczny',
  title: 'Stan techniczny',
  columns: {
    ...subjectColumns(),
    installation: option('instalacja', {
      help: 'Instalacja wymagająca wymiany albo zagrożenie życia lub zdrowia.',
      example: 'elektryczna',
      words: { 'wodno-kanalizacyjna': 'water_sewage', elektryczna: 'electric', gazowa: 'gas', grzewcza: 'heating', zagrożenie: 'danger' },
    }),
    decision: optional(text('decyzja', { help: 'Numer decyzji nadzoru budowlanego; przy zagrożeniu konieczny.', example: 'PINB 120/2024' })),
    ...spanColumns(),
    evidence: evidence(),
  },
});

type TechnicalRow = RowOf<typeof technicalSheet>;

export const technical: Exchange<TechnicalRow> = factSheet<TechnicalRow>({
  sheet: technicalSheet,
  samples: [
    { subject: 'staircase', code: 'B00001', staircase: '1', installation: 'electric', decision: null, from: parsePlainDate('2022-03-15'), until: null, evidence: 'protokół kontroli okresowej' },
    { subject: 'dwelling', code: 'B00002-001', staircase: null, installation: 'danger', decision: 'PINB 120/2024', from: parsePlainDate('2024-05-01'), until: parsePlainDate('2024-11-30'), evidence: null },
  ],
  cluster: subjectKey,
  about: ({ installation }) => [installation],
  check(row) {
    const reasons = staircaseReasons(row);
    if (row.installation === 'danger' && row.decision === null) reasons.push(reason('decyzja', 'danger_undecided'));
    return reasons.length > 0 ? { reasons } : { row };
  },
  async place(trx, rows) {
    const idsOf = await subjectsOf(trx, rows);
    return (row) => {
      const ids = idsOf(row);
      if ('reasons' in ids) return ids;
      return {
        table: TECHNICAL_FINDINGS,
        key: {
          building_id: ids.buildingId,
          staircase_id: row.subject === 'staircase' ? ids.id : null,
          dwelling_id: row.subject === 'dwelling' ? ids.id : null,
          installation: row.installation,
        },
        value: { decision: row.decision, evidence: row.evidence },
      };
    };
  },
  // The building of what was found at a dwelling is the dwelling's own.
  read: (trx, _setting, scope) =>
    cursorRows<TechnicalRow>(
      trx,
      `select case when f.dwelling_id is not null then 'dwelling' when f.staircase_id is not null then 'staircase' else 'building' end as subject,
         coalesce(d.code, b.code) as code, s.code as staircase, f.installation, f.decision, ${SPAN_SQL}, f.evidence
       from technical_findings f join ${buildingsFor(scope)} on b.id = f.building_id left join staircases s on s.id = f.staircase_id left join dwellings d on d.id = f.dwelling_id
       where upper_inf(f.recorded) order by 1, coalesce(d.code, b.code) collate "C", s.code collate "C" nulls first, f.installation collate "C", lower(f.valid)`,
      scopeBindings(scope),
    ),
});
