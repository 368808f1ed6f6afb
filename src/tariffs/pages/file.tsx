/** A new tariff from a file: sent or pasted, then checked and loaded like one that is typed in. */
import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { readTariffFile } from '../../platform/law/files.ts';
import { AreaField, Buttons, CommandForm, FileField } from '../../web/components/fields.tsx';
import { text } from '../../web/forms/kinds.ts';
import { formPage } from '../../web/page.ts';
import { uploadPage } from '../../web/upload.ts';
import { tryTariff } from '../commands.ts';
import { CRUMBS, Tried, Ways, load } from './new.tsx';

/** What errors call the pasted text. */
const NAME = 'taryfa.yaml';
/** Bytes; a tariff has some two thousand. */
const LARGEST = 40_000;
/** Where the session remembers what was sent until it is loaded. */
const MEMORY = 'tariff-file';

export const fileTariffPages = formPage({
  path: '/tariffs/new/file', permission: 'law.load', audit: 'law.load', body: z.strictObject({ text: z.string().min(1).max(LARGEST) }), fields: { text },
  begin: ({ memory }) => ({ text: memory.recall(MEMORY) ?? '' }),
  show: async ({ ctx, view: { t } }, form) => {
    const book = await ctx.law.book(ctx.db);
    const tariff = form.previewed && form.value !== null ? readTariffFile(form.value.text, NAME) : null;
    return {
      title: t.tariffForm.fileTitle, crumbs: CRUMBS(t), wide: true,
      body: (
        <>
          <Ways here="file" />
          <p>{t.tariffForm.fileIntro}</p>
          {tariff === null ? null : <Tried of={await tryTariff(ctx, tariff)} tariff={tariff} book={book} />}
          <CommandForm state={form} to="/tariffs/new/file">
            <AreaField name="text" label={t.tariffForm.file} hint={t.tariffForm.fileHint} rows={20} maxLength={LARGEST} />
            <Buttons preview={t.tariffForm.check} save={t.tariffForm.save} cancel="/tariffs" />
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx, view, memory }, given) => {
    const done = await load(ctx, view, readTariffFile(given.text, NAME), null);
    await memory.remember(MEMORY, '');
    return done;
  },
});

/** Nothing is loaded by sending: the text goes where it is checked and loaded. */
export const sentTariffPages = uploadPage({
  path: '/tariffs/new/upload', permission: 'law.load', audit: null, body: z.strictObject({}), fields: {}, file: 'file', fileLimit: LARGEST, missing: 'import_file_missing',
  show: ({ view: { t } }, form) => ({
    title: t.tariffForm.fileTitle, crumbs: CRUMBS(t), wide: true,
    body: (
      <>
        <Ways here="send" />
        <p>{t.tariffForm.sendIntro}</p>
        <CommandForm state={form} to="/tariffs/new/upload" upload>
          <FileField name="file" label={t.tariffForm.sent} hint={t.tariffForm.sentHint} accept=".yaml,.yml,.txt" />
          <Buttons save={t.tariffForm.send} cancel="/tariffs" />
        </CommandForm>
      </>
    ),
  }),
  submit: async ({ memory }, _, { bytes }) => {
    await memory.remember(MEMORY, await textOf(bytes));
    return { to: '/tariffs/new/file' };
  },
});

/** @throws DomainError `body_encoding` where it is no text in UTF-8; what is too large ends by itself */
async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new DomainError('invalid', 'body_encoding', {}, [{ field: 'file', code: 'body_encoding' }]);
  }
}
