/** What of the city somebody may see, whatever the permission: told by who asks, laid on the tables by the slices' `sql.ts` alone. */
import type { Context } from '../context.ts';
import type { PlainDate } from '../dates/plain.ts';
import { DomainError } from '../errors.ts';

/** A reader limited to districts sees the buildings that lie in them on the day, as known now. */
export interface DistrictScope {
  readonly kind: 'districts';
  readonly districts: readonly string[];
  readonly day: PlainDate;
}

/** A tenant sees the leases in which the person is or was a party, as known now; nobody yet found among the persons sees none. */
export interface PersonScope {
  readonly kind: 'person';
  readonly person: string | null;
}

export type Scope = { readonly kind: 'city' } | DistrictScope | PersonScope;

/** Everything: what the program does by itself, and staff without a limit. */
export const CITY: Scope = { kind: 'city' };

/** Who reads, and through what. */
export type Reader = Pick<Context, 'db' | 'actor' | 'clock'>;

/**
 * The scope of whoever asks. Lists pass the day for which they are asked; a thing asked for by itself is looked for where it lies today.
 * Who works for the city and also rents from it has the scope of the work.
 */
export function scopeOf({ actor, clock }: Pick<Reader, 'actor' | 'clock'>, day?: PlainDate): Scope {
  if (isTenant(actor)) return { kind: 'person', person: actor.person };
  return actor.districts === null ? CITY : { kind: 'districts', districts: actor.districts, day: day ?? clock.today() };
}

/** Whether somebody is a tenant and nothing else; who has no role at all sees no more than one. */
function isTenant({ roles }: Pick<Context['actor'], 'roles'>): boolean {
  return roles.every((role) => role === 'tenant');
}

/** Whether somebody's part of the city is all of it, whatever they may do there. */
export function seesWholeCity(actor: Pick<Context['actor'], 'roles' | 'districts'>): boolean {
  return !isTenant(actor) && actor.districts === null;
}

/** Values of the names that SQL with a scope in it has: `:scope_districts`, `:scope_day`, `:scope_person`. */
export function scopeBindings(scope: Scope): Record<string, string | string[] | null> {
  switch (scope.kind) {
    case 'city':
      return {};
    case 'districts':
      return { scope_districts: [...scope.districts], scope_day: scope.day };
    case 'person':
      return { scope_person: scope.person };
  }
}

/** The districts of the scope in words, for refusals. */
export function districtNames(scope: Scope): string {
  return scope.kind === 'districts' && scope.districts.length > 0 ? scope.districts.join(', ') : '—';
}

/** What goes over the whole city is for those who see it. @throws DomainError `code` */
export function requireWholeCity(reader: Pick<Reader, 'actor' | 'clock'>, code: string): void {
  const scope = scopeOf(reader);
  if (scope.kind !== 'city') throw new DomainError('forbidden', code, { districts: districtNames(scope) });
}

/** Long work tells of everything it went over: who does not see the whole city follows only what is his own. */
export function mayFollow(reader: Pick<Reader, 'actor' | 'clock'>, { actor }: { readonly actor: string }): boolean {
  return scopeOf(reader).kind === 'city' || actor === reader.actor.code;
}
