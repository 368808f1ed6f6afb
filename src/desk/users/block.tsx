/** Shutting somebody out and letting them in again, each asked once more with what it does. */
import { blockUser, unblockUser, userReason } from '../../platform/access/users.ts';
import { showUser } from '../../platform/access/users-seen.ts';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, CommandForm } from '../../web/components/fields.tsx';
import { Note } from '../../web/components/parts.tsx';
import type { Crumb } from '../../web/declared.ts';
import { text } from '../../web/forms/kinds.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { BLOCK, UNBLOCK, USER, USERS } from './addresses.ts';
import { userParams } from './user.tsx';

const crumbsOf = ({ t }: View, user: string): Crumb[] => [{ to: USERS, words: t.users.list }, { to: at(USER, { user }), words: user }];

const blockPages = formPage({
  path: BLOCK, permission: 'user.block', audit: 'user.block', params: userParams, body: userReason, fields: { reason: text },
  show: async ({ ctx, view, params: { user: code } }, form) => {
    const { t } = view;
    const { name, blockedAt, tokens } = await showUser(ctx, code);
    const hindrance = code === ctx.actor.code ? t.users.own : blockedAt !== null ? t.users.alreadyBlocked : null;
    return {
      title: t.users.blockTitle(name), crumbs: crumbsOf(view, code),
      body: hindrance !== null ? <Note tone="bad"><p>{hindrance}</p><p><a href={at(USER, { user: code })}>{t.users.title(name)}</a></p></Note> : (
        <>
          <Note>
            <p><strong>{t.users.blockEffect}</strong></p>
            <ul>
              <li>{t.users.blockSessions}</li>
              <li>{t.users.blockTokens(tokens)}</li>
              <li>{t.users.blockLost}</li>
            </ul>
          </Note>
          <CommandForm state={form} to={at(BLOCK, { user: code })}>
            <AreaField name="reason" label={t.users.blockReason} hint={t.users.blockReasonHint} maxLength={500} />
            <Buttons save={t.users.blockSave} cancel={at(USER, { user: code })} />
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { user } }, body) => {
    await blockUser(ctx, user, body);
    return { to: at(USER, { user }), notice: { kind: 'good', words: t.users.blockDone(user) } };
  },
});

const unblockPages = formPage({
  path: UNBLOCK, permission: 'user.block', audit: 'user.unblock', params: userParams, body: userReason, fields: { reason: text },
  show: async ({ ctx, view, params: { user: code } }, form) => {
    const { t } = view;
    const { name, blockedAt } = await showUser(ctx, code);
    const hindrance = code === ctx.actor.code ? t.users.own : blockedAt === null ? t.users.notBlocked : null;
    return {
      title: t.users.unblockTitle(name), crumbs: crumbsOf(view, code),
      body: hindrance !== null ? <Note tone="bad"><p>{hindrance}</p><p><a href={at(USER, { user: code })}>{t.users.title(name)}</a></p></Note> : (
        <CommandForm state={form} to={at(UNBLOCK, { user: code })}>
          <p>{t.users.unblockHelp}</p>
          <AreaField name="reason" label={t.users.blockReason} hint={t.users.blockReasonHint} maxLength={500} />
          <Buttons save={t.users.unblockSave} cancel={at(USER, { user: code })} />
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, params: { user } }, body) => {
    await unblockUser(ctx, user, body);
    return { to: at(USER, { user }), notice: { kind: 'good', words: t.users.unblockDone(user) } };
  },
});

export const userBlockPages = [...blockPages, ...unblockPages];
