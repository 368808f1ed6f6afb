/** The pages and the interface of the whole program, in Polish and in English at once. */
import request from 'supertest';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDENTITY_HEADER } from '../../src/platform/http/index.ts';
import type { Language } from '../../src/platform/language.ts';
import type { TestApp } from '../support/app.ts';
import { cityApp } from '../support/app.ts';

let city: TestApp;

beforeAll(async () => {
  city = await cityApp();
});
afterAll(() => city.drop());

/** A browser that prefers another language than the one chosen on the page. */
function browsing(language: Language, method: 'get' | 'post' | 'delete', path: string, sent = '', accept = 'text/html'): Promise<Response> {
  const at = request(city.app)[method](path);
  const asked = method !== 'post' ? at : at.set('Content-Type', 'application/x-www-form-urlencoded').send(sent);
  return Promise.resolve(asked.set(IDENTITY_HEADER, 'anna.referent').set({ Accept: accept, Cookie: `kamienica-view=${language}.light`, 'Accept-Language': language === 'en' ? 'pl' : 'en', 'Sec-Fetch-Site': 'same-origin' }).buffer(true));
}

/** What stands on the page, without its marks. */
const wordsOf = ({ text }: Response): string => text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('a page', () => {
  const WRONG = 'tariff=&businessDate=31.02.2026&delivered=jutro&scope.kind=zzz';
  const SAYS: Readonly<Record<Language, readonly string[]>> = {
    pl: ['Niektóre dane są nieprawidłowe', 'Podaj tę wartość.', 'Podaj dzień, miesiąc i rok, na przykład 31.01.2026.', 'Wybierz jedną z pozycji listy.'],
    en: ['Some of the data are not accepted', 'Enter this value.', 'Enter day, month and year, for example 31.01.2026.', 'Choose one of the list.'],
  };

  it('refuses a form in its own language, whatever the browser prefers, and keeps to it when both are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, async (_, index) => {
      const language: Language = index % 2 === 0 ? 'pl' : 'en';
      return { language, answer: await browsing(language, 'post', '/runs/new', WRONG) };
    }));
    for (const { language, answer } of answers) {
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(`<html lang="${language}"`);
      for (const said of SAYS[language]) expect(wordsOf(answer)).toContain(said);
      for (const said of SAYS[language === 'pl' ? 'en' : 'pl']) expect(wordsOf(answer)).not.toContain(said);
      expect(wordsOf(answer)).not.toMatch(/RRRR|YYYY|all, district/);
    }
  });

  it.each([
    ['/leases/ZBK%2F1900%2F1', 404, 'Nie ma umowy o numerze „ZBK/1900/1”.', 'There is no lease with the number “ZBK/1900/1”.'],
    ['/nothing', 404, 'Pod tym adresem nic nie ma.', 'There is nothing at this address.'],
    ['/tariffs/new', 403, 'Mogą ją wykonać: administrator prawa.', 'Those who may: law administrator.'],
    ['/leases?kind=xx', 422, 'Wybierz jedną z pozycji listy.', 'Choose one of the list.'],
    ['/leases?starts_since=1.13.2026', 422, 'na przykład 31.01.2026', 'for example 31.01.2026'],
  ])('of a problem is told in the language of the pages: %s', async (path, status, polish, english) => {
    for (const [language, words, others] of [['pl', polish, english], ['en', english, polish]] as const) {
      const answer = await browsing(language, 'get', path);
      expect(answer.status).toBe(status);
      expect(answer.text).toContain(`<html lang="${language}"`);
      expect(wordsOf(answer)).toContain(words);
      expect(wordsOf(answer)).not.toContain(others);
    }
  });
});

describe('a part of a page', () => {
  it('that script asks for is refused in the language of the page too', async () => {
    expect(wordsOf(await browsing('en', 'post', '/runs/new', 'tariff=', '*/*'))).toContain('Enter this value.');
    expect(wordsOf(await browsing('pl', 'post', '/runs/new', 'tariff=', '*/*'))).toContain('Podaj tę wartość.');
  });

  it('that is asked for in a way no page knows is refused in the language of the pages', async () => {
    expect(wordsOf(await browsing('en', 'delete', '/leases'))).toContain('This address does not take the method DELETE.');
    expect(wordsOf(await browsing('pl', 'delete', '/leases'))).toContain('Ten adres nie przyjmuje metody DELETE.');
  });
});

describe('what long work failed of', () => {
  it('is told to each who looks in their own language, on the page and by the interface', async () => {
    const { rows } = await city.database.owner.raw<{ rows: { id: string }[] }>(
      `insert into operations (kind, state, actor, started_at, finished_at, message, problem) values ('import', 'failed', 'anna.referent', now(), now(), 'import', ?) returning id`,
      [JSON.stringify({ type: 't', title: 'Nieprawidłowe dane', status: 422, code: 'import_file', detail: 'Dawne słowa.', args: { file: 'a.csv', reason: 'pdf' } })],
    );
    const id = rows[0]?.id ?? '';
    expect(wordsOf(await browsing('en', 'get', `/operations/${id}`))).toContain('The file “a.csv” cannot be loaded. This is a PDF file.');
    expect(wordsOf(await browsing('pl', 'get', `/operations/${id}`))).toContain('Pliku „a.csv” nie można wczytać. To jest plik PDF.');
    const told = async (language: string): Promise<unknown> =>
      ((await request(city.app).get(`/api/v1/operations/${id}`).set(IDENTITY_HEADER, 'anna.referent').set('Accept-Language', language)).body as { problem: { detail: string } }).problem.detail;
    expect(await told('en')).toBe('The file “a.csv” cannot be loaded. This is a PDF file. What is needed is an XLSX sheet or a CSV file with these data.');
    expect(await told('pl')).toMatch(/^Pliku „a\.csv” nie można wczytać\./);
  });
});
