/** Who owes what for an auxiliary room on a day. Calculation never writes. */
import { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { poolQuery } from '../platform/database/query.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { addDays } from '../platform/dates/plain.ts';
import { plainDate } from '../platform/dates/schema.ts';
import type { FactWindow } from '../platform/facts/bundle.ts';
import type { Law } from '../platform/law/book.ts';
import type { Dec } from '../platform/money.ts';
import { ZERO, dec } from '../platform/money.ts';
import { LEASES } from '../leases/sql.ts';
import { auxiliaryRoomAt } from '../stock/auxiliary.ts';
import { stockAt } from '../stock/read.ts';
import { WHOLE, usableArea } from '../stock/rules/area.ts';
import { DWELLINGS } from '../stock/sql.ts';
import type { AssembledLease } from './assemble.ts';
import { assemble } from './assemble.ts';
import { knownAtOf } from './explain.ts';
import type { AuxiliaryRemuneration } from './rules/auxiliary.ts';
import { auxiliaryRemunerations } from './rules/auxiliary.ts';

export const auxiliaryInput = z.strictObject({ room: z.string().trim().min(1).max(60), day: plainDate.optional(), knownOn: plainDate.optional() });

export interface AuxiliaryView {
  readonly room: string;
  readonly day: PlainDate;
  readonly knownAt: Instant;
  /** m² */
  readonly area: string;
  readonly users: readonly AuxiliaryRemuneration[];
  /** Dwellings among the users whose area is not known. */
  readonly unknown: readonly string[];
}

/** Remuneration of every user of the room. @throws DomainError `auxiliary_room_unknown` */
export async function auxiliaryOn(ctx: Context, input: z.input<typeof auxiliaryInput>): Promise<AuxiliaryView> {
  const given = auxiliaryInput.parse(input);
  const day = given.day ?? ctx.clock.today();
  const knownAt = knownAtOf(ctx, given.knownOn);
  const room = await auxiliaryRoomAt(ctx, given.room, day, knownAt);
  const law = (await ctx.law.book(ctx.db)).at(day, knownAt);
  const codes = room.users.flatMap(({ dwelling }) => (dwelling === null ? [] : [dwelling]));
  const areas = await leasedAreas(ctx, law, codes, day, knownAt);
  const known = room.users.flatMap(({ premises, dwelling, area }) => {
    const own = dwelling === null ? dec(area ?? '0') : areas.get(dwelling);
    return own === undefined ? [] : [{ premises, area: own }];
  });
  const unknown = room.users.filter(({ dwelling }) => dwelling !== null && !areas.has(dwelling)).map(({ premises }) => premises);
  // A share of some without the others would be wrong for all: first the missing areas have to be recorded.
  const users = unknown.length > 0 ? [] : auxiliaryRemunerations(law, { code: room.code, area: dec(room.area) }, known);
  return { room: room.code, day, knownAt, area: room.area, users, unknown };
}

/** A city tenant counts with the leased area; a vacant dwelling of the city with its own. VAL-10, reading */
async function leasedAreas(ctx: Context, law: Law, codes: readonly string[], day: PlainDate, knownAt: Instant): Promise<Map<string, Dec>> {
  law.choice('auxiliary.tenant_counts_with', ['leased_area']);
  if (codes.length === 0) return new Map();
  const query = poolQuery(ctx.db);
  const found = await query(
    `select d.id, d.code, string_agg(l.id::text, ' ') from ${DWELLINGS} left join ${LEASES} on l.dwelling_id = d.id where d.code = any($1::text[]) group by d.id`,
    [codes],
  );
  const idOf = new Map(found.map(([id, code]) => [code ?? '', id ?? '']));
  const window: FactWindow = { window: { from: day, to: addDays(day, 1) }, knownAt, since: knownAt };
  const areas = new Map<string, Dec>();
  const leases = found.flatMap(([, , ids]) => ids?.split(' ') ?? []);
  for (const lease of await assemble(query, { ...window, leases, dwellings: [...idOf.values()], day })) {
    const area = areaOf(law, lease, day);
    if (area !== null) areas.set(lease.dwelling.code, (areas.get(lease.dwelling.code) ?? ZERO).plus(area));
  }
  const vacant = [...idOf].filter(([code]) => !areas.has(code)).map(([, id]) => id);
  for (const dwelling of await stockAt(query, { ...window, dwellings: vacant, day })) {
    const area = usableArea(law, dwelling.readFacts().on(day).parts, WHOLE);
    if (!('missing' in area)) areas.set(dwelling.code, area.area);
  }
  return areas;
}

function areaOf(law: Law, { lease, facts }: AssembledLease, day: PlainDate): Dec | null {
  const terms = lease.on(day);
  if (!terms) return null;
  const area = usableArea(law, facts.on(day).parts, { rooms: terms.rooms });
  return 'missing' in area ? null : area.area;
}
