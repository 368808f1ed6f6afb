/** Correcting what is recorded of a person, with a reason. Fields left empty stay; what is to go is ticked. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { at } from '../../web/address.ts';
import { AreaField, Buttons, CommandForm, FlagField, TextField } from '../../web/components/fields.tsx';
import { flag, text } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import type { PageRoute } from '../../web/declared.ts';
import { useView } from '../../web/view.ts';
import { correctPerson, correctionInput } from '../commands.ts';
import type { PersonGlance } from '../read.ts';
import { glanceAtPerson } from '../read.ts';
import { personParam } from '../routes.ts';
import { refuseUnseen } from '../visible.ts';
import type { AboutPersons } from './told.ts';
import { CORRECTION, Erased, IDENTITY_FIELDS, IdentityFields, PERSON, personCrumbs } from './shared.tsx';

/** A tick at what is to go, by the field it empties. */
const DROPS = { dropDocument: 'document', dropBorn: 'born' } as const;

/** What is typed wins over a tick beside it. */
function emptied(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const { dropDocument, dropBorn, ...rest } = given as Readonly<Record<string, unknown>>;
  return { ...(dropDocument === true ? { [DROPS.dropDocument]: null } : {}), ...(dropBorn === true ? { [DROPS.dropBorn]: null } : {}), ...rest };
}

export const correctPages = ({ seen }: AboutPersons): readonly PageRoute[] => formPage({
  path: '/persons/:person/correction', permission: 'person.write', audit: 'person.correct', params: personParam,
  body: z.preprocess(emptied, correctionInput), fields: { ...IDENTITY_FIELDS, dropDocument: flag, dropBorn: flag, reason: text },
  begin: async ({ ctx, params: { person } }) => ({ name: (await glanceAtPerson(ctx, person, seen)).name }),
  show: async ({ ctx, view, params: { person: code } }, form) => {
    const person = await glanceAtPerson(ctx, code, seen);
    return {
      title: view.t.person.correctTitle(code), crumbs: personCrumbs(view, code),
      body: person.erasedAt === null ? <CorrectionForm of={person} form={form} /> : <Erased at={person.erasedAt} />,
    };
  },
  submit: async ({ ctx, view: { t }, params: { person } }, body) => {
    await refuseUnseen(ctx, person, seen);
    await correctPerson(ctx, person, body, seen);
    return { to: at(PERSON, { person }), notice: { kind: 'good', words: t.person.corrected(person) } };
  },
});

function CorrectionForm({ of: { person, pesel, withoutPesel, document, hides }, form }: { readonly of: PersonGlance; readonly form: FormState }): VNode {
  const { t: { person: t } } = useView();
  return (
    <CommandForm state={form} to={at(CORRECTION, { person })}>
      <p>{t.correctHelp}</p>
      <TextField name="name" label={t.name} maxLength={200} />
      <IdentityFields
        peselHint={pesel === null ? t.peselHint : t.peselStays(pesel)} none={t.stays}
        reasonHint={withoutPesel === null ? undefined : t.reasonStays(t.reasons[withoutPesel])} documentHint={document === null ? t.documentHint : t.documentStays}
      />
      {document === null ? null : <FlagField name="dropDocument" label={t.dropDocument} />}
      {pesel === null && hides ? <FlagField name="dropBorn" label={t.dropBorn} /> : null}
      <AreaField name="reason" label={t.reason} hint={t.reasonHint} maxLength={500} />
      <Buttons save={t.correctSave} cancel={at(PERSON, { person })} />
    </CommandForm>
  );
}
