/** Files that are sent through the pages: for whom they are read at all, how they lie on the server, and for how long. */
import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discardKept, keepFile, keptSource, sweepKept, takeKept } from '../../src/exchange/kept.ts';
import type { SeenImport } from '../../src/exchange/trials.ts';
import { loadTried, seenImport, startTrial } from '../../src/exchange/trials.ts';
import { personOf } from '../../src/platform/access/people.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import type { SentFile } from '../../src/platform/http/multipart.ts';
import { HttpProblem } from '../../src/platform/http/index.ts';
import { problemOf } from '../../src/platform/http/problem.ts';
import { describeError } from '../../src/platform/problems.ts';
import type { Browser } from '../support/browser.ts';
import type { SignInApp } from '../support/sign-in-app.ts';
import { signInApp } from '../support/sign-in-app.ts';

let city: SignInApp;
beforeAll(async () => {
  city = await signInApp();
});
afterAll(() => city.drop());

/** A sender whose folders are told from those of other tests on this machine. */
/** Folders of other runs lie in the same place. */
const RUN = randomUUID().slice(0, 8);
const sender = (code: string): Actor => ({ ...personOf('anna.referent'), code: `${code}.${RUN}` });
const ctxOf = (actor: Actor): Context => city.instance.context(actor);
const foldersOf = async (code: string): Promise<string[]> => (await readdir(tmpdir())).filter((name) => name.startsWith(`kamienica-kept-${createHash('sha256').update(`${code}.${RUN}`).digest('hex').slice(0, 16)}-`));

async function* bytesOf(...parts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Promise.resolve(Buffer.from(part));
  }
}

const fileOf = (name: string, ...parts: readonly (string | Error)[]): SentFile => ({ field: 'file', name, bytes: bytesOf(...parts) });

async function contentOf(ctx: Context, file: string): Promise<string> {
  const source = keptSource(ctx.secrets, file);
  const parts: Uint8Array[] = [];
  if (!Buffer.isBuffer(source)) for await (const part of source()) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(() => null, (error: unknown) => describeError(error).code);
}

const BUILDINGS = 'kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do';
const building = (code: string): string => `${BUILDINGS}\n${code};ul. Nowa;7;31-001;I Stare Miasto;gmina;ZBK;2026-01-01;\n`;

async function over(ctx: Context, operation: string): Promise<SeenImport> {
  await expect.poll(async () => (await seenImport(ctx, operation)).operation.state, { timeout: 20_000 }).not.toBe('running');
  return seenImport(ctx, operation);
}

describe('a file that was sent for its trial', () => {
  it('lies sealed on the disk, and opens as it came, in its own place alone', async () => {
    const ctx = ctxOf(sender('u.sealed'));
    const file = await keepFile(ctx, 'osoby.csv', bytesOf('PESEL 44051401', '358 żółć'));
    expect(await readFile(file, 'utf8')).not.toMatch(/PESEL|44051401/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(await contentOf(ctx, file)).toBe('PESEL 44051401358 żółć');
    const elsewhere = `${path.dirname(file)}-moved`;
    await cp(path.dirname(file), elsewhere, { recursive: true });
    expect(await refusalOf(contentOf(ctx, path.join(elsewhere, path.basename(file))))).toBe('secret_unreadable');
    await rm(elsewhere, { recursive: true });
    await discardKept(file);
    expect(await foldersOf('u.sealed')).toEqual([]);
  });

  it('is not kept when it is empty or breaks off', async () => {
    const ctx = ctxOf(sender('u.broken'));
    expect(await refusalOf(keepFile(ctx, 'a.csv', bytesOf()))).toBe('import_file_empty');
    await expect(keepFile(ctx, 'a.csv', bytesOf('a;b', new HttpProblem(400, 'form_broken')))).rejects.toThrow('form_broken');
    expect(await foldersOf('u.broken')).toEqual([]);
  });

  it('goes after an hour, or when its sender has sent five newer ones; others keep theirs', async () => {
    const [one, other] = [ctxOf(sender('u.many')), ctxOf(sender('u.few'))];
    const kept = await keepFile(other, 'a.csv', bytesOf('a'));
    for (let number = 0; number < 7; number += 1) await keepFile(one, 'a.csv', bytesOf('a'));
    expect(await foldersOf('u.many')).toHaveLength(5);
    expect(await foldersOf('u.few')).toHaveLength(1);
    const [old = ''] = await foldersOf('u.many');
    const before = new Date(Date.now() - 61 * 60 * 1000);
    await utimes(path.join(tmpdir(), old), before, before);
    await mkdir(path.join(tmpdir(), 'kamienica-kept'), { recursive: true });
    await sweepKept();
    expect(await foldersOf('u.many')).toHaveLength(4);
    expect(await contentOf(other, kept)).toBe('a');
    await discardKept(kept);
    for (const name of await foldersOf('u.many')) await rm(path.join(tmpdir(), name), { recursive: true });
    await rm(path.join(tmpdir(), 'kamienica-kept'), { recursive: true });
  });

  it('is taken once, however many ask at once', async () => {
    const ctx = ctxOf(sender('u.taken'));
    const file = await keepFile(ctx, 'a.csv', bytesOf('a'));
    const taken = (await Promise.all([takeKept(file), takeKept(file), takeKept(file)])).filter((one) => one !== null);
    expect(taken).toHaveLength(1);
    expect(await contentOf(ctx, taken[0] ?? '')).toBe('a');
    await discardKept(file);
  });

  it('is loaded by its sender alone, as it was tried, and is gone then', async () => {
    const ctx = ctxOf(sender('u.loads'));
    const trial = await startTrial(ctx, null, fileOf('budynki.csv', building('U-1')));
    expect((await over(ctx, trial)).report).toMatchObject({ dryRun: true, added: 1, rejected: 0, knownAt: null });
    expect(await refusalOf(loadTried(ctxOf(sender('u.other')), trial, 'obcy'))).toBe('import_not_yours');
    expect(await refusalOf(loadTried(ctxOf(personOf('edyta.audytor')), trial, 'obcy'))).toBe('not_permitted');
    // What fails before it begins gives the file back.
    expect(await refusalOf(loadTried(ctx, trial, '  '))).toBe('reason_missing');
    const load = await loadTried(ctx, trial, 'Nowy budynek');
    expect((await over(ctx, load)).report).toMatchObject({ dryRun: false, added: 1, file: 'budynki.csv' });
    expect(await refusalOf(loadTried(ctx, trial, 'jeszcze raz'))).toBe('import_file_gone');
    expect(await refusalOf(loadTried(ctx, load, 'wynik'))).toBe('import_not_a_trial');
    expect(await refusalOf(loadTried(ctx, '999999', 'brak'))).toBe('operation_unknown');
    await expect.poll(() => foldersOf('u.loads')).toEqual([]);
  });

  it('that nobody can read is told at its field, and not kept', async () => {
    const ctx = ctxOf(sender('u.wrong'));
    const refused = async (sheet: string | null, file: SentFile): Promise<unknown> => startTrial(ctx, sheet, file).catch((error: unknown) => problemOf(error));
    expect(await refused('lokale', fileOf('b.csv', building('U-2')))).toMatchObject({ code: 'import_other_kind', errors: [{ field: 'file', message: expect.stringContaining('„budynki”') as string }] });
    expect(await refused('lokale', fileOf('x.csv', 'kod_lokalu;co\n1;2\n'))).toMatchObject({ code: 'import_file', errors: [{ field: 'file' }] });
    expect(await refused(null, fileOf('x.csv', '%PDF-1.4'))).toMatchObject({ code: 'import_file', detail: expect.stringContaining('PDF') as string });
    expect(await refused(null, fileOf('x.csv', 'a;b\n'))).toMatchObject({ code: 'import_not_recognised' });
    expect(await refused('nie-ma', fileOf('x.csv', 'a;b\n'))).toMatchObject({ code: 'import_sheet_unknown' });
    expect(await refused('lokale', fileOf('x.csv', 'a', new HttpProblem(413, 'body_too_large')))).toMatchObject({ code: 'import_file_too_large', errors: [{ field: 'file', message: expect.stringContaining('200 MB') as string }] });
    expect(await refused('lokale', fileOf('x.csv', 'a', new HttpProblem(400, 'form_broken')))).toMatchObject({ code: 'form_broken' });
    expect(await foldersOf('u.wrong')).toEqual([]);
  });
});

describe('the page that takes a file', () => {
  const B = 'granica';
  const field = (name: string, value: string): string => `--${B}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = (text: string): string => `--${B}\r\nContent-Disposition: form-data; name="file"; filename="budynki.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`;

  interface Answer {
    readonly status: number;
    readonly to: string | null;
    readonly body: string;
  }

  async function send(browser: Browser, body: string, origin = city.origin): Promise<Answer> {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${city.origin}/files/import`, {
      method: 'POST', redirect: 'manual', body: `${body}--${B}--\r\n`,
      headers: { 'content-type': `multipart/form-data; boundary=${B}`, cookie, origin },
    });
    return { status: answer.status, to: answer.headers.get('location'), body: await answer.text() };
  }

  const signedIn = async (code: string): Promise<{ browser: Browser; csrf: string }> => {
    const browser = city.browser();
    await city.signIn(browser, 'staff', code);
    return { browser, csrf: await city.csrf(browser) };
  };

  it('reads and keeps nothing for a stranger, for whoever may not, or without the word of the session before the file', async () => {
    const kept = async (): Promise<number> => (await Promise.all(['barbara.kierownik', 'edyta.audytor'].map(foldersOf))).flat().length;
    const before = await kept();
    expect(await send(city.browser(), field('_csrf', 'x') + file(building('P-0')))).toMatchObject({ status: 303, to: '/sign-in?to=%2Ffiles%2Fimport' });
    const auditor = await signedIn('edyta.audytor');
    expect((await send(auditor.browser, field('_csrf', auditor.csrf) + file(building('P-0')))).status).toBe(403);
    // She sends nothing elsewhere: what is kept of hers is of this test.
    const { browser, csrf } = await signedIn('barbara.kierownik');
    expect((await send(browser, field('_csrf', csrf) + file(building('P-0')), 'https://obcy.example')).status).toBe(403);
    // A page of our own with the word of an earlier session is shown again, and says so.
    expect(await send(browser, field('_csrf', 'stary') + file(building('P-0')))).toMatchObject({ status: 409, body: expect.stringContaining('poprzedniej sesji') as string });
    expect((await send(browser, file(building('P-0')) + field('_csrf', csrf))).status).toBe(409);
    expect((await send(browser, field('_csrf', csrf) + field('sheet', 'x'.repeat(41)) + file(building('P-0')))).status).toBe(422);
    expect(await kept()).toBe(before);
  });

  it('takes the file after its fields, and leads to the trial', async () => {
    const { browser, csrf } = await signedIn('anna.referent');
    const { status, to } = await send(browser, field('_csrf', csrf) + field('sheet', '') + file(building('P-1')));
    expect([status, to]).toEqual([303, expect.stringMatching(/^\/files\/imports\/\d+$/) as string]);
    const operation = to?.split('/').at(-1) ?? '';
    expect((await over(ctxOf(personOf('anna.referent')), operation)).report).toMatchObject({ added: 1 });
    const api = await city.as('anna.referent').get(`/operations/${operation}`);
    expect((api.body as { result: unknown }).result).toMatchObject({ keptFile: true });
  });

  it('refuses two files, a form that is none and a form without a file in words', async () => {
    const { browser, csrf } = await signedIn('anna.referent');
    expect(await send(browser, field('_csrf', csrf))).toMatchObject({ status: 422, body: expect.stringContaining('Wybierz plik z dysku.') as string });
    expect((await send(browser, field('_csrf', csrf) + file(building('P-2')) + file(building('P-3')))).status).toBe(400);
    expect((await send(browser, 'nic')).status).toBe(400);
    expect((await browser.submit('/files/import', { _csrf: csrf }, { origin: city.origin })).status).toBe(422);
    expect((await browser.send('POST', '/files/import', {}, { origin: city.origin })).status).toBe(415);
  });
});
