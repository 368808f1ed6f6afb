import { expect, it } from 'vitest';
import { flawsOf, inBrowser } from './support.ts';

inBrowser('what if', (desk) => {
  it('is made, changed and opened by a clerk: the effect on the city stands there by itself', { timeout: 90_000 }, async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    await go('/scenarios');
    await page.click('text=Nowy scenariusz');
    await page.fill('input[name="name"]', 'Najem socjalny po 1,00 zł');
    await page.click('#content button.main');
    await page.waitForURL(/\/scenarios\/\d+$/);
    await page.waitForSelector('#effect .figures');
    expect(await page.locator('#effect').innerText()).toContain('Żaden czynsz nie rośnie.');

    await page.click('text=Dodaj zmianę');
    await page.selectOption('select[name="key"]', 'socialRate');
    await page.fill('input[name="value"]', 'złoty');
    await page.click('#content button.main');
    expect(await page.locator('#f-value-error').innerText()).toContain('Podaj liczbę');
    expect(await page.locator('select[name="key"]').inputValue()).toBe('socialRate');
    await page.fill('input[name="value"]', '1,00');
    await page.click('#content button.main');
    await page.waitForURL(/\/scenarios\/\d+$/);
    await page.waitForSelector('#effect .figures');
    const shown = await page.locator('#effect').innerText();
    expect(shown).toContain('Największe spadki');
    expect(shown).not.toContain('Żaden czynsz nie maleje.');
    expect(await page.locator('.changes > li').count()).toBe(1);

    await page.click('[aria-labelledby="falls"] tbody a >> nth=0');
    await page.waitForURL(/\/scenarios\/\d+\/leases\//);
    expect(await page.locator('.line.differs').count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it('is looked at by others, who copy it instead of changing it, and compare two', { timeout: 90_000 }, async () => {
    const { page, go } = await desk.as('barbara.kierownik');
    await go('/scenarios');
    await page.click('tbody a >> nth=0');
    expect(await page.locator('text=Dodaj zmianę').count()).toBe(0);
    await page.click('text=Utwórz kopię');
    await page.waitForURL(/\/scenarios\/\d+$/);
    expect(await page.locator('h1').innerText()).toContain('(kopia)');
    await page.click('.changes button >> nth=0');
    expect(await page.locator('#notices').innerText()).toContain('usunięto');
    await go('/scenarios/compare');
    const options = await page.locator('select[name="a"] option').evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value));
    await go(`/scenarios/compare?a=${options[1] ?? ''}&b=${options[2] ?? ''}`);
    expect(await page.locator('#byBasis').count()).toBe(1);
    const auditor = await desk.as('edyta.audytor');
    await auditor.go('/scenarios');
    expect(await auditor.page.locator('text=Nowy scenariusz').count()).toBe(0);
    await auditor.go('/scenarios/new', 403);
  });

  it('moves a limit inside the words of an item: told of the gap, moved along, marked in both statements', { timeout: 30_000 }, async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    await go('/scenarios/new');
    await page.fill('input[name="name"]', 'Bez windy od IV piętra');
    await page.click('#content button.main');
    await page.waitForURL(/\/scenarios\/\d+$/);
    const one = new URL(page.url()).pathname;
    await go(`${one}/changes`);
    await page.selectOption('select[name="key"]', 'limits.24.storey.from');
    await page.waitForSelector('#chosen dl');
    expect(await page.locator('#chosen').innerText()).toMatch(/Położenie na III piętrze i wyżej bez windy[^]*co najmniej 3[^]*23: kondygnacja/);
    await page.fill('input[name="value"]', '3,5');
    await page.click('#content button.main');
    expect(await page.locator('#f-value-error').innerText()).toContain('liczbę całkowitą');
    await page.uncheck('input[name="together"]');
    await page.fill('input[name="value"]', '4');
    await page.click('#content button.main');
    await page.waitForURL((url) => url.pathname === one);
    expect(await page.locator('[aria-labelledby="changes"] .notice').innerText()).toContain('Luka: kondygnacja głównego poziomu (parter = 0) 3.');
    await page.click('text=Przesuń też: 23');
    await page.waitForSelector('.changes > li >> nth=1');
    expect(await page.locator('text=Luka:').count()).toBe(0);
    const changes = await page.locator('.changes').innerText();
    for (const told of ['w prawie 2, zmienione w scenariuszu na 3 przyjęte', 'w prawie 3, zmienione w scenariuszu na 4 przyjęte']) expect(changes.replaceAll(/\s+/g, ' ')).toContain(told);

    await page.waitForSelector('#effect .figures');
    const lease = await page.locator('[aria-labelledby="rises"] tbody a >> nth=0').innerText();
    const file = await page.request.get(`${one}/export?format=csv`);
    expect((await file.text()).split('\n').filter((line) => line.includes(lease))).toHaveLength(1);
    await page.click('[aria-labelledby="rises"] tbody a >> nth=0');
    await page.waitForURL(/\/leases\//);
    expect(await page.locator('[aria-labelledby="before"] .remark').innerText()).toBe('zmienione w scenariuszu (będzie: kondygnacja głównego poziomu (parter = 0) co najmniej 4)');
    expect(await page.locator('[aria-labelledby="after"] .remark').innerText()).toBe('zmienione w scenariuszu (w prawie: kondygnacja głównego poziomu (parter = 0) najwyżej 2)');
    expect(await page.locator('[aria-labelledby="after"] .line:has(> .row .remark) > .row .status').innerText()).toBe('przyjęte');
    expect(await flawsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('computes without script when asked to', { timeout: 60_000 }, async () => {
    const { page, go } = await desk.as('anna.referent', { script: false });
    await go('/scenarios/new');
    await page.fill('input[name="name"]', 'Bez skryptu');
    await page.fill('input[name="day"]', '01.02.2026');
    await page.click('#content button.main');
    await page.click('text=Policz skutek');
    expect(await page.locator('#effect .figures').count()).toBe(1);
    await page.click('text=Dodaj zmianę');
    await page.selectOption('select[name="key"]', 'limits.52.height.below');
    await page.click('text=Pokaż, co dziś obowiązuje');
    expect(await page.locator('#chosen').innerText()).toMatch(/mniej niż 240\scm/);
    expect(await page.isChecked('input[name="together"]')).toBe(true);
    await page.fill('input[name="value"]', '250');
    await page.click('#content button.main');
    expect(await page.locator('#notices').innerText()).toContain('50: wysokość największego pokoju co najmniej');
    expect(await page.locator('.changes > li').count()).toBe(2);
  });

  it('says where a scenario cannot be kept', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/scenarios/new');
    await page.fill('input[name="day"]', '01.01.1990');
    await page.click('#content button.main');
    expect(await page.locator('#form-summary').innerText()).toContain('Podaj tę wartość.');
    await page.fill('input[name="name"]', 'Za dawno');
    await page.click('#content button.main');
    expect(await page.locator('#form-summary').innerText()).toMatch(/taryf/i);
    await go('/scenarios/999999', 404);
  });

  it('has no flaw that axe knows once its effect stands there and while a limit is changed', { timeout: 60_000 }, async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/scenarios');
    await page.click('tbody a >> nth=0');
    await page.waitForSelector('#effect .figures');
    const one = await flawsOf(page);
    await go(`${new URL(page.url()).pathname}/changes?key=limits.24.storey.from`);
    expect([one, await flawsOf(page)]).toEqual([[], []]);
  });
});
