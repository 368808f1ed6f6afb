import { expect, it } from 'vitest';
import { rows } from '../../src/platform/database/connect.ts';
import { flawsOf, inBrowser } from './support.ts';

inBrowser('the shell', (desk) => {
  it('lets somebody in by a click and shows where they may go', async () => {
    const { page, complaints } = await desk.atHome('anna.referent');
    expect(await page.locator('h1').innerText()).toBe('Dzień dobry, Anna Zielińska');
    expect(await page.locator('nav.rooms .always a').allInnerTexts()).toEqual(expect.arrayContaining(['Początek', 'Lokale', 'Umowy']));
    await page.click('text=Wyloguj');
    await page.waitForURL('**/development-provider/**');
    expect(complaints).toEqual([]);
  });

  it('shows a tenant their own leases and no rooms of the staff', async () => {
    const { page, go } = await desk.atHome('najemca.pokazowy');
    expect(await page.locator('nav.rooms .always a').allInnerTexts()).toEqual(['Początek', 'Umowy', 'Prawo']);
    expect(await page.locator('#own tbody tr, [aria-labelledby="own"] tbody tr').count()).toBeGreaterThan(0);
    await go('/dwellings', 403);
    expect(await page.locator('main').innerText()).toContain('Brak uprawnienia');
  });

  it('sends who is not signed in to sign in and back to where they wanted to go', async () => {
    const { page } = await desk.as(null);
    await page.goto('/leases?kind=social');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.click('text=Zaloguj się jako pracownik');
    await page.click('button[value="anna.referent"]');
    await page.waitForURL('**/leases?kind=social');
  });

  it('speaks English and shows itself dark when asked, and remembers it', async () => {
    const { page, go } = await desk.atHome('anna.referent');
    await page.click('text=English');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.click('text=Dark');
    await go('/leases');
    expect(await page.locator('h1').innerText()).toBe('Leases');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  it('says in words that there is no such page', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/nie-ma', 404);
    expect(await page.locator('h1').innerText()).toBe('Nie ma takiej strony');
    await go('/leases/ZBK%2F1900%2F00001', 404);
    expect(await page.locator('main').innerText()).toContain('ZBK/1900/00001');
  });

  it('is found by keyboard alone: past the frame, to the search by its key', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/leases');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#content');
    await page.keyboard.press('/');
    await page.keyboard.type('ZBK/20');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search');
    expect(page.url()).not.toContain('ZBK');
    expect(await page.locator('main').innerText()).toContain('ZBK/20');
  });

  it('sorts, filters and turns the pages of a list without loading the page anew, its state in the address', async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    await go('/leases');
    await page.evaluate('window.stayed = true');
    await page.click('thead >> text=Adres');
    await page.waitForURL('**/leases?sort=street');
    await page.click('nav.pager >> text=Następna');
    await page.waitForURL('**/leases?sort=street&page=2');
    await page.click('summary:has-text("Filtry")');
    await page.selectOption('select[name="kind"]', 'social');
    await page.waitForURL('**/leases?*kind=social*');
    await page.waitForFunction('[...document.querySelectorAll("#rows tbody tr")].every((row) => row.innerText.includes("najem socjalny"))');
    expect(await page.evaluate('window.stayed')).toBe(true);
    expect(complaints).toEqual([]);
    await page.goBack();
    await page.waitForURL('**/leases?sort=street&page=2');
  });

  it('does the same without script', async () => {
    const { page, go } = await desk.as('anna.referent', { script: false });
    await go('/leases');
    await page.click('thead >> text=Adres');
    expect(new URL(page.url()).search).toBe('?sort=street');
    await page.click('summary:has-text("Filtry")');
    await page.selectOption('select[name="kind"]', 'social');
    await page.click('button:has-text("Filtruj")');
    const kinds = await page.locator('#rows tbody tr td:nth-of-type(4)').allInnerTexts();
    expect(new Set(kinds)).toEqual(new Set(['najem socjalny']));
  });

  it('says beside the field what is wrong with a filter, and shows the rest', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/leases?ends_by=31.02.2026&kind=social', 422);
    expect(await page.locator('#f-ends_by-error').innerText()).toContain('Podaj dzień');
    expect(await page.locator('input[name="ends_by"]').inputValue()).toBe('31.02.2026');
    expect(await page.locator('#rows tbody tr').count()).toBeGreaterThan(0);
  });

  it('keeps what was typed when the session has ended, for its author alone', async () => {
    const { page, context, go } = await desk.as('anna.referent');
    const typed = async (): Promise<string> => page.locator('#content input[name="name"]').inputValue();
    await go('/components');
    await page.fill('#content input[name="name"]', 'Długa nazwa');
    await page.fill('#content input[name="amount"]', '12,5');
    await context.clearCookies();
    await page.click('#content button:has-text("Zapisz") >> nth=0');
    await page.waitForURL('**/sign-in?to=%2Fcomponents');
    expect(await page.locator('main').innerText()).toContain('jest zachowane');
    await page.click('text=Zaloguj się jako pracownik');
    await page.click('button[value="anna.referent"]');
    await page.waitForURL('**/components');
    expect([await typed(), await page.locator('#content input[name="amount"]').inputValue()]).toEqual(['Długa nazwa', '12,5']);
    await page.reload();
    expect(await typed()).toBe('');

    await page.fill('#content input[name="name"]', 'Tylko dla Anny');
    await context.clearCookies();
    await page.click('#content button:has-text("Zapisz") >> nth=0');
    await page.click('text=Zaloguj się jako pracownik');
    await page.click('button[value="dawid.referent"]');
    await page.waitForURL('**/components');
    expect(await typed()).toBe('');
  });

  it('shows again, and does not do, what a page of an earlier session asks', async () => {
    const { page, context, go } = await desk.as('anna.referent');
    await go('/components');
    await page.fill('#content input[name="name"]', 'Z poprzedniej sesji');
    await context.clearCookies();
    const other = await context.newPage();
    await other.goto('/sign-in/staff');
    await other.click('button[value="anna.referent"]');
    await other.waitForURL((url) => url.pathname === '/');
    await page.bringToFront();
    await page.fill('#content input[name="day"]', '31.01.2026');
    await page.fill('#content input[name="amount"]', '1 234,50');
    await page.selectOption('select[name="kind"]', 'a');
    await page.check('#f-part-0');
    await page.click('#content button.main >> nth=0');
    expect(await page.locator('#form-summary').innerText()).toContain('poprzedniej sesji');
    expect(await page.locator('#content input[name="name"]').inputValue()).toBe('Z poprzedniej sesji');
    await page.click('#content button.main >> nth=0');
    expect(await page.locator('#notices').innerText()).toContain('Formularz był poprawny');
  });

  it('names what is wrong above the form and at its fields, and loses nothing', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/components');
    await page.fill('#content input[name="name"]', 'x');
    await page.fill('#content input[name="day"]', '31.02.2026');
    await page.click('#content button.main >> nth=0');
    expect(await page.evaluate('document.activeElement.id')).toBe('form-summary');
    expect(await page.locator('#form-summary li').count()).toBe(5);
    expect(await page.locator('#f-name-error').innerText()).toBe('Liczba znaków ma wynosić co najmniej 3.');
    expect(await page.locator('#content input[name="day"]').inputValue()).toBe('31.02.2026');
    await page.click('#form-summary a >> nth=0');
    expect(await page.evaluate('location.hash')).toBe('#f-name');
  });

  it('goes straight to the only thing found, and never puts the question into an address', async () => {
    const { page, go } = await desk.as('anna.referent');
    const { items } = (await desk.app.as('anna.referent').get('/leases?per_page=1')).body as { items: { lease: string; dwelling: string }[] };
    await go('/');
    await page.fill('#search', items[0]?.lease ?? '');
    await page.press('#search', 'Enter');
    await page.waitForURL('**/leases/**');
    expect(await page.locator('h1').innerText()).toContain(items[0]?.lease);
    const [person] = ((await desk.app.as('anna.referent').post('/persons/search', { name: 'an' })).body as { items: { name: string }[] }).items;
    await page.fill('#search', person?.name ?? '');
    await page.press('#search', 'Enter');
    await page.waitForURL(/\/(?:search|persons\/O-\d+)$/);
    expect(await page.locator('main').innerText()).toContain(person?.name);
    const law = await desk.as('cezary.prawo');
    await law.go('/search');
    await law.page.fill('#content input[name="q"]', person?.name ?? '');
    await law.page.press('#content input[name="q"]', 'Enter');
    await law.page.waitForLoadState();
    expect(await law.page.locator('#persons').count()).toBe(0);
  });

  it('suggests places and leases while one types, chosen by the arrows, and looks nobody up in passing', async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    const { items: [first] } = (await desk.app.as('anna.referent').get('/dwellings?per_page=1')).body as { items: { dwelling: string }[] };
    const looks = async (): Promise<number> => (await rows(desk.app.database.db, `select 1 from audit_events where event = 'person.search'`)).length;
    const before = await looks();
    await go('/leases');
    await page.keyboard.press('/');
    await page.keyboard.type(first?.dwelling ?? '', { delay: 20 });
    await page.waitForSelector(`#suggestions a:has-text("${first?.dwelling ?? ''}")`);
    expect(await flawsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('#suggestions a').count()).toBe(0);
    await page.keyboard.press('Backspace');
    await page.waitForSelector('#suggestions a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dwellings/**');
    expect(await looks()).toBe(before);
    expect(complaints).toEqual([]);
  });

  it('has no flaw that axe knows where there is no page and before sign-in, light or dark', { timeout: 60_000 }, async () => {
    const { page, go } = await desk.as('anna.referent');
    const flaws: Record<string, string[]> = {};
    await go('/nie-ma', 404);
    flaws['404'] = await flawsOf(page);
    const stranger = await desk.as(null);
    await stranger.go('/sign-in');
    flaws['sign-in'] = await flawsOf(stranger.page);
    await stranger.page.click('text=Zaloguj się jako pracownik');
    flaws['choose'] = await flawsOf(stranger.page);
    expect(Object.fromEntries(Object.entries(flaws).filter(([, found]) => found.length > 0))).toEqual({});
  });
});
