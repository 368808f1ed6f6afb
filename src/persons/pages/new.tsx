/** Adding a person. */
import { at } from '../../web/address.ts';
import { Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { formPage } from '../../web/page.ts';
import type { PageRoute } from '../../web/declared.ts';
import { addPerson, personInput } from '../commands.ts';
import type { AboutPersons } from './told.ts';
import { IDENTITY_FIELDS, IdentityFields, NEW_PERSON, PERSON, personCrumbs } from './shared.tsx';

export const newPages = ({ seen }: AboutPersons): readonly PageRoute[] => formPage({
  path: NEW_PERSON, permission: 'person.write', audit: 'person.add', body: personInput, fields: IDENTITY_FIELDS,
  show: ({ view }, form) => {
    const { t: { person: t } } = view;
    return {
      title: t.new, crumbs: personCrumbs(view),
      body: (
        <CommandForm state={form} to={NEW_PERSON}>
          <p>{t.newHelp}</p>
          <TextField name="name" label={t.name} hint={t.nameHint} maxLength={200} />
          <IdentityFields peselHint={t.peselHint} none={t.hasPesel} documentHint={t.documentHint} />
          <Buttons save={t.add} cancel="/search" />
        </CommandForm>
      ),
    };
  },
  submit: async ({ ctx, view: { t } }, body) => {
    const { person } = await addPerson(ctx, body, seen);
    return { to: at(PERSON, { person }), notice: { kind: 'good', words: t.person.added(person) } };
  },
});
