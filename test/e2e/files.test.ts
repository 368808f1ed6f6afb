/** Files in the browser: trial, rejected rows, mending, loading, downloads; by whom they may, and what is refused. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { archive } from '../platform/tabular/archive.ts';
import type { DeskTest } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

interface Given {
  readonly header: string;
  /** A dwelling of each of the first buildings, as the export writes it. */
  readonly rows: readonly string[];
}

async function dwellings(desk: DeskTest): Promise<Given> {
  const { text } = await desk.app.as('anna.referent').get('/exports/lokale?format=csv');
  const [header = '', ...rows] = text.replace('\ufeff', '').trimEnd().split('\r\n');
  return { header, rows };
}

const codeOf = (row = ''): string => row.split(';')[0] ?? '';

/** The row with cells under other columns' names. */
function withCells({ header }: Given, row: string, changes: Readonly<Record<string, string>>): string {
  const names = header.split(';');
  return row.split(';').map((cell, place) => changes[names[place] ?? ''] ?? cell).join(';');
}

const sheet = ({ header }: Given, rows: readonly string[]): Buffer => Buffer.from(`\ufeff${[header, ...rows].join('\r\n')}\r\n`);

async function send(page: Page, name: string, buffer: Buffer, at = '/files/lokale/import'): Promise<void> {
  await page.goto(at);
  await page.setInputFiles('#f-file', { name, mimeType: 'application/octet-stream', buffer });
  await page.click('#content button.main');
  await page.waitForLoadState();
}

/** Waits until the trial or the load has ended. */
async function ended(page: Page): Promise<string> {
  await page.waitForURL('**/files/imports/*');
  await page.waitForSelector('#outcome, #import > .notice.bad');
  return page.locator('#import').innerText();
}

const figure = (page: Page, name: string): Promise<string> => page.locator(`.figures > div:has(dt:text-is("${name}")) strong`).innerText();

inBrowser('files', (desk) => {
  it('are tried, their bad rows told, loaded, and the mended rows sent after them', { timeout: 60_000 }, async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    const given = await dwellings(desk);
    const [first = '', second = '', third = ''] = given.rows;
    const file = sheet(given, [withCells(given, first, { dysponent: 'Biuro Lokali' }), withCells(given, second, { dysponent: 'Biuro Lokali', do: '31.02.2030' }), withCells(given, third, { kod_lokalu: 'X-1', kod_budynku: 'NIE-MA' })]);
    const holder = async (row: string): Promise<string> => {
      await go(`/dwellings?code=${encodeURIComponent(codeOf(row))}`);
      return page.locator('#rows tbody').innerText();
    };

    await go('/files');
    await page.click('a:has-text("Wczytaj plik")');
    await page.setInputFiles('#f-file', { name: 'lokale.csv', mimeType: 'text/csv', buffer: file });
    await page.click('text=Sprawdź na próbę');
    expect(await ended(page)).toContain('Nic jeszcze nie zapisano');
    const trial = page.url();
    expect([await figure(page, 'Wiersze'), await figure(page, 'Poprawione'), await figure(page, 'Odrzucone')]).toEqual(['3', '1', '2']);
    const told = await page.locator('[aria-labelledby="rejected"] tbody tr').allInnerTexts();
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^3\s+do\s+.*31\.02\.2030/);
    expect(told[1]).toMatch(/^4\s+kod_budynku\s+.*NIE-MA/);
    const [rejects] = await Promise.all([page.waitForEvent('download'), page.click('text=/Pobierz 2.*odrzucone wiersze/')]);
    const bad = await readFile(await rejects.path(), 'utf8');
    expect(bad).toContain('wiersz;kolumna;powód;kod_lokalu');
    expect(await holder(first)).not.toContain('Biuro Lokali');

    const other = await page.context().newPage();
    await other.goto(trial);
    await page.bringToFront();
    await go(new URL(trial).pathname);
    await page.fill('input[name="reason"]', 'Zmiana dysponenta');
    await page.click('#form button.main');
    expect(await ended(page)).toContain('jest wczytany');
    expect(page.url()).not.toBe(trial);
    expect(await holder(first)).toContain('Biuro Lokali');

    // The same page in another window: the file is loaded once.
    await other.bringToFront();
    await other.click('#form button.main');
    expect(await other.locator('#form-summary').innerText()).toContain('nie ma już na serwerze');
    await page.bringToFront();
    await go(new URL(trial).pathname);
    expect(await page.locator('#import').innerText()).toContain('nie ma już na serwerze');

    const mended = bad.split('\r\n').filter((line) => !line.includes('NIE-MA')).join('\r\n').replaceAll('31.02.2030', '');
    await send(page, rejects.suggestedFilename(), Buffer.from(mended));
    await ended(page);
    expect([await figure(page, 'Wiersze'), await figure(page, 'Poprawione'), await figure(page, 'Odrzucone')]).toEqual(['1', '1', '0']);
    await page.click('#form button.main');
    expect(await ended(page)).toContain('jest wczytany');
    expect(await holder(second)).toContain('Biuro Lokali');
    expect(complaints).toEqual([]);

    await go(new URL(trial).pathname.replace('/files/imports/', '/operations/'));
    expect(await page.locator('#operation').innerText()).toContain('zakończone');
    await page.click('text=Zobacz wynik wczytania');
    await page.waitForURL(trial);
  });

  it('come as workbooks too, go out as both, and come back unchanged', { timeout: 60_000 }, async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/files');
    const [workbook] = await Promise.all([page.waitForEvent('download'), page.click('a[aria-label="Pobierz: Budynki, XLSX"]')]);
    await send(page, 'cokolwiek.xlsx', await readFile(await workbook.path()), '/files/budynki/import');
    await ended(page);
    expect(await figure(page, 'Bez zmian')).toBe(await figure(page, 'Wiersze'));
    expect(await page.locator('#import').innerText()).toContain('Nie ma czego wczytać');
    await go('/files');
    const [all] = await Promise.all([page.waitForEvent('download'), page.click('text=Pobierz skoroszyt ze wszystkimi danymi')]);
    expect(all.suggestedFilename()).toMatch(/^kamienica-\d{4}-\d\d-\d\d\.xlsx$/);
    await send(page, 'wszystko.xlsx', await readFile(await all.path()), '/files/lokale/import');
    await ended(page);
    expect([await figure(page, 'Odrzucone'), await figure(page, 'Bez zmian')]).toEqual(['0', await figure(page, 'Wiersze')]);
    for (const format of ['CSV', 'XLSX']) {
      await go('/files/lokale');
      const [sample] = await Promise.all([page.waitForEvent('download'), page.click(`text=Pobierz jako ${format}`)]);
      await send(page, sample.suggestedFilename(), await readFile(await sample.path()), '/files/import');
      await ended(page);
      expect(await figure(page, 'Wiersze')).not.toBe('0');
    }
  });

  it('in other encodings are read with their Polish letters', async () => {
    const { page } = await desk.as('anna.referent');
    const given = await dwellings(desk);
    const file = iconv.encode([given.header, withCells(given, given.rows[5] ?? '', { kod_budynku: 'ŻÓŁĆ' })].join('\r\n'), 'win1250');
    await send(page, 'lokale.csv', file);
    await ended(page);
    expect(await page.locator('[aria-labelledby="rejected"] tbody').innerText()).toContain('ŻÓŁĆ');
  });

  it('that cannot be read are refused in words where they were chosen, and the choice stays', { timeout: 60_000 }, async () => {
    const { page } = await desk.as('anna.referent');
    const { header } = await dwellings(desk);
    const bomb = archive([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(60 * 1024 * 1024) }]);
    const cases: [name: string, file: Buffer, words: RegExp][] = [
      ['pusty.csv', Buffer.alloc(0), /jest pusty/],
      ['umowa.pdf', Buffer.from('%PDF-1.7 x'), /PDF/],
      ['stary.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /dawnym formacie XLS/],
      ['obraz.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]), /nie jest tekstem/],
      ['bomba.xlsx', bomb, /zbyt duży|uszkodzony/],
      ['kolumny.csv', Buffer.from(`${header};kolumna_znikąd\n`), /kolumna_znikąd/],
      ['bez.csv', Buffer.from('kod_lokalu;numer\nX;1\n'), /Brakuje kolumn/],
      ['klatki.csv', Buffer.from('kod_budynku;klatka\nB1;1\n'), /wygląda na rodzaj „klatki”/],
      ['lokale.csv', Buffer.from(`${header}\n"otwarty`), /cudzysłów/],
    ];
    for (const [name, file, words] of cases) {
      await send(page, name, file);
      expect({ name, at: new URL(page.url()).pathname }).toEqual({ name, at: '/files/lokale/import' });
      expect(await page.locator('#f-file-error').innerText(), name).toMatch(words);
    }
    await page.goto('/files/import');
    await page.selectOption('select[name="sheet"]', 'umowy');
    await page.click('#content button.main');
    expect(await page.locator('#f-file-error').innerText()).toBe('Wybierz plik z dysku.');
    expect(await page.locator('select[name="sheet"]').inputValue()).toBe('umowy');
    await send(page, 'dane.csv', Buffer.from('a;b\n1;2\n'), '/files/import');
    expect(await page.locator('#f-file-error').innerText()).toContain('Nie wiadomo, jakie dane');
  });

  it('are loaded without script as well', { timeout: 60_000 }, async () => {
    const { page, go } = await desk.as('dawid.referent', { script: false });
    const given = await dwellings(desk);
    await go('/files/import');
    await page.setInputFiles('#f-file', { name: 'lokale.csv', mimeType: 'text/csv', buffer: sheet(given, [withCells(given, given.rows[8] ?? '', { dysponent: 'Bez skryptu' })]) });
    await page.click('text=Sprawdź na próbę');
    const wait = async (): Promise<void> => {
      for (let turn = 0; turn < 50 && (await page.locator('#outcome').count()) === 0; turn += 1) {
        await page.waitForTimeout(200);
        await page.click('text=Pokaż, ile już przeczytano', { timeout: 1_000 }).catch(() => undefined);
      }
    };
    await wait();
    await page.click('#form button.main');
    await wait();
    expect(await page.locator('#import').innerText()).toContain('jest wczytany');
    await go(`/dwellings?code=${encodeURIComponent(codeOf(given.rows[8]))}`);
    expect(await page.locator('#rows tbody').innerText()).toContain('Bez skryptu');
  });

  it('are sent by keyboard alone, and chosen again when the session has ended', async () => {
    const { page, context, go } = await desk.as('anna.referent');
    const given = await dwellings(desk);
    const file = { name: 'lokale.csv', mimeType: 'text/csv', buffer: sheet(given, given.rows.slice(0, 3)) };
    await go('/files/import');
    await page.selectOption('select[name="sheet"]', 'lokale');
    await page.setInputFiles('#f-file', file);
    await context.clearCookies();
    await page.focus('#f-file');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in?to=%2Ffiles%2Fimport');
    await page.click('text=Zaloguj się jako pracownik');
    await page.click('button[value="anna.referent"]');
    await page.waitForURL('**/files/import');
    expect(await page.locator('select[name="sheet"]').inputValue()).toBe('lokale');
    await page.setInputFiles('#f-file', file);
    await page.focus('#f-file');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await ended(page)).toContain('Nie ma czego wczytać');
  });

  it('are given to an auditor and not taken from one; a clerk with districts sees their own', { timeout: 60_000 }, async () => {
    const anna = await desk.as('anna.referent');
    const given = await dwellings(desk);
    await send(anna.page, 'lokale.csv', sheet(given, [withCells(given, given.rows[0] ?? '', { dysponent: 'X', do: 'jutro' }), withCells(given, given.rows[1] ?? '', { dysponent: 'Nowy' })]));
    await ended(anna.page);
    const trial = new URL(anna.page.url()).pathname;

    const auditor = await desk.as('edyta.audytor');
    await auditor.go('/files');
    expect(await auditor.page.locator('main a:has-text("Wczytaj")').count()).toBe(0);
    const [download] = await Promise.all([auditor.page.waitForEvent('download'), auditor.page.click('a[aria-label="Pobierz: Lokale, CSV"]')]);
    expect(await readFile(await download.path(), 'utf8')).toContain(codeOf(given.rows[0]));
    await auditor.go('/files/import', 403);
    await auditor.go(`${trial}/load`, 403);
    await auditor.go(`${trial}/rejects`, 403);
    await auditor.go(trial);
    expect(await auditor.page.locator('#form').count()).toBe(0);
    expect(await auditor.page.locator('#import').innerText()).toContain('widzą osoby, które wczytują pliki');

    const dawid = await desk.as('dawid.referent');
    await dawid.go(trial);
    expect(await dawid.page.locator('#form').count()).toBe(0);
    await dawid.go(`${trial}/load`);
    await dawid.page.click('#form button.main');
    expect(await dawid.page.locator('#form-summary').innerText()).toContain('zrobiła inna osoba');

    const hanna = await desk.as('hanna.podgorze');
    const building = (code: string, district: string): string => `${code};ul. Nowa;7;30-001;${district};gmina;ZBK;2026-01-01;`;
    await hanna.go(trial, 404);
    await hanna.go('/files');
    expect(await hanna.page.locator('main').innerText()).toContain('XIII Podgórze');
    const buildings = { header: 'kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do', rows: [building('H-1', 'XIII Podgórze'), building('H-2', 'I Stare Miasto')] };
    await send(hanna.page, 'budynki.csv', sheet(buildings, buildings.rows), '/files/import');
    await ended(hanna.page);
    expect([await figure(hanna.page, 'Nowe'), await figure(hanna.page, 'Odrzucone')]).toEqual(['1', '1']);
    expect(await hanna.page.locator('[aria-labelledby="rejected"] tbody').innerText()).toContain('XIII Podgórze');

    const law = await desk.as('cezary.prawo');
    await law.go('/files', 403);
    expect(await law.page.locator('nav.rooms .always a').allInnerTexts()).not.toContain('Pliki');
  });

  it('with PESEL numbers show their bad rows in the file alone, whose download is an event', async () => {
    const { page } = await desk.as('anna.referent');
    await send(page, 'osoby.csv', Buffer.from('kod_osoby;nazwa;pesel;bez_peselu;dokument;data_urodzenia\nZ-9;Zła Osoba;44051401358;;;\n'), '/files/import');
    await ended(page);
    expect(await page.content()).not.toContain('44051401358');
    const [rejects] = await Promise.all([page.waitForEvent('download'), page.click('text=/Pobierz 1.*odrzucony wiersz/')]);
    expect(await readFile(await rejects.path(), 'utf8')).toContain('44051401358');
  });

  it('have no flaw that axe knows on trial and where they are refused, light or dark', { timeout: 120_000 }, async () => {
    const { page, go } = await desk.as('anna.referent');
    const given = await dwellings(desk);
    const flaws: Record<string, string[]> = {};
    await send(page, 'lokale.csv', sheet(given, [withCells(given, given.rows[0] ?? '', { do: 'jutro' }), withCells(given, given.rows[1] ?? '', { dysponent: 'Nowy' })]));
    await ended(page);
    const trial = new URL(page.url()).pathname;
    for (const path of [trial, `${trial}/load`]) {
      await go(path);
      flaws[path] = await flawsOf(page);
    }
    await send(page, 'x.csv', Buffer.from('a;b\n'), '/files/import');
    flaws['refused'] = await flawsOf(page);
    expect(Object.fromEntries(Object.entries(flaws).filter(([, of]) => of.length > 0))).toEqual({});
  });
});
