/** Giving a person everything that is held about them: what the file holds is said before it is fetched. */
import { z } from 'zod';
import { EXPORT, PERSON, personCrumbs } from '../persons/pages/shared.tsx';
import { glanceAtPerson } from '../persons/read.ts';
import { personParam } from '../persons/routes.ts';
import { at } from '../web/address.ts';
import { ActionButton } from '../web/components/form-marks.tsx';
import { Note } from '../web/components/parts.tsx';
import type { PageRoute } from '../web/declared.ts';
import { formPage } from '../web/page.ts';
import type { RentsOfLeases } from './person-export.ts';
import { exportedFile } from './person-export.ts';
import { personsSeen } from './sql.ts';

export const personExportPages = (rentsOfLeases: RentsOfLeases): readonly PageRoute[] => formPage({
  path: '/persons/:person/export', permission: 'pesel.read', audit: 'person.export', params: personParam, body: z.strictObject({}), fields: {},
  show: async ({ ctx, view, params: { person } }, form) => {
    await glanceAtPerson(ctx, person, personsSeen);
    const { t: { person: t } } = view;
    return {
      title: t.exportTitle(person), crumbs: personCrumbs(view, person),
      body: (
        <>
          {form.summary === null ? null : <Note tone="bad">{form.summary}</Note>}
          <p>{t.exportHelp}</p>
          <Note><p>{t.exportWho}</p></Note>
          <div class="buttons">
            <ActionButton to={at(EXPORT, { person })} words={t.exportGet} gives="file" main />
            <a href={at(PERSON, { person })}>{t.back}</a>
          </div>
        </>
      ),
    };
  },
  submit: ({ ctx, params: { person } }) => exportedFile(ctx, person, rentsOfLeases),
});
