/** Permissions in words: those of somebody's roles, and the table of all roles. */
import type { VNode } from 'preact';
import type { Permission, Role } from '../../platform/access/roles.ts';
import { PERMISSIONS, ROLES, may } from '../../platform/access/roles.ts';
import type { Column } from '../../web/components/table.tsx';
import { Table } from '../../web/components/table.tsx';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';

/** By what they are for, so that a long list can be read. */
const GROUPS = {
  read: ['stock.read', 'lease.read', 'run.read', 'law.read', 'operation.read', 'person.read', 'retention.read', 'export'],
  work: ['facts.write', 'import', 'run.prepare', 'law.load', 'scenario.write', 'person.write', 'person.code', 'token.own', 'view.own'],
  decide: ['run.approve', 'person.erase'],
  guard: ['user.read', 'user.block', 'audit.read', 'audit.prune', 'keys.rotate'],
  uncover: ['pesel.read', 'income.read', 'disability.read', 'debt.read'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

type Group = keyof typeof GROUPS;
const GROUP_NAMES = Object.keys(GROUPS) as Group[];

/** Every permission with its group, group by group. One that is in none stands with what is worked on. */
export const GROUPED: readonly { readonly permission: Permission; readonly group: Group }[] = GROUP_NAMES.flatMap((group) =>
  PERMISSIONS.filter((permission) => groupOf(permission) === group).map((permission) => ({ permission, group })));

function groupOf(permission: Permission): Group {
  return GROUP_NAMES.find((group) => (GROUPS[group] as readonly Permission[]).includes(permission)) ?? 'work';
}

/** The program's own role is nobody's. */
export const SHOWN_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'system');

export function roleNames(roles: readonly Role[], { t }: Pick<View, 't'>): string {
  return roles.map((role) => t.roles[role] ?? role).join(', ');
}

/** Where somebody works. */
export function districtNames({ kind, districts }: { readonly kind: 'staff' | 'tenant'; readonly districts: readonly string[] | null }, { t }: Pick<View, 't'>): string {
  if (kind === 'tenant') return t.users.ownLeases;
  return districts === null ? t.users.wholeCity : districts.join(', ');
}

/** What the roles permit, in words, group by group. */
export function Permitted({ roles }: { readonly roles: readonly Role[] }): VNode {
  const { t } = useView();
  const held = GROUPED.filter(({ permission }) => may({ roles }, permission));
  if (held.length === 0) return <p>{t.users.mayNothing}</p>;
  return (
    <dl class="facts">
      {GROUP_NAMES.map((group) => {
        const those = held.filter((one) => one.group === group);
        if (those.length === 0) return null;
        return (
          <div key={group}>
            <dt>{t.users.groups[group]}</dt>
            <dd><ul class="found">{those.map(({ permission }) => <li key={permission}>{t.users.permissions[permission]}</li>)}</ul></dd>
          </div>
        );
      })}
    </dl>
  );
}

type Line = (typeof GROUPED)[number];

/** Who may do what: a row a permission, a column a role. */
export function RolesTable(): VNode {
  const { t } = useView();
  const told = (yes: boolean): VNode => (yes ? <strong>{t.users.yes}</strong> : <span class="soft">{t.users.no}</span>);
  const columns: Column<Line>[] = [
    { key: 'permission', words: t.users.permission, head: true, cell: ({ permission }) => t.users.permissions[permission] },
    ...SHOWN_ROLES.map((role): Column<Line> => ({ key: role, words: t.roles[role] ?? role, cell: ({ permission }) => told(may({ roles: [role] }, permission)) })),
    { key: 'machine', words: t.users.byMachine, cell: ({ permission }) => told(may({ roles: SHOWN_ROLES, by: 'machine' }, permission)) },
  ];
  return <Table caption={t.users.rolesTitle} columns={columns} rows={GROUPED} keyOf={({ permission }) => permission} groupOf={({ group }) => t.users.groups[group]} />;
}
