/** A code for a letter: made by a button, shown for a few minutes to whoever made it, printed from the page. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { LetterCodeMade } from '../../platform/access/of-person.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import { at } from '../../web/address.ts';
import { Buttons, CommandForm } from '../../web/components/fields.tsx';
import { Figures, Note, Section } from '../../web/components/parts.tsx';
import { Facts, Moment } from '../../web/components/values.tsx';
import type { PageRoute } from '../../web/declared.ts';
import type { FormState } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import { passing } from '../../web/passing.ts';
import { useView } from '../../web/view.ts';
import { issueLetterCode, newestLetterCode } from '../letter-code.ts';
import { glanceAtPerson } from '../read.ts';
import type { PersonView } from '../read.ts';
import { personParam } from '../routes.ts';
import type { AboutPersons } from './told.ts';
import { Erased, LETTER_CODE, PERSON, personCrumbs } from './shared.tsx';

/** Enough to print it, or to load the page again when the printer fails. */
const SHOWN_MINUTES = 10;

/** The code that this session has just made, and for whom. */
const justMade = passing('letter-code', z.strictObject({ person: z.string(), code: z.string(), expiresAt: z.string() }), SHOWN_MINUTES);

type Made = NonNullable<Awaited<ReturnType<typeof justMade.recall>>>;

export const letterCodePages = ({ seen }: AboutPersons): readonly PageRoute[] => formPage({
  path: '/persons/:person/letter-code', permission: 'person.code', audit: 'person.letter_code', params: personParam, body: z.strictObject({}), fields: {},
  show: async ({ ctx, view, memory, params: { person: code } }, form) => {
    const person = await glanceAtPerson(ctx, code, seen);
    const newest = await justMade.recall(memory, ctx.clock.now());
    const made = newest?.person === code ? newest : null;
    const earlier = made === null ? await newestLetterCode(ctx, code, seen) : null;
    return {
      title: view.t.person.codeTitle(code), crumbs: personCrumbs(view, code),
      body: person.erasedAt !== null ? <Erased at={person.erasedAt} /> : made === null ? <Offer person={code} earlier={earlier} now={ctx.clock.now()} form={form} /> : <Letter to={person} code={made} />,
    };
  },
  submit: async ({ ctx, memory, params: { person } }) => {
    const { code, expiresAt } = await issueLetterCode(ctx, person, seen);
    await justMade.keep(memory, { person, code, expiresAt }, ctx.clock.now());
    return { to: at(LETTER_CODE, { person }) };
  },
});

function Offer({ person, earlier, now, form }: { readonly person: string; readonly earlier: LetterCodeMade | null; readonly now: Instant; readonly form: FormState }): VNode {
  const { t: { person: t } } = useView();
  return (
    <CommandForm state={form} to={at(LETTER_CODE, { person })}>
      <p>{t.codeHelp}</p>
      <p>{t.codeOnce}</p>
      {earlier === null ? null : (
        <Note>
          <p>{t.codeMade}: {t.codeMadeAt} <Moment of={earlier.madeAt} />, {t.codeStates[stateOf(earlier, now)]}.</p>
          {stateOf(earlier, now) === 'open' ? <p>{t.codeVoids}</p> : null}
        </Note>
      )}
      <Buttons save={t.codeMake} cancel={at(PERSON, { person })} />
    </CommandForm>
  );
}

function stateOf({ usedAt, withdrawnAt, expiresAt }: LetterCodeMade, now: Instant): 'open' | 'used' | 'withdrawn' | 'over' {
  if (usedAt !== null) return 'used';
  if (withdrawnAt !== null) return 'withdrawn';
  return Date.parse(expiresAt) <= Date.parse(now) ? 'over' : 'open';
}

/** What goes into the letter; the rest of the page stays off the paper. */
function Letter({ to: { person, name }, code: { code, expiresAt, until } }: { readonly to: PersonView; readonly code: Made }): VNode {
  const { t: { person: t } } = useView();
  return (
    <>
      <Section id="letter" title={t.letterCode}>
        <Facts of={[[t.codeFor, name], [t.code, <span class="code">{person}</span>], [t.codeValid, <Moment of={expiresAt} />]]} />
        <Figures of={[{ name: t.codeIs, value: <span class="code" id="letter-code">{code}</span> }]} />
        <p>{t.codeHow}</p>
      </Section>
      <div class="off-paper">
        <Note><p>{t.codePrint} <Moment of={until} />. {t.codeAfter}</p></Note>
        <p class="buttons"><a class="button" href={at(PERSON, { person })}>{t.back}</a></p>
      </div>
    </>
  );
}
