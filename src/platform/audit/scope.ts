/** Whose the trail is: it tells of the whole city, and no district of it can be told apart. */
import { requireWholeCity } from '../access/scope.ts';
import type { Context } from '../context.ts';

/** @throws DomainError `audit_needs_whole_city` */
export function requireTrail(ctx: Pick<Context, 'actor' | 'clock'>): void {
  requireWholeCity(ctx, 'audit_needs_whole_city');
}
