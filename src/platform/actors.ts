/** Development identities, one or two a role, until sign-in is built: four eyes can be tried with them. */
import type { Actor } from './context.ts';
import { DomainError } from './errors.ts';

export const ACTORS: readonly Actor[] = [
  { code: 'anna.referent', name: 'Anna Zielińska', roles: ['clerk'] },
  { code: 'dawid.referent', name: 'Dawid Mazur', roles: ['clerk'] },
  { code: 'barbara.kierownik', name: 'Barbara Wrona', roles: ['clerk', 'supervisor'] },
  { code: 'cezary.prawo', name: 'Cezary Lis', roles: ['law_administrator'] },
  { code: 'edyta.audytor', name: 'Edyta Sowa', roles: ['auditor'] },
  { code: 'system', name: 'System', roles: ['system', 'law_administrator', 'clerk'] },
];

/** Who does the program's own work: first loads and the demo. */
export const SYSTEM: Actor = { code: 'system', name: 'System', roles: ['system', 'law_administrator', 'clerk'] };

/** @throws DomainError `actor_unknown`, naming those there are */
export function actorOf(code: string): Actor {
  const found = ACTORS.find((actor) => actor.code === code);
  if (!found) throw new DomainError('forbidden', 'actor_unknown', { actor: code, known: ACTORS.map((actor) => actor.code).join(', ') });
  return found;
}

/** Permissions of roles; declared on every route and command. */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  clerk: ['read', 'facts.write', 'import', 'run.prepare'],
  supervisor: ['read', 'run.approve'],
  law_administrator: ['read', 'law.load'],
  auditor: ['read', 'audit.read'],
  system: ['read', 'facts.write', 'import', 'run.prepare', 'law.load'],
};

export type Permission = 'read' | 'facts.write' | 'import' | 'run.prepare' | 'run.approve' | 'law.load' | 'audit.read';

/** @throws DomainError `not_permitted` */
export function require(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return;
  const able = ACTORS.filter((one) => one.code !== SYSTEM.code && may(one, permission)).map(({ code }) => code);
  throw new DomainError('forbidden', 'not_permitted', { permission, actor: actor.code, able: able.join(', ') });
}

function may(actor: Actor, permission: Permission): boolean {
  return actor.roles.some((role) => GRANTS[role]?.includes(permission));
}
