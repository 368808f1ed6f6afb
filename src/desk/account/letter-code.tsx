/** A tenant whom signing in did not tell shows by the code from a letter who they are. */
import { letterCodeInput, linkByLetterCode } from '../../platform/access/letter-codes.ts';
import { DomainError } from '../../platform/errors.ts';
import { peselOfPerson } from '../../persons/store.ts';
import { Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { Note } from '../../web/components/parts.tsx';
import { text } from '../../web/forms/kinds.ts';
import { formPage } from '../../web/page.ts';
import { ACCOUNT, LETTER_CODE } from './addresses.ts';
import { isTenant } from './page.tsx';

export const letterCodePages = formPage({
  path: LETTER_CODE, permission: 'lease.read', audit: 'session.letter_code', body: letterCodeInput, fields: { code: text },
  show: ({ ctx, view: { t } }, form) => {
    const needless = !isTenant(ctx) ? t.account.letterStaff : ctx.actor.person !== null ? t.account.letterNeedless : null;
    return {
      title: t.account.letterTitle, crumbs: [{ to: ACCOUNT, words: t.account.heading }],
      body: needless !== null ? <Note><p>{needless}</p><p><a href={ACCOUNT}>{t.account.back}</a></p></Note> : (
        <CommandForm state={form} to={LETTER_CODE}>
          <p>{t.account.letterIntro}</p>
          <TextField name="code" label={t.account.letterCode} hint={t.account.letterHint} maxLength={40} />
          <Buttons save={t.account.letterSave} cancel={ACCOUNT} />
          <p class="soft">{t.account.letterNone}</p>
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view: { t } }, body) => {
    await atItsField(() => linkByLetterCode(ctx, body, peselOfPerson));
    return { to: '/', notice: { kind: 'good', words: t.account.letterDone } };
  },
});

/** Whatever is said of the code is said beside it: the form has no other field. */
async function atItsField(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.flaws.length > 0 || !error.code.startsWith('letter_code_')) throw error;
    throw new DomainError(error.kind, error.code, error.args, [{ field: 'code', code: error.code, args: error.args }]);
  }
}
