/** Who may do what. Every route and command names one permission; a role grants a set of them; a person may hold several roles. */
import { DomainError } from '../errors.ts';

export const ROLES = ['clerk', 'supervisor', 'law_administrator', 'collections', 'auditor', 'tenant', 'system'] as const;
export type Role = (typeof ROLES)[number];

/** `lease.read` and `law.read` are also the tenant's, who sees the leases of his own alone. The last four open what is masked without them. */
export const PERMISSIONS = [
  'stock.read', 'lease.read', 'run.read', 'law.read', 'operation.read', 'export', 'facts.write', 'import', 'run.prepare', 'run.approve', 'law.load',
  'audit.read', 'audit.prune', 'keys.rotate', 'user.read', 'user.block', 'token.own', 'person.read', 'person.write', 'person.code', 'person.erase',
  'pesel.read', 'income.read', 'disability.read', 'debt.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const STAFF: readonly Permission[] = ['stock.read', 'lease.read', 'run.read', 'law.read', 'operation.read', 'token.own'];

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  clerk: [...STAFF, 'export', 'facts.write', 'import', 'run.prepare', 'person.read', 'person.write', 'person.code', 'pesel.read', 'income.read', 'disability.read'],
  supervisor: [...STAFF, 'export', 'run.approve', 'audit.prune', 'keys.rotate', 'user.read', 'user.block', 'person.read', 'person.erase', 'pesel.read', 'income.read', 'disability.read', 'debt.read'],
  law_administrator: [...STAFF, 'law.load'],
  collections: [...STAFF, 'person.read', 'debt.read'],
  auditor: [...STAFF, 'export', 'audit.read', 'user.read', 'person.read', 'pesel.read', 'income.read', 'disability.read', 'debt.read'],
  tenant: ['lease.read', 'law.read'],
  system: [...STAFF, 'export', 'facts.write', 'import', 'run.prepare', 'law.load'],
};

/** Polish names of the roles. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  clerk: 'referent', supervisor: 'kierownik', law_administrator: 'administrator prawa', collections: 'windykacja', auditor: 'audytor', tenant: 'najemca', system: 'system',
};

export function isRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word);
}

/** Somebody with roles. */
interface Holder {
  readonly code: string;
  readonly roles: readonly Role[];
}

export function may({ roles }: Pick<Holder, 'roles'>, permission: Permission): boolean {
  return roles.some((role) => GRANTS[role].includes(permission));
}

/** Roles that grant the permission, the program's own aside. */
export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => role !== 'system' && GRANTS[role].includes(permission));
}

/** @throws DomainError `not_permitted`, naming the roles that may */
export function require(actor: Holder, permission: Permission): void {
  if (may(actor, permission)) return;
  throw new DomainError('forbidden', 'not_permitted', { permission, actor: actor.code, able: rolesWith(permission).map((role) => ROLE_NAMES[role]).join(', ') });
}
