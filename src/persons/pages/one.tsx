/** A person: masked whoever looks, whole in answer to a button, which is an event of the audit trail. */
import type { VNode } from 'preact';
import { may } from '../../platform/access/roles.ts';
import { seesWholeCity } from '../../platform/access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { at } from '../../web/address.ts';
import { ActionButton } from '../../web/components/form-marks.tsx';
import { Note, Section } from '../../web/components/parts.tsx';
import { TrailLink } from '../../web/components/trail-link.tsx';
import { Day, Facts } from '../../web/components/values.tsx';
import type { PageRoute, Shown } from '../../web/declared.ts';
import { lookPage } from '../../web/given.ts';
import { page } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import type { PersonGlance, PersonView } from '../read.ts';
import { glanceAtPerson, showPerson } from '../read.ts';
import { openListsWith } from '../retention.ts';
import { personParam } from '../routes.ts';
import { KeepingSection, Leases } from './cases.tsx';
import { CORRECTION, EXPORT, Erased, LETTER_CODE, PERSON, personCrumbs } from './shared.tsx';
import type { AboutPersons } from './told.ts';

/** The part of the page that the button replaces. */
const PART = 'identity-part';

export const onePages = (about: AboutPersons): readonly PageRoute[] => [
  ...page({
    path: '/persons/:person', permission: 'person.read', params: personParam,
    show: async ({ ctx, view, params: { person } }) => shown(ctx, view, about, await glanceAtPerson(ctx, person, about.seen)),
  }),
  ...lookPage({
    path: '/persons/:person', permission: 'pesel.read', audit: 'person.pesel_read', params: personParam,
    back: ({ person }) => at(PERSON, { person }),
    show: async ({ ctx, view, params: { person } }) => shown(ctx, view, about, { ...(await showPerson(ctx, person, about.seen)), hides: false }),
  }),
];

async function shown(ctx: Context, view: View, { leasesOf, keepingOf }: AboutPersons, person: PersonGlance): Promise<Shown> {
  const { person: code } = person;
  const leases = may(ctx.actor, 'lease.read') ? await leasesOf(ctx, code) : null;
  // How long a file is kept depends on leases everywhere.
  const wholeCity = seesWholeCity(ctx.actor);
  const keeping = wholeCity ? await keepingOf(ctx, code) : null;
  const lists = wholeCity && may(ctx.actor, 'retention.read') ? await openListsWith(ctx.db, code) : [];
  return {
    title: view.t.person.title(code), crumbs: personCrumbs(view),
    body: (
      <>
        {person.erasedAt === null ? null : <Erased at={person.erasedAt} />}
        <div id={PART}><Identity person={person} /></div>
        {leases === null ? null : <Leases of={leases} />}
        {keeping === null || person.erasedAt !== null ? null : <KeepingSection of={keeping} lists={lists} />}
        <TrailLink kind="person" id={code} />
      </>
    ),
  };
}

function Identity({ person }: { readonly person: PersonGlance }): VNode {
  const view = useView();
  const { t: { person: words, common } } = view;
  const { person: code, name, pesel, withoutPesel, document, whole, hides, erasedAt } = person;
  const to = at(PERSON, { person: code });
  const asks = hides && mayHere(view, 'pesel.read');
  return (
    <Section id="identity" title={words.identity}>
      {whole ? <Note><p tabIndex={-1} autofocus>{words.shown}</p></Note> : null}
      <Facts
        of={[
          [words.code, <span class="code">{code}</span>],
          [words.name, name],
          pesel === null ? [words.withoutPesel, withoutPesel === null ? common.none : words.reasons[withoutPesel]] : [words.pesel, <span class="code">{pesel}</span>],
          ...(document === null ? [] : [[words.document, <span class="code">{document}</span>] as const]),
          [words.born, <Born of={person} />],
        ]}
      />
      <div class={asks ? 'buttons spaced' : 'buttons'}>
        {asks ? <ActionButton to={to} words={words.show} inPlace={PART} /> : null}
        {whole ? <a class="button" href={to}>{words.hide}</a> : null}
        {erasedAt === null && mayHere(view, 'person.write') ? <a class="button" href={at(CORRECTION, { person: code })}>{words.correct}</a> : null}
        {erasedAt === null && mayHere(view, 'person.code') ? <a class="button" href={at(LETTER_CODE, { person: code })}>{words.letterCode}</a> : null}
        {mayHere(view, 'pesel.read') ? <a class="button" href={at(EXPORT, { person: code })}>{words.exportAll}</a> : null}
      </div>
      {asks ? <p class="soft">{words.showHelp}</p> : null}
    </Section>
  );
}

function Born({ of: { born, whole, hides } }: { readonly of: PersonView & { readonly hides: boolean } }): VNode {
  const { t } = useView();
  return whole || !hides ? <Day of={born} /> : <span class="soft">{t.person.hidden}</span>;
}
