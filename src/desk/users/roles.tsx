/** Roles and permissions explained, from the very table by which the program decides. */
import { page } from '../../web/page.ts';
import { USERS } from './addresses.ts';
import { RolesTable } from './permissions.tsx';

export const rolesPages = page({
  path: '/roles', permission: 'user.read',
  show: ({ view: { t } }) => ({
    title: t.users.rolesTitle, wide: true, crumbs: [{ to: USERS, words: t.users.list }],
    body: (
      <>
        <p>{t.users.rolesIntro}</p>
        <p>{t.users.rolesScope}</p>
        <p>{t.users.rolesMachines}</p>
        <RolesTable />
      </>
    ),
  }),
});
