/** One user: who they are, what their roles permit, and whether they are let in. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { may } from '../../platform/access/roles.ts';
import type { UserShown } from '../../platform/access/users-seen.ts';
import { showUser } from '../../platform/access/users-seen.ts';
import type { Context } from '../../platform/context.ts';
import { personsNamed } from '../../persons/named.ts';
import { at } from '../../web/address.ts';
import { Note, Section } from '../../web/components/parts.tsx';
import { TrailLink } from '../../web/components/trail-link.tsx';
import { Facts, Moment, Num, Status } from '../../web/components/values.tsx';
import { page } from '../../web/page.ts';
import { mayHere, useView } from '../../web/view.ts';
import { BLOCK, ROLES_PAGE, UNBLOCK, USER, USERS } from './addresses.ts';
import { Permitted, districtNames, roleNames } from './permissions.tsx';

export const userParams = z.strictObject({ user: z.string().min(2).max(100) });

export const userPages = page({
  path: USER, permission: 'user.read', params: userParams,
  show: async ({ ctx, view: { t }, params: { user: code } }) => {
    const user = await showUser(ctx, code);
    const person = await personOf(ctx, user);
    return {
      title: t.users.title(user.name), crumbs: [{ to: USERS, words: t.users.list }],
      body: (
        <>
          <Who user={user} person={person} />
          <TrailLink kind="user" id={code} />
          <Access user={user} />
          <Section id="may" title={t.users.may} aside={<a href={ROLES_PAGE}>{t.users.rolesLink}</a>}>
            {user.blockedAt === null ? null : <p><strong>{t.users.mayBlocked}</strong></p>}
            <Permitted roles={user.roles} />
          </Section>
        </>
      ),
    };
  },
});

/** The code of the person a tenant is, for those who may know of persons. */
async function personOf(ctx: Context, { person }: UserShown): Promise<string | null> {
  if (person === null || !may(ctx.actor, 'person.read')) return null;
  const [named] = await personsNamed(ctx.db, { ids: [person], codes: [] });
  return named?.code ?? null;
}

function Who({ user, person }: { readonly user: UserShown; readonly person: string | null }): VNode {
  const view = useView();
  const { t } = view;
  return (
    <Facts
      of={[
        [t.users.code, <span class="code">{user.code}</span>],
        [t.users.kind, t.users.kinds[user.kind]],
        [t.users.roles, roleNames(user.roles, view)],
        [t.users.districts, districtNames(user, view)],
        [t.users.signedIn, <Moment of={user.signedInAt} />],
        ...(user.kind === 'staff' ? [[t.users.tokens, <Num of={user.tokens} />] as const] : []),
        ...(person !== null ? [[t.users.person, <a href={at('/persons/:person', { person })}>{person}</a>] as const] : []),
        ...(user.kind === 'tenant' && user.person === null ? [[t.users.person, t.users.personNone] as const] : []),
      ]}
    />
  );
}

function Access({ user: { code, blockedAt, blockedBy, blockReason } }: { readonly user: UserShown }): VNode {
  const view = useView();
  const { t, actor } = view;
  const own = actor?.code === code;
  const to = blockedAt === null ? BLOCK : UNBLOCK;
  return (
    <Section id="access" title={t.users.access}>
      <Facts
        of={[
          [t.users.blockedState, blockedAt === null ? <Status tone="good">{t.users.blockedNo}</Status> : <Status tone="bad">{t.users.blockedYes}</Status>],
          ...(blockedAt === null ? [] : [[t.users.blocked, <><Moment of={blockedAt} />, {blockedBy}</>] as const, [t.users.reason, blockReason ?? t.common.none] as const]),
        ]}
      />
      {!mayHere(view, 'user.block') ? null : own ? <Note><p>{t.users.own}</p></Note> : <p class="buttons"><a class="button" href={at(to, { user: code })}>{blockedAt === null ? t.users.block : t.users.unblock}</a></p>}
    </Section>
  );
}
