/** What the pages of a person have in common: where they are, and how an identity is typed. */
import type { VNode } from 'preact';
import { at } from '../../web/address.ts';
import { ChoiceField, DayField, TextField } from '../../web/components/fields.tsx';
import { Note } from '../../web/components/parts.tsx';
import { Facts, Moment } from '../../web/components/values.tsx';
import type { Crumb } from '../../web/declared.ts';
import type { FieldKind } from '../../web/forms/kinds.ts';
import { choice, day, text } from '../../web/forms/kinds.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { WITHOUT_PESEL } from '../store.ts';

export const PERSON = '/persons/:person';
export const NEW_PERSON = '/persons/new';
export const CORRECTION = '/persons/:person/correction';
export const LETTER_CODE = '/persons/:person/letter-code';
/** The leases hold what is given out, and have its page. */
export const EXPORT = '/persons/:person/export';
export const RETENTION_LIST = '/retention-lists/:list';

/** There is no list of persons to lead back to: only the search. */
export function personCrumbs({ t }: View, person?: string): readonly Crumb[] {
  return [{ to: '/search', words: t.found.heading }, ...(person === undefined ? [] : [{ to: at(PERSON, { person }), words: t.person.title(person) }])];
}

/** Eleven digits, with the spaces and hyphens people put between them. */
const pesel: FieldKind = {
  read: (texts) => {
    const given = text.read(texts);
    return typeof given === 'string' ? given.replaceAll(/[\s\u00a0\u202f-]/g, '') : given;
  },
  write: (value) => value,
};

export const IDENTITY_FIELDS = { name: text, pesel, withoutPesel: choice, document: text, born: day } as const;

/** PESEL or the reason why there is none, document and birth date. */
export function IdentityFields({ peselHint, reasonHint, none, documentHint }: {
  readonly peselHint: string; readonly reasonHint?: string | undefined; readonly documentHint: string;
  /** What no reason means. */
  readonly none: string;
}): VNode {
  const { t: { person: t } } = useView();
  return (
    <>
      <TextField name="pesel" label={t.pesel} hint={peselHint} maxLength={20} mode="numeric" optional />
      <ChoiceField name="withoutPesel" label={t.withoutPesel} hint={reasonHint} any={none} options={WITHOUT_PESEL.map((reason) => ({ value: reason, words: t.reasons[reason] }))} />
      <TextField name="document" label={t.document} hint={documentHint} maxLength={60} optional />
      <DayField name="born" label={t.born} hint={t.bornHint} optional />
    </>
  );
}

/** That the person's data are gone, and what is left. */
export function Erased({ at: erasedAt }: { readonly at: string }): VNode {
  const { t: { person: t } } = useView();
  return (
    <Note>
      <p><strong>{t.erased}</strong></p>
      <p>{t.erasedHelp}</p>
      <Facts of={[[t.erasedOn, <Moment of={erasedAt} />]]} />
    </Note>
  );
}
