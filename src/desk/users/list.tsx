/** Everybody who ever signed in. Names are shown and never asked for: what is asked stands in the address. */
import type { UserSeen } from '../../platform/access/users-seen.ts';
import { USER_SORTS, listUsers, userFilter } from '../../platform/access/users-seen.ts';
import { listDistricts } from '../../stock/lists.ts';
import { at } from '../../web/address.ts';
import { ChoiceField, TextField } from '../../web/components/fields.tsx';
import { Moment, Status } from '../../web/components/values.tsx';
import { choice, text } from '../../web/forms/kinds.ts';
import * as format from '../../web/format.ts';
import type { ListColumn } from '../../web/listing.tsx';
import { listPages } from '../../web/listing.tsx';
import type { View } from '../../web/view.ts';
import { ROLES_PAGE, USER, USERS } from './addresses.ts';
import { SHOWN_ROLES, districtNames, roleNames } from './permissions.tsx';

function columnsOf(view: View): ListColumn<UserSeen>[] {
  const { t, language } = view;
  return [
    { key: 'code', words: t.users.code, head: true, sort: 'code', cell: ({ code }) => <a href={at(USER, { user: code })}>{code}</a>, plain: ({ code }) => code },
    { key: 'name', words: t.users.name, sort: 'name', cell: ({ name }) => name, plain: ({ name }) => name },
    { key: 'kind', words: t.users.kind, sort: 'kind', cell: ({ kind }) => t.users.kinds[kind], plain: ({ kind }) => t.users.kinds[kind] },
    { key: 'roles', words: t.users.roles, cell: ({ roles }) => roleNames(roles, view), plain: ({ roles }) => roleNames(roles, view) },
    { key: 'districts', words: t.users.districts, cell: (user) => districtNames(user, view), plain: (user) => districtNames(user, view) },
    { key: 'signed', words: t.users.signedIn, sort: 'signedInAt', cell: ({ signedInAt }) => <Moment of={signedInAt} />, plain: ({ signedInAt }) => format.moment(signedInAt, language) },
    {
      key: 'blocked', words: t.users.blocked, sort: 'blockedAt',
      cell: ({ blockedAt, blockedBy }) => (blockedAt === null ? t.common.none : <><Status tone="bad">{t.users.blockedYes}</Status> {t.users.blockedSince(format.moment(blockedAt, language), blockedBy ?? '')}</>),
      plain: ({ blockedAt, blockedBy }) => (blockedAt === null ? null : t.users.blockedSince(format.moment(blockedAt, language), blockedBy ?? '')),
    },
    { key: 'reason', words: t.users.reason, cell: ({ blockReason }) => blockReason ?? t.common.none, plain: ({ blockReason }) => blockReason },
  ];
}

export const userListPages = listPages({
  path: USERS, permission: 'user.read', nav: { place: 80, words: ({ t }) => t.users.list, also: [ROLES_PAGE] },
  filter: userFilter, sort: USER_SORTS, kinds: { code: text, kind: choice, role: choice, district: choice, blocked: choice },
  read: listUsers, keyOf: ({ code }) => code, title: ({ t }) => t.users.list, file: 'uzytkownicy', columns: columnsOf,
  intro: ({ t }) => <p>{t.users.intro} <a href={ROLES_PAGE}>{t.users.rolesLink}</a></p>,
  fields: async ({ t, today }, ctx) => (
    <>
      <TextField name="code" label={t.users.code} hint={t.users.codeHint} maxLength={100} />
      <ChoiceField name="kind" label={t.users.kind} any={t.form.any} options={(['staff', 'tenant'] as const).map((value) => ({ value, words: t.users.kinds[value] }))} />
      <ChoiceField name="role" label={t.users.role} any={t.form.any} options={SHOWN_ROLES.map((value) => ({ value, words: t.roles[value] ?? value }))} />
      <ChoiceField name="district" label={t.users.district} any={t.form.any} options={(await listDistricts(ctx, today)).map((value) => ({ value, words: value }))} />
      <ChoiceField name="blocked" label={t.users.blockedState} any={t.form.any} options={[{ value: 'true', words: t.users.blockedYes }, { value: 'false', words: t.users.blockedNo }]} />
    </>
  ),
});
