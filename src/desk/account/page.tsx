/** Who is signed in, as what, until when, and with what tokens. For everybody. */
import type { VNode } from 'preact';
import { may } from '../../platform/access/roles.ts';
import { ownTokens } from '../../platform/access/tokens.ts';
import type { Context } from '../../platform/context.ts';
import { Note, Section } from '../../web/components/parts.tsx';
import { Facts, Moment } from '../../web/components/values.tsx';
import { page } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import { Permitted, districtNames, roleNames } from '../users/permissions.tsx';
import { ACCOUNT, LETTER_CODE } from './addresses.ts';
import { Tokens } from './tokens.tsx';

export const accountPages = page({
  path: ACCOUNT, permission: 'law.read',
  show: async ({ ctx, view: { t } }) => {
    const tokens = may(ctx.actor, 'token.own') ? await ownTokens(ctx) : null;
    return {
      title: t.account.heading,
      body: (
        <>
          {isTenant(ctx) ? <Known person={ctx.actor.person} /> : null}
          <Who />
          {tokens === null ? null : <Tokens of={tokens} now={ctx.clock.now()} />}
          <Section id="may" title={t.account.mayDo}>
            <Permitted roles={ctx.actor.roles} />
            {isTenant(ctx) ? null : <p class="soft">{t.account.given}</p>}
          </Section>
        </>
      ),
    };
  },
});

/** Who works for the city and also rents from it has another account for that. */
export function isTenant({ actor }: Pick<Context, 'actor'>): boolean {
  return actor.roles.includes('tenant');
}

function Who(): VNode | null {
  const view = useView();
  const { t, actor, signedInUntil } = view;
  if (actor === null) return null;
  const kind = isTenant({ actor }) ? 'tenant' : 'staff';
  return (
    <Section id="who" title={t.account.who}>
      <Facts
        of={[
          [t.account.name, actor.name],
          ...(kind === 'staff' ? [[t.account.code, <span class="code">{actor.code}</span>] as const] : []),
          [t.account.roles, roleNames(actor.roles, view)],
          ...(kind === 'staff' ? [[t.account.districts, districtNames({ kind, districts: actor.districts }, view)] as const] : []),
          [t.account.until, signedInUntil === null ? t.account.byToken : <Moment of={signedInUntil} />],
        ]}
      />
      {signedInUntil === null ? null : <p class="soft">{t.account.untilHelp}</p>}
    </Section>
  );
}

/** Whether we know whose leases a tenant may see. */
function Known({ person }: { readonly person: string | null }): VNode {
  const { t } = useView();
  if (person !== null) return <Note tone="good"><p>{t.account.known}</p></Note>;
  return (
    <Note>
      <p><strong>{t.account.unknown}</strong></p>
      <p>{t.account.unknownHelp}</p>
      <p class="buttons"><a class="button main" href={LETTER_CODE}>{t.account.enterCode}</a></p>
    </Note>
  );
}
