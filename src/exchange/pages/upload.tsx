/** Sending a file for its trial: of a given kind, or of one that is recognised. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { megabytes } from '../../platform/tabular/index.ts';
import { at } from '../../web/address.ts';
import { Buttons, ChoiceField, CommandForm, FileField } from '../../web/components/fields.tsx';
import { choice } from '../../web/forms/kinds.ts';
import type { FormState } from '../../web/forms/state.ts';
import { uploadPage } from '../../web/upload.ts';
import { useView } from '../../web/view.ts';
import { LARGEST_FILE } from '../import.ts';
import { SHEETS, sheetNamed } from '../sheets.ts';
import { startTrial } from '../trials.ts';
import { sheetParam } from './files.tsx';
import { maySend } from './kinds.tsx';

const FILE = { file: 'file', fileLimit: LARGEST_FILE, missing: 'import_file_missing', audit: null } as const;

export const uploadPages = [
  ...uploadPage({
    ...FILE, path: '/files/import', permission: 'import', body: z.strictObject({ sheet: z.string().min(1).max(40).optional() }), fields: { sheet: choice },
    show: ({ view: { t } }, form) => ({ title: t.files.load, crumbs: [{ to: '/files', words: t.files.heading }], body: <Sending state={form} to="/files/import" choose /> }),
    submit: async ({ ctx }, { sheet }, file) => ({ to: at('/files/imports/:operation', { operation: await startTrial(ctx, sheet ?? null, file) }) }),
  }),
  ...uploadPage({
    ...FILE, path: '/files/:sheet/import', permission: 'import', params: sheetParam, body: z.strictObject({}), fields: {},
    show: ({ view: { t }, params }, form) => {
      const { sheet: { name, title } } = sheetNamed(params.sheet);
      return {
        title: t.files.loadKind(title),
        crumbs: [{ to: '/files', words: t.files.heading }, { to: at('/files/:sheet', { sheet: name }), words: title }],
        body: <Sending state={form} to={at('/files/:sheet/import', { sheet: name })} />,
      };
    },
    submit: async ({ ctx, params }, _, file) => ({ to: at('/files/imports/:operation', { operation: await startTrial(ctx, params.sheet, file) }) }),
  }),
];

function Sending({ state, to, choose = false }: { readonly state: FormState; readonly to: string; readonly choose?: boolean }): VNode {
  const view = useView();
  const { t } = view;
  const kinds = SHEETS.filter((exchange) => maySend(view, exchange)).map(({ sheet: { name, title } }) => ({ value: name, words: title }));
  return (
    <>
      <p>{t.files.loadIntro}</p>
      <CommandForm state={state} to={to} upload>
        {choose ? <ChoiceField name="sheet" label={t.files.kind} any={t.files.recognise} options={kinds} /> : null}
        <FileField name="file" label={t.files.file} hint={t.files.fileHint(megabytes(LARGEST_FILE))} accept=".csv,.txt,.xlsx" />
        <Buttons save={t.files.try} cancel="/files" />
      </CommandForm>
    </>
  );
}
