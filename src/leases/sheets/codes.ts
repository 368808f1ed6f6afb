/** From lease numbers in files to ids, a batch at a time. */
import type { Transaction } from '../../platform/database/connect.ts';
import { rows } from '../../platform/database/connect.ts';
import { code, type Column } from '../../platform/tabular/index.ts';
import { DWELLINGS } from '../../stock/sql.ts';

export interface KnownLease {
  readonly id: string;
  readonly dwellingId: string;
  /** Code of its dwelling. */
  readonly dwelling: string;
}

export async function leasesByNumber(trx: Transaction, numbers: readonly string[]): Promise<Map<string, KnownLease>> {
  const found = await rows<KnownLease & { number: string }>(
    trx,
    `select l.id, l.number, l.dwelling_id as "dwellingId", d.code as dwelling from leases l join ${DWELLINGS} on d.id = l.dwelling_id where l.number = any(?::text[])`,
    [[...new Set(numbers)]],
  );
  return new Map(found.map(({ number, ...lease }) => [number, lease]));
}

export const leaseNumber = (): Column<string> => code('numer_umowy', { help: 'Numer umowy.', example: 'ZBK/2020/00012' });
