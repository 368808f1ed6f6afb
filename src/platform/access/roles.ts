/** Who may do what. Every route and command names one permission; a role grants a set of them; a person may hold several roles. */
import { DomainError } from '../errors.ts';
import { ARGUMENTS } from '../problem-texts/pl/arguments.ts';

export const ROLES = ['clerk', 'supervisor', 'law_administrator', 'collections', 'auditor', 'tenant', 'system'] as const;
export type Role = (typeof ROLES)[number];

/** Who comes by a personal token makes no other one; a machine has no part in what two people decide. */
export type Way = 'token' | 'machine';

/** `lease.read` and `law.read` are also the tenant's, who sees the leases of his own alone. The last four open what is masked without them. */
export const PERMISSIONS = [
  'stock.read', 'lease.read', 'run.read', 'law.read', 'operation.read', 'export', 'facts.write', 'import', 'run.prepare', 'run.approve', 'law.load', 'scenario.write',
  'audit.read', 'audit.prune', 'keys.rotate', 'user.read', 'user.block', 'token.own', 'view.own', 'person.read', 'person.write', 'person.code', 'person.erase', 'retention.read',
  'pesel.read', 'income.read', 'disability.read', 'debt.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const STAFF: readonly Permission[] = ['stock.read', 'lease.read', 'run.read', 'law.read', 'operation.read', 'token.own', 'view.own'];

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  clerk: [...STAFF, 'export', 'facts.write', 'import', 'run.prepare', 'scenario.write', 'person.read', 'person.write', 'person.code', 'retention.read', 'pesel.read', 'income.read', 'disability.read'],
  supervisor: [...STAFF, 'export', 'run.approve', 'scenario.write', 'audit.prune', 'keys.rotate', 'user.read', 'user.block', 'person.read', 'person.erase', 'retention.read', 'pesel.read', 'income.read', 'disability.read', 'debt.read'],
  law_administrator: [...STAFF, 'law.load', 'scenario.write'],
  collections: [...STAFF, 'person.read', 'debt.read'],
  auditor: [...STAFF, 'export', 'audit.read', 'user.read', 'person.read', 'retention.read', 'pesel.read', 'income.read', 'disability.read', 'debt.read'],
  tenant: ['lease.read', 'law.read'],
  system: [...STAFF, 'export', 'facts.write', 'import', 'run.prepare', 'law.load'],
};

/**
 * What two people decide, and who gets in: no machine does it, whatever its roles. Whoever runs one would have two pairs of eyes.
 */
const NOT_BY_MACHINES: readonly Permission[] = ['run.prepare', 'run.approve', 'person.erase', 'audit.prune', 'keys.rotate', 'user.block', 'person.code', 'token.own'];

/** Polish names of the roles. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = ARGUMENTS.able;

export function isRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word);
}

/** Somebody with roles. */
interface Holder {
  readonly code: string;
  readonly roles: readonly Role[];
  readonly by?: Way;
}

export function may({ roles, by }: Pick<Holder, 'roles' | 'by'>, permission: Permission): boolean {
  return !(by === 'machine' && NOT_BY_MACHINES.includes(permission)) && roles.some((role) => GRANTS[role].includes(permission));
}

/** Roles that grant the permission, the program's own aside. */
export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => role !== 'system' && GRANTS[role].includes(permission));
}

/** @throws DomainError `not_permitted`, naming the roles that may; `not_for_machines` */
export function require(actor: Holder, permission: Permission): void {
  if (may(actor, permission)) return;
  if (may({ roles: actor.roles }, permission)) throw new DomainError('forbidden', 'not_for_machines');
  throw new DomainError('forbidden', 'not_permitted', { permission, actor: actor.code, able: rolesWith(permission).join(', ') });
}
