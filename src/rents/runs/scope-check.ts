/** Whether a run may be begun over a scope. */
import { lasting, leasesFor } from '../../leases/sql.ts';
import type { Scope } from '../../platform/access/scope.ts';
import { scopeBindings } from '../../platform/access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { rows } from '../../platform/database/connect.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import { DomainError } from '../../platform/errors.ts';
import { dwellingsFor, inBuilding, placesAt } from '../../stock/sql.ts';
import type { RunScope } from './scope.ts';

/**
 * A scope that names what is not there, or what has ended, is a slip of the pen: it would be left out without a word. What lies outside
 * the reader's scope is not there.
 * @throws DomainError `leases_unknown`, `leases_ended`, `building_unknown`, `district_unknown`
 */
export async function checkScope(ctx: Context, reader: Scope, scope: RunScope, day: PlainDate): Promise<void> {
  const leases = leasesFor(reader);
  if (scope.kind === 'leases') {
    const unknown = await numbersWithout(ctx, reader, scope.leases, `exists (select 1 from ${leases} where l.number = n.number)`, {});
    if (unknown !== '') throw refused('not found', 'leases', 'leases_unknown', { leases: unknown });
    const running = `exists (select 1 from ${leases} where l.number = n.number and ${lasting(':now::timestamptz', ':day::date')})`;
    const ended = await numbersWithout(ctx, reader, scope.leases, running, { now: ctx.clock.now(), day });
    if (ended !== '') throw refused('invalid', 'leases', 'leases_ended', { leases: ended, day });
  }
  if (scope.kind === 'building') {
    const bindings = { ...scopeBindings(reader), building: scope.building };
    const found = await rows(ctx.db, `select 1 from ${dwellingsFor(reader)} where ${inBuilding(':building')} limit 1`, bindings);
    if (found.length === 0) throw refused('not found', 'building', 'building_unknown', { building: scope.building });
  }
  if (scope.kind === 'district') {
    const there = await rows<{ district: string }>(ctx.db, `select distinct p.district from ${placesAt('?::date', null)} p where p.district is not null order by 1`, [day, day]);
    const known = there.filter(({ district }) => reader.kind !== 'districts' || reader.districts.includes(district));
    if (!known.some(({ district }) => district === scope.district)) {
      throw refused('not found', 'district', 'district_unknown', { district: scope.district, known: known.map(({ district }) => district).join(', ') });
    }
  }
}

/** A refusal that names the field of the scope, so that a form tells it there. */
function refused(kind: 'not found' | 'invalid', field: string, code: string, args: Readonly<Record<string, string>>): DomainError {
  return new DomainError(kind, code, args, [{ field: `scope.${field}`, code, args }]);
}

/** Numbers of the list that do not meet the condition on `n`, the first of them, in the order of the list. */
async function numbersWithout(ctx: Context, reader: Scope, numbers: readonly string[], condition: string, values: Readonly<Record<string, string>>): Promise<string> {
  const found = await rows<{ number: string }>(
    ctx.db,
    `select n.number from unnest(:numbers::text[]) with ordinality as n(number, place) where not ${condition} order by n.place limit 20`,
    { ...scopeBindings(reader), ...values, numbers: [...numbers] },
  );
  return found.map(({ number }) => number).join(', ');
}
