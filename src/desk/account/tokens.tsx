/** Own tokens for the terminal: listed, made, shown once, revoked. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { TokenKept } from '../../platform/access/tokens.ts';
import { makeToken, ownTokens, revokeToken, tokenInput } from '../../platform/access/tokens.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import { DomainError } from '../../platform/errors.ts';
import { said } from '../../platform/problem-texts.ts';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { Empty, Note, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Facts, Moment, Status } from '../../web/components/values.tsx';
import { text, whole } from '../../web/forms/kinds.ts';
import { formPage } from '../../web/page.ts';
import { passing } from '../../web/passing.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { ACCOUNT, MADE_TOKEN, NEW_TOKEN, REVOKE_TOKEN } from './addresses.ts';

type State = 'works' | 'expired' | 'revoked';

function stateOf({ revokedAt, expiresAt }: TokenKept, now: Instant): State {
  return revokedAt !== null ? 'revoked' : expiresAt <= now ? 'expired' : 'works';
}

const crumbs = ({ t }: View): { to: string; words: string }[] => [{ to: ACCOUNT, words: t.account.heading }];

export function Tokens({ of, now }: { readonly of: readonly TokenKept[]; readonly now: Instant }): VNode {
  const { t } = useView();
  return (
    <Section id="tokens" title={t.account.tokens}>
      <p>{t.account.tokensIntro}</p>
      {of.length === 0 ? <Empty title={t.account.tokensNone}><p>{t.account.tokensNoneHelp}</p></Empty> : (
        <Table
          caption={t.account.tokens} rows={of} keyOf={({ id }) => id}
          columns={[
            { key: 'name', words: t.account.purpose, head: true, cell: ({ name }) => name },
            { key: 'state', words: t.account.state, cell: (token) => <TokenState of={stateOf(token, now)} /> },
            { key: 'made', words: t.account.made, cell: ({ madeAt }) => <Moment of={madeAt} /> },
            { key: 'expires', words: t.account.expires, cell: ({ expiresAt }) => <Moment of={expiresAt} /> },
            { key: 'used', words: t.account.used, cell: ({ usedAt }) => (usedAt === null ? t.account.never : <Moment of={usedAt} />) },
            {
              key: 'revoke', words: t.account.action,
              cell: (token) => (stateOf(token, now) === 'works' ? <a href={at(REVOKE_TOKEN, { token: token.id })} aria-label={t.account.revokeOne(token.name)}>{t.account.revoke}</a> : null),
            },
          ]}
        />
      )}
      <p class="buttons spaced"><a class="button" href={NEW_TOKEN}>{t.account.newToken}</a></p>
    </Section>
  );
}

function TokenState({ of }: { readonly of: State }): VNode {
  const { t } = useView();
  return <Status tone={of === 'works' ? 'good' : 'quiet'}>{t.account.states[of]}</Status>;
}

const MADE = 'token';
/** It is shown that long to whoever made it, so that a reload does not lose it. */
const SHOWN_MINUTES = 15;

/** The token that was just made in this session. */
const justMade = passing(MADE, z.object({ id: z.string(), name: z.string(), token: z.string(), expiresAt: z.string() }), SHOWN_MINUTES);

const newTokenPages = formPage({
  path: NEW_TOKEN, permission: 'token.own', audit: 'token.make', body: tokenInput, fields: { name: text, days: whole }, begin: () => ({ days: '30' }),
  show: ({ view }, form) => ({
    title: view.t.account.newToken, crumbs: crumbs(view),
    body: (
      <CommandForm state={form} to={NEW_TOKEN}>
        <p>{view.t.account.tokensIntro}</p>
        <TextField name="name" label={view.t.account.purpose} hint={view.t.account.purposeHint} maxLength={60} />
        <TextField name="days" label={view.t.account.days} hint={view.t.account.daysHint} maxLength={3} mode="numeric" />
        <Buttons save={view.t.account.makeToken} cancel={ACCOUNT} />
      </CommandForm>
    ),
  }),
  submit: async ({ ctx, memory }, body) => {
    const token = await makeToken(ctx, body);
    await justMade.keep(memory, { ...token, name: body.name }, ctx.clock.now());
    return { to: MADE_TOKEN };
  },
});

const madeTokenPages = formPage({
  path: MADE_TOKEN, permission: 'token.own', audit: null, body: z.strictObject({}), fields: {},
  show: async ({ ctx, view, memory }, form) => {
    const { t } = view;
    const token = await justMade.recall(memory, ctx.clock.now());
    return {
      title: token === null ? t.account.token : t.account.madeTitle, crumbs: crumbs(view),
      body: token === null ? <Note><p>{t.account.madeGone}</p><p><a href={ACCOUNT}>{t.account.back}</a></p></Note> : (
        <>
          <Note tone="good"><p>{t.account.madeOnce}</p></Note>
          <p class="secret"><code>{token.token}</code></p>
          <p>{t.account.madeUse}</p>
          <Facts of={[[t.account.purpose, token.name], [t.account.expires, <Moment of={token.expiresAt} />]]} />
          <CommandForm state={form} to={MADE_TOKEN}><Buttons save={t.account.madeHide} /></CommandForm>
        </>
      ),
    };
  },
  submit: async ({ memory }) => {
    await memory.forget(MADE);
    return { to: ACCOUNT };
  },
});

const tokenParams = z.strictObject({ token: z.string().regex(/^\d{1,18}$/, said('number_of_token')) });

const revokePages = formPage({
  path: REVOKE_TOKEN, permission: 'token.own', audit: 'token.revoke', params: tokenParams, body: z.strictObject({}), fields: {},
  show: async ({ ctx, view, params: { token: id } }, form) => {
    const { t } = view;
    const token = (await ownTokens(ctx)).find((one) => one.id === id);
    if (token === undefined) throw new DomainError('not found', 'token_unknown', { token: id });
    const state = stateOf(token, ctx.clock.now());
    const facts = <Facts of={[[t.account.purpose, token.name], [t.account.state, <TokenState of={state} />], [t.account.expires, <Moment of={token.expiresAt} />], [t.account.used, token.usedAt === null ? t.account.never : <Moment of={token.usedAt} />]]} />;
    return {
      title: t.account.revokeTitle, crumbs: crumbs(view),
      body: state !== 'works' ? <>{facts}<Note><p>{t.account.over}</p><p><a href={ACCOUNT}>{t.account.back}</a></p></Note></> : (
        <>
          {facts}
          <CommandForm state={form} to={at(REVOKE_TOKEN, { token: id })}>
            <p>{t.account.revokeHelp}</p>
            <Buttons save={t.account.revokeSave} cancel={ACCOUNT} />
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx, view: { t }, memory, params: { token: id } }) => {
    const token = (await ownTokens(ctx)).find((one) => one.id === id);
    await revokeToken(ctx, id);
    if ((await justMade.recall(memory, ctx.clock.now()))?.id === id) await memory.forget(MADE);
    return { to: ACCOUNT, notice: { kind: 'good', words: t.account.revoked(token?.name ?? id) } };
  },
});

export const tokenPages = [...newTokenPages, ...madeTokenPages, ...revokePages];
