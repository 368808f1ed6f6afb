/** Codes of the persons and users that events name by their ids, and who of those that acted is a user: one question for a page of events. */
import type { NamedUser } from '../../platform/access/users-seen.ts';
import { usersNamed } from '../../platform/access/users-seen.ts';
import type { FoundEvent } from '../../platform/audit/search.ts';
import type { Queryable } from '../../platform/database/connect.ts';
import { personsNamed } from '../../persons/named.ts';

export interface Names {
  /** Codes by id. */
  readonly persons: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, string>;
  /** Codes of those who have a page. */
  readonly known: ReadonlySet<string>;
}

const ID = /^\d{1,18}$/;

export async function namesIn(db: Queryable, events: readonly FoundEvent[]): Promise<Names> {
  const ids = (kind: string): string[] => [...new Set(events.flatMap(({ targets }) => targets[kind] ?? []).filter((id) => ID.test(id)))];
  const codes = [...new Set(events.flatMap(({ actor, targets }) => [actor, ...(targets['user'] === undefined ? [] : [targets['user']])]))];
  const [persons, users] = await Promise.all([personsNamed(db, { ids: ids('person'), codes: [] }), usersNamed(db, { ids: ids('user'), codes })]);
  const byId = (named: readonly Pick<NamedUser, 'id' | 'code'>[]): Map<string, string> => new Map(named.map(({ id, code }) => [id, code]));
  return { persons: byId(persons), users: byId(users), known: new Set(users.map(({ code }) => code)) };
}

/** What is looked for, as the trail names it: a person and a user by the id, whoever asks by the code. */
export async function targetInTrail(db: Queryable, { kind, id }: { readonly kind: string; readonly id: string }): Promise<{ kind: string; id: string }> {
  if (kind !== 'person' && kind !== 'user') return { kind, id };
  const named = kind === 'person' ? personsNamed : usersNamed;
  const [found] = await named(db, { ids: [], codes: [id] });
  return { kind, id: found?.id ?? id };
}
