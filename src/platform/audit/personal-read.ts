/** What an event says of a person, opened for whoever may see a PESEL. */
import { require as requirePermission } from '../access/roles.ts';
import type { Context } from '../context.ts';
import { rows } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import type { PersonalValues } from '../secrets/index.ts';
import { openPersonal } from '../secrets/index.ts';
import { audit } from './events.ts';
import { requireTrail } from './scope.ts';

export interface PersonalRead {
  readonly event: string;
  /** Id of the person. */
  readonly person: string;
  /** What the event says; null where the person's key was destroyed. */
  readonly personal: PersonalValues | null;
}

/**
 * Opens what an event says of a person; the look is an event of its own (`audit.personal_read`).
 * @throws DomainError `not_permitted`, `audit_needs_whole_city`, `audit_event_unknown`, `audit_event_impersonal`
 */
export async function readPersonal(ctx: Context, number: string): Promise<PersonalRead> {
  requirePermission(ctx.actor, 'pesel.read');
  requireTrail(ctx);
  return ctx.db.transaction(async (trx) => {
    const [found] = await rows<{ person: string | null; sealed: string | null }>(
      trx,
      `select e.details #>> '{personal,person}' as person, e.details #>> '{personal,sealed}' as sealed from audit_events e where e.id = ?`,
      [number],
    );
    if (!found) throw new DomainError('not found', 'audit_event_unknown', { event: number });
    const { person, sealed } = found;
    if (person === null || sealed === null) throw new DomainError('not found', 'audit_event_impersonal', { event: number });
    await audit(trx, ctx, { event: 'audit.personal_read', targets: { event: number, person } });
    return { event: number, person, personal: await openPersonal(trx, ctx.secrets, person, sealed) };
  });
}
