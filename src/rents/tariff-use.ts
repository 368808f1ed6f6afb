/** How many rents stand on a tariff, by category and basis: for whoever wonders what rests on a rate that no act prints. */
import type { Reader } from '../platform/access/scope.ts';
import { scopeBindings, scopeOf } from '../platform/access/scope.ts';
import { rows } from '../platform/database/connect.ts';
import type { TariffUse, TariffUseRow } from '../tariffs/pages/index.ts';
import { LAST_STEP, LEFT_OUT } from './runs/store.ts';
import { andLeaseIn, runBindings, runsFor } from './runs/visible.ts';

/** Rents in force on the clock's day and drafts of the latest run by the tariff that the reader sees; each lease counts once on either side. */
export async function useOfTariff(reader: Reader, tariff: string): Promise<TariffUse> {
  const scope = scopeOf(reader);
  const [latest] = await rows<{ run: string }>(
    reader.db, `select max(r.id) as run from ${runsFor(scope)} where r.tariff = :tariff and r.leases is not null having max(r.id) is not null`, { ...runBindings(scope, reader), tariff },
  );
  const run = latest?.run ?? null;
  const found = await rows<TariffUseRow>(
    reader.db,
    `select category, basis, sum(in_force)::int as "inForce", sum(drafts)::int as drafts from (
       select r.category, d.basis, count(*) as in_force, 0 as drafts
       from rent_periods p join rents r on r.id = p.rent_id left join run_drafts d on d.run_id = r.run_id and d.lease_id = r.lease_id and d.step = r.step
       where r.tariff = :tariff and p.valid @> :today::date and upper_inf(p.recorded)${andLeaseIn(scope, 'p.lease_id')} group by 1, 2
       union all
       select d.category, d.basis, 0, count(*) from run_drafts d
       where d.run_id = :run and d.outcome <> 'exception' and ${LAST_STEP} and not ${LEFT_OUT}${andLeaseIn(scope, 'd.lease_id')} group by 1, 2
     ) u group by category, basis order by basis nulls last, category nulls last`,
    { ...scopeBindings(scope), tariff, today: reader.clock.today(), run },
  );
  return { run, rows: found };
}
