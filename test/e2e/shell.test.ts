import { expect, it } from 'vitest';
import type { Theme } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

inBrowser('the shell', (desk) => {
  it('lets somebody in by a click and shows where they may go', async () => {
    const { page, complaints } = await desk.as('anna.referent');
    expect(await page.locator('h1').innerText()).toBe('Dzień dobry, Anna Zielińska');
    expect(await page.locator('nav.rooms .always a').allInnerTexts()).toEqual(expect.arrayContaining(['Początek', 'Lokale', 'Umowy']));
    await page.click('text=Wyloguj');
    await page.waitForURL('**/development-provider/**');
    expect(complaints).toEqual([]);
  });

  it('shows a tenant their own leases and no rooms of the staff', async () => {
    const { page, go } = await desk.as('najemca.pokazowy');
    expect(await page.locator('nav.rooms .always a').allInnerTexts()).toEqual(['Początek', 'Umowy']);
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
    const { page, go } = await desk.as('anna.referent');
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

  for (const theme of ['light', 'dark'] satisfies Theme[]) {
    it(`has no flaw that axe knows on any of its pages, ${theme}`, { timeout: 120_000 }, async () => {
      const { page, go } = await desk.as('anna.referent', { theme });
      const { items } = (await desk.app.as('anna.referent').get('/leases?basis=points&per_page=1')).body as { items: { lease: string }[] };
      const flaws: Record<string, string[]> = {};
      for (const path of ['/', '/leases?kind=social', '/dwellings', '/search', `/leases/${encodeURIComponent(items[0]?.lease ?? '')}`]) {
        await go(path);
        flaws[path] = await flawsOf(page);
      }
      await go('/nie-ma', 404);
      flaws['404'] = await flawsOf(page);
      const stranger = await desk.as(null, { theme });
      await stranger.go('/sign-in');
      flaws['sign-in'] = await flawsOf(stranger.page);
      await stranger.page.click('text=Zaloguj się jako pracownik');
      flaws['choose'] = await flawsOf(stranger.page);
      expect(Object.fromEntries(Object.entries(flaws).filter(([, found]) => found.length > 0))).toEqual({});
    });
  }
});
