import { expect, it } from 'vitest';
import { rows } from '../../src/platform/database/connect.ts';
import { flawsOf, inBrowser } from './support.ts';

inBrowser('views of lists', (desk) => {
  it('are kept by one click and a name, stand above the list, and are let go', async () => {
    const { page, go, complaints } = await desk.as('anna.referent');
    await go('/leases');
    expect(await page.locator('.views').count()).toBe(0);
    await page.click('summary:has-text("Filtry")');
    await page.selectOption('select[name="kind"]', 'social');
    await page.waitForURL('**/leases?*kind=social*');
    await page.click('thead >> text=Adres');
    await page.waitForURL('**/leases?*sort=street*');
    await page.click('text=Zapisz ten widok');
    await page.click('button:has-text("Zapisz ten widok")');
    expect(await page.locator('#f-name-error').innerText()).toBe('Podaj tę wartość.');
    await page.fill('[name="name"]', 'Socjalne po adresach');
    expect(await flawsOf(page)).toEqual([]);
    await page.click('button:has-text("Zapisz ten widok")');
    await page.waitForURL('**/leases?*kind=social*');
    expect(await page.locator('#notices').innerText()).toContain('Zapisano widok „Socjalne po adresach”');
    expect(await page.locator('.views [aria-current]').innerText()).toBe('Socjalne po adresach');
    expect(await page.locator('.views >> text=Zapisz ten widok').count()).toBe(0);

    await go('/leases?kind=fixed');
    await page.click('text=Zapisz ten widok');
    await page.fill('[name="name"]', 'Socjalne po adresach');
    await page.click('button:has-text("Zapisz ten widok")');
    expect(await page.locator('#f-name-error').innerText()).toContain('Masz już na tej liście widok');
    expect(await page.locator('[name="name"]').inputValue()).toBe('Socjalne po adresach');
    await page.check('[name="replace"]');
    await page.click('button:has-text("Zapisz ten widok")');
    await page.waitForURL('**/leases?kind=fixed');

    await go('/leases');
    await page.click('.views >> text=Socjalne po adresach');
    await page.waitForURL('**/leases?kind=fixed');
    await page.click('text=Uporządkuj widoki');
    expect(await flawsOf(page)).toEqual([]);
    await page.click('button:has-text("Usuń")');
    expect(await page.locator('main').innerText()).toContain('Nie masz jeszcze żadnych widoków');
    expect(await rows(desk.app.database.db, `select 1 from audit_events where event in ('view.save', 'view.drop')`)).toHaveLength(3);
    expect(complaints).toEqual([]);
  });

  it('are their owner’s alone, and those of a run’s list are there in every run', async () => {
    const anna = await desk.as('anna.referent', { script: false });
    await anna.go('/runs/2/leases?outcome=increase&sort=-difference&page=2');
    await anna.page.click('text=Zapisz ten widok');
    await anna.page.fill('[name="name"]', 'Największe podwyżki');
    await anna.page.click('button:has-text("Zapisz ten widok")');
    expect(anna.page.url()).toMatch(/\/runs\/2\/leases\?outcome=increase&sort=-difference$/);
    await anna.go('/runs/1/leases');
    await anna.page.click('.views >> text=Największe podwyżki');
    expect(anna.page.url()).toMatch(/\/runs\/1\/leases\?outcome=increase&sort=-difference$/);
    const [view] = await rows<{ id: string }>(desk.app.database.db, 'select id from saved_views');
    const dawid = await desk.as('dawid.referent');
    await dawid.go('/runs/2/leases');
    expect(await dawid.page.locator('.views').count()).toBe(0);
    await dawid.go('/views');
    // Somebody else's, by a forged button.
    await dawid.page.evaluate(`(() => { const form = document.querySelector('form[action="/sign-out"]'); form.action = '/views/drop'; form.insertAdjacentHTML('beforeend', '<input name="view" value="${view?.id ?? ''}">'); form.submit(); })()`);
    await dawid.page.waitForSelector('#notices >> text=Tego widoku już nie ma.');
    expect(await rows(desk.app.database.db, 'select 1 from saved_views')).toHaveLength(1);
    await dawid.go('/views/new?list=%2Fleases&of=%2F%2Fevil.example%2F', 404);
    await dawid.go('/views/new', 404);
    const long = `/leases?street=${'x'.repeat(2_100)}`;
    await dawid.go(`/views/new?${new URLSearchParams({ list: '/leases', of: long }).toString()}`);
    await dawid.page.fill('[name="name"]', 'Za długi');
    await dawid.page.click('button:has-text("Zapisz ten widok")');
    expect(await dawid.page.locator('#form-summary').innerText()).toContain('są za długie');
    const tenant = await desk.as('najemca.pokazowy');
    await tenant.go('/leases?kind=social');
    expect(await tenant.page.locator('.views').count()).toBe(0);
    await tenant.go('/views', 403);
  });
});
