/** Whose lease stands in the way, when only the database found that one does. */
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import { endOf } from '../../platform/exchange/columns.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { LeaseRow } from './lease-sheet.ts';
import { DWELLINGS } from '../../stock/sql.ts';

const OTHER = `select l.number as lease, lower(f.valid)::text as "from", coalesce((upper(f.valid) - 1)::text, 'bezterminowo') as until`;
const WHERE = `join leases l on l.id = f.lease_id join ${DWELLINGS} on d.id = l.dwelling_id
  where d.code = ? and l.number <> ? and upper_inf(f.recorded) and f.valid && daterange(?, ?)`;

interface Other {
  readonly lease: string;
  readonly from: string;
  readonly until: string;
}

export async function leaseClash(trx: Transaction, row: LeaseRow, constraint: string): Promise<Reason | null> {
  const bindings = [row.dwelling, row.lease, row.from, endOf(row)];
  if (constraint === 'lease_terms_two_leases') {
    const [other] = await rows<Other>(trx, `${OTHER} from lease_terms f ${WHERE} and f.covers = 'whole' order by lower(f.valid) limit 1`, bindings);
    return reason('od', 'lease_overlap', { dwelling: row.dwelling, ...other });
  }
  if (constraint !== 'lease_rooms_overlap') return null;
  const [other] = await rows<Other & { room: string }>(
    trx,
    `${OTHER}, f.room from lease_rooms f ${WHERE} and f.room = any(?::text[]) order by lower(f.valid) limit 1`,
    [...bindings, [...(row.rooms ?? [])]],
  );
  return reason('pokoje', 'room_let', { dwelling: row.dwelling, ...other });
}
