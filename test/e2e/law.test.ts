import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser } from './support.ts';

/** Fills in the act, its source and rates outside the categories. */
async function fillAct(page: Page, code: string, from: string): Promise<void> {
  const fields = {
    code, order: 'Zarządzenie nr 1/2029 Prezydenta Miasta Krakowa', from, signed: '30.08.2029', council_informed: '10.08.2029', reference: 'ZAL-DEMO', social_rate: '4,00', temporary_room_rate: '4,00', index: '8500',
  };
  for (const [name, value] of Object.entries(fields)) await page.fill(`#content input[name="${name}"]`, value);
  await page.selectOption('select[name="certainty"]', 'assumed');
}

async function fillRow(page: Page, row: number, cells: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(cells)) await page.fill(`input[name="categories.${row}.${name}"]`, value);
}

const text = (page: Page, place: string): Promise<string> => page.locator(place).innerText();

inBrowser('the law', (desk) => {
  it('shows every table with how many of its values no act prints, and leads to each', async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    await go('/');
    await page.click('nav.rooms .always >> text=Prawo');
    await page.waitForURL('**/law');
    const rows = await page.locator('[aria-labelledby="tables"] tbody tr').allInnerTexts();
    expect(rows.length).toBe(9);
    expect(rows.find((row) => row.startsWith('Tabela punktowa'))).toContain('45 z 81');
    await page.click('#content >> text=Parametry i odczytania');
    await page.waitForURL('**/law/parameters');
    expect(await page.locator('#values tbody tr:not(.group)').count()).toBeGreaterThan(50);
    expect(complaints).toEqual([]);
  });

  it('filters a table by day, certainty and words without loading it anew, its state in the address', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/law/streets');
    await page.evaluate('window.stayed = true');
    await page.fill('input[name="words"]', 'aleja pokoju');
    await page.selectOption('select[name="certainty"]', 'reconstructed');
    await page.waitForURL('**/law/streets?*certainty=reconstructed*');
    expect(new URL(page.url()).searchParams.get('words')).toBe('aleja pokoju');
    await page.waitForFunction('[...document.querySelectorAll("#values tbody tr:not(.group)")].every((row) => row.innerText.includes("odtworzone"))');
    expect(await page.evaluate('window.stayed')).toBe(true);
    await go('/law/parameters?words=wypowiedzenia+wysokosci&day=31.12.2018');
    expect(await page.locator('#values tbody tr:not(.group)').count()).toBe(1);
    await go('/law/points?day=31.02.2026', 422);
    expect(await text(page, '#f-day-error')).toContain('Podaj dzień');
    await go('/law/nie-ma', 404);
  });

  it('is walked through by keyboard alone', async () => {
    const { page, go } = await desk.as('anna.referent');
    const tabTo = async (what: string): Promise<void> => {
      for (let steps = 0; steps < 60 && !(await page.evaluate(`document.activeElement.matches(${JSON.stringify(what)})`)); steps += 1) await page.keyboard.press('Tab');
    };
    await go('/law');
    await tabTo('a[href="/law/points"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/law/points');
    await tabTo('input[name="words"]');
    await page.keyboard.type('winda');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/law/points?*words=winda*');
    await page.waitForFunction('document.querySelectorAll("#values tbody tr:not(.group)").length === 1');
    await tabTo('#values summary');
    await page.keyboard.press('Enter');
    expect(await page.locator('#values .timeline li').first().isVisible()).toBe(true);
  });

  it('keeps what held before and what was read otherwise under each value', async () => {
    const { page, go } = await desk.as('edyta.audytor');
    await go('/law/parameters?words=replacement_index');
    const row = page.locator('#values tbody tr:not(.group)').first();
    await row.locator('summary').click();
    expect(await row.locator('.timeline li').count()).toBeGreaterThan(2);
    expect(await row.locator('.timeline').innerText()).toMatch(/5\s008\szł\/m²/);
  });

  it('shows a tariff with its categories, rules, the tariff before and the rents that stand on it', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/tariffs');
    expect(await page.locator('text=Wpisz nową taryfę').count()).toBe(0);
    await page.click('#content >> text=krk-2027-projekt');
    expect(await page.locator('[aria-labelledby="categories"] tbody tr').count()).toBe(11);
    expect(await page.locator('[aria-labelledby="checks"] tbody tr').count()).toBe(4);
    expect(await text(page, '[aria-labelledby="compared"]')).toContain('+19,6');
    await page.selectOption('select[name="with"]', 'krk-2023');
    await page.click('text="Porównaj"');
    expect(await text(page, '#compared')).toContain('krk-2023');
    await go('/tariffs/krk-2025');
    expect(await text(page, '[aria-labelledby="use"]')).toMatch(/Na stawkach, których nie drukuje żaden akt, stoi: \d+\sobowiązujących czynszów/);
    await go('/tariffs/new', 403);
  });

  it('refuses a tariff that is typed in wrongly, shows which rule it breaks, and loads it once it is right', async () => {
    const { page, go, complaints } = await desk.as('cezary.prawo');
    await go('/tariffs/new');
    await page.click('#content button.main');
    expect(await text(page, '#form-summary')).toContain('Podaj tę wartość');
    await fillAct(page, 'krk-2030', '1.01.2030');
    await fillRow(page, 0, { category: 'I', to: '-1', rate: '8,00' });
    await fillRow(page, 2, { category: 'II', from: '1', to: '4', rate: '14,00' });
    await fillRow(page, 3, { category: 'III', from: '5', rate: '13' });
    await page.click('text="Sprawdź"');
    expect(await page.locator('[aria-labelledby="checks"] .status.bad').count()).toBe(1);
    expect(await text(page, '[aria-labelledby="checks"]')).toContain('Między kategorią I a II jest luka');
    expect(await text(page, '#f-categories-2-rate-error')).toContain('niższą niż 14,00');
    expect(await page.inputValue('input[name="categories.1.from"]')).toBe('1');
    await fillRow(page, 1, { from: '0' });
    await fillRow(page, 2, { rate: '21,25' });
    await page.click('text="Sprawdź"');
    expect(await text(page, '#content .notice.good')).toContain('Jeszcze nic nie zapisano');
    expect(await page.locator('[aria-labelledby="checks"] .status.good').count()).toBe(4);
    expect(await text(page, '[aria-labelledby="compared"]')).toContain('krk-2027-projekt');
    expect((await desk.app.as('cezary.prawo').get('/tariffs')).text).not.toContain('krk-2030');
    await page.click('#content button.main');
    await page.waitForURL('**/tariffs/krk-2030');
    expect(await text(page, '#notices')).toContain('Wczytano taryfę krk-2030');
    expect(await page.locator('[aria-labelledby="categories"] tbody tr').allInnerTexts()).toHaveLength(3);
    expect(complaints).toEqual([]);
  });

  it('takes a tariff with a source that the law does not know yet, adds rows on the way, and works without script', async () => {
    const { page, go } = await desk.as('cezary.prawo', { script: false });
    await go('/tariffs/new?like=krk-2025');
    expect(await page.inputValue('input[name="categories.10.rate"]')).toBe('16,96');
    expect(await page.locator('fieldset.form-row').count()).toBe(14);
    await page.fill('input[name="categories.11.category"]', 'XII');
    await page.click('text=Dodaj wiersze');
    expect(await page.locator('fieldset.form-row').count()).toBe(15);
    expect(await page.inputValue('input[name="categories.11.category"]')).toBe('XII');
    await page.fill('input[name="categories.10.to"]', '20');
    await fillRow(page, 11, { from: '21', rate: '30' });
    await fillAct(page, 'krk-2031', '01.01.2031');
    await page.fill('input[name="social_rate"]', '3,32');
    await page.fill('input[name="temporary_room_rate"]', '3,32');
    await page.fill('input[name="reference"]', 'KRK-ZARZ-2031');
    await page.click('#content button.main');
    expect(await text(page, '#f-reference-error')).toContain('KRK-ZARZ-2031');
    await page.fill('input[name="reference_title"]', 'Zarządzenie nr 9/2030');
    await page.click('#content button.main');
    expect(new URL(page.url()).pathname).toBe('/tariffs/krk-2031');
    expect(await text(page, 'main')).toContain('Zarządzenie nr 9/2030');
    expect(await page.locator('[aria-labelledby="categories"] tbody tr').count()).toBe(12);
  });

  it('takes a pasted file, and names every slip in it', async () => {
    const { page, go } = await desk.as('cezary.prawo');
    await go('/tariffs/new/file');
    await page.fill('textarea[name="text"]', 'code: krk-2035\nfrom: jutro\n');
    await page.click('text="Sprawdź"');
    expect(await text(page, '#form-summary')).toContain('to nie jest dzień');
    const good = 'code: krk-2035\norder: Zarządzenie\nfrom: 2035-01-01\nreference: ZAL-DEMO\ncertainty: assumed\nsocial_rate: 4.00\ntemporary_room_rate: 4.00\ncategories:\n  - {category: I, to: 0, rate: 8.00}\n  - {category: II, from: 1, rate: 9.00}\n';
    await page.fill('textarea[name="text"]', good);
    await page.click('text="Sprawdź"');
    expect(await page.locator('[aria-labelledby="checks"] tbody tr').count()).toBe(4);
    await page.click('#content button.main');
    await page.waitForURL('**/tariffs/krk-2035');
    expect(await text(page, '#notices')).toContain('Ostrzeżenia');
  });

  it('takes a file from the disk to the same place, and says where it is none', async () => {
    const { page, go } = await desk.as('cezary.prawo', { script: false });
    await go('/tariffs/new/upload');
    await page.click('#content button.main');
    expect(await text(page, '#f-file-error')).toContain('Wybierz plik');
    await page.setInputFiles('input[name="file"]', { name: 'krk-2036.yaml', mimeType: 'text/yaml', buffer: Buffer.from([0xff, 0xfe, 0x00]) });
    await page.click('#content button.main');
    expect(await text(page, '#f-file-error')).toContain('UTF-8');
    await page.setInputFiles('input[name="file"]', { name: 'krk-2036.yaml', mimeType: 'text/yaml', buffer: Buffer.alloc(60_000, 'a') });
    await page.click('#content button.main');
    expect(await text(page, '#form-summary')).toContain('za duż');
    await page.setInputFiles('input[name="file"]', { name: 'krk-2036.yaml', mimeType: 'text/yaml', buffer: readFileSync('seeds/law/tariff-sample.yaml') });
    await page.click('#content button.main');
    expect(new URL(page.url()).pathname).toBe('/tariffs/new/file');
    expect(await page.inputValue('textarea[name="text"]')).toContain('code: krk-2030');
  });

  it('counts in the background how many leases of a run rest on each value that no act prints', async () => {
    const { page, go } = await desk.as('anna.referent', { script: false });
    await go('/law');
    await page.click('text=Ile czynszów stoi na tych wartościach');
    expect(await page.locator('#basis-assumed').count()).toBe(0);
    await page.click('#content button:has-text("Policz")');
    for (let tries = 0; tries < 40 && (await page.locator('#basis-assumed').count()) === 0; tries += 1) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    const rows = await page.locator('[aria-labelledby="basis-assumed"] tbody tr').allInnerTexts();
    expect(rows.some((row) => /kategoria [IVX]+ tariff\.krk-\d{4}/.test(row))).toBe(true);
    expect(await text(page, '#basis')).toContain('Przeczytano uzasadnienia');
    const limited = await desk.as('hanna.podgorze');
    await limited.go('/law/basis');
    expect(await limited.page.locator('#basis-assumed').count()).toBe(0);
    const law = await desk.as('najemca.pokazowy');
    await law.go('/law/basis', 403);
  });

  it('can be read by tenants, without what it does to the rents of others', async () => {
    const { page, go } = await desk.as('najemca.pokazowy');
    await go('/law');
    expect(await page.locator('text=Ile czynszów stoi').count()).toBe(0);
    await go('/tariffs/krk-2025');
    expect(await page.locator('#use').count()).toBe(0);
    await go('/tariffs/new', 403);
  });
});
