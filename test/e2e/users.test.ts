import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { makeLetterCode } from '../../src/platform/access/letter-codes.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { row, touched } from '../../src/platform/database/connect.ts';
import { plusMicroseconds } from '../../src/platform/dates/instants.ts';
import type { DeskTest } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

const main = (page: Page): Promise<string> => page.locator('main').innerText();
const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
const rooms = (page: Page): Promise<string[]> => page.locator('nav.rooms .always a').allInnerTexts();
const send = (page: Page, words: string): Promise<void> => page.click(`#content button:has-text("${words}")`);

/** Status of the programming interface for whoever has the token. */
async function statusBy(desk: DeskTest, token: string): Promise<number> {
  return (await fetch(`${desk.app.origin}/api/v1/leases?per_page=1`, { headers: { Authorization: `Bearer ${token}` } })).status;
}

inBrowser('users and one’s own account', (desk) => {
  it('lets a supervisor shut somebody out, whose open session ends at once, and in again', { timeout: 60_000 }, async () => {
    const filip = await desk.as('filip.windykacja');
    const before = await filip.context.cookies();
    const { page, go, complaints } = await desk.atHome('barbara.kierownik');
    await page.click('nav.rooms .always >> text=Użytkownicy');
    await page.waitForURL('**/users');
    expect(await page.locator('#rows tbody tr').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/filip\.windykacja\s+Filip Bąk\s+pracownik\s+windykacja\s+całe miasto/)]));
    const flaws: Record<string, string[]> = { list: await flawsOf(page) };

    await page.click('#rows >> text=filip.windykacja');
    expect(await heading(page)).toBe('Użytkownik Filip Bąk');
    expect(await page.locator('[aria-labelledby="may"]').innerText()).toContain('widzieć zaległości');
    expect(await page.locator('[aria-labelledby="may"]').innerText()).not.toContain('zatwierdzać');
    flaws['one'] = await flawsOf(page);
    await page.click('text=Zablokuj dostęp…');
    expect(await main(page)).toContain('Wszystkie otwarte sesje tej osoby kończą się natychmiast');
    await page.fill('[name="reason"]', 'x');
    await send(page, 'Zablokuj');
    expect(await page.locator('#f-reason-error').innerText()).toContain('co najmniej 3');
    expect(await page.locator('[name="reason"]').inputValue()).toBe('x');
    flaws['block'] = await flawsOf(page);
    await page.fill('[name="reason"]', 'Odejście z pracy.');
    await send(page, 'Zablokuj');
    await page.waitForSelector('#notices >> text=Dostęp jest zablokowany');
    expect(await main(page)).toContain('Odejście z pracy.');

    await filip.page.goto('/leases');
    expect(new URL(filip.page.url()).pathname).toBe('/sign-in');
    expect(JSON.stringify(await (await fetch(`${desk.app.origin}/session`)).json())).toContain('sign_in_needed');
    await filip.page.goto('/sign-in/staff');
    await filip.page.waitForSelector('text=Dostęp osoby „Filip Bąk” zablokowano');

    await go('/users?blocked=true');
    expect(await page.locator('#rows tbody tr').allInnerTexts()).toEqual([expect.stringMatching(/zablokowany.*barbara\.kierownik\s+Odejście z pracy\./s)]);
    await go('/users/filip.windykacja/block');
    expect(await main(page)).toContain('już zablokowana');
    await go('/users/filip.windykacja');
    desk.app.clock.moveTo(plusMicroseconds(desk.app.clock.now(), 60_000_000));
    await page.click('text=Przywróć dostęp…');
    await page.fill('[name="reason"]', 'Wrócił do pracy.');
    await send(page, 'Przywróć dostęp');
    await page.waitForSelector('#notices >> text=Dostęp jest przywrócony');
    // The session from before the block is over for good.
    await filip.context.clearCookies();
    await filip.context.addCookies(before);
    await filip.page.goto('/leases');
    expect(new URL(filip.page.url()).pathname).toBe('/sign-in');
    await (await desk.as('filip.windykacja')).go('/leases');
    await go('/users/barbara.kierownik');
    expect(await page.locator('#content a.button').count()).toBe(0);
    expect(await main(page)).toContain('Własnego dostępu nie można zmienić');
    await go('/users/barbara.kierownik/block');
    expect(await page.locator('#content form').count()).toBe(0);

    await go('/users?code=Jan+Kowalski&role=nikt&kind=staff', 422);
    expect(await page.locator('#f-code-error').innerText()).toContain('Podaj login albo jego początek');
    expect(await page.locator('#f-role-error').innerText()).toContain('Wybierz jedną z pozycji listy');
    expect(await page.locator('#rows tbody tr').count()).toBeGreaterThan(0);
    await go('/users/nie.ma.takiego', 404);
    expect(await main(page)).toContain('nie.ma.takiego');
    await go('/roles');
    const [machine] = await page.locator('tbody tr:has-text("zatwierdzać i odrzucać")').allInnerTexts();
    expect(machine?.split(/\t/).slice(1)).toEqual(['nie', 'tak', 'nie', 'nie', 'nie', 'nie', 'nie']);
    flaws['roles'] = await flawsOf(page);
    expect(flaws).toEqual({ list: [], one: [], block: [], roles: [] });
    expect(complaints).toEqual([]);
  });

  it('offers none of it to others, and refuses it by its address', { timeout: 40_000 }, async () => {
    const anna = await desk.atHome('anna.referent');
    expect(await rooms(anna.page)).not.toEqual(expect.arrayContaining(['Użytkownicy']));
    expect(await rooms(anna.page)).not.toEqual(expect.arrayContaining(['Dziennik']));
    for (const path of ['/users', '/users/anna.referent', '/users/dawid.referent/block', '/roles']) await anna.go(path, 403);
    const edyta = await desk.atHome('edyta.audytor');
    expect(await rooms(edyta.page)).toEqual(expect.arrayContaining(['Użytkownicy', 'Dziennik']));
    await edyta.go('/users/anna.referent');
    expect(await edyta.page.locator('a:has-text("Zablokuj")').count()).toBe(0);
    await edyta.go('/users/anna.referent/block', 403);
    const tenant = await desk.atHome('najemca.pokazowy');
    await tenant.go('/users', 403);
    await tenant.go('/account/tokens/new', 403);
    await tenant.go('/');
    await tenant.page.click('.who a');
    expect(await heading(tenant.page)).toBe('Twoje konto');
    expect(await main(tenant.page)).toContain('Twoje umowy są powiązane z tym kontem.');
    expect(await tenant.page.locator('#tokens, [aria-labelledby="tokens"]').count()).toBe(0);
  });

  it('makes a token that is shown in no address and not lost by a reload, works, and stops when revoked', { timeout: 60_000 }, async () => {
    const { page, go, complaints } = await desk.atHome('anna.referent');
    const visited: string[] = [];
    page.on('framenavigated', (frame) => visited.push(frame.url()));
    await page.click('.who a');
    const until = await page.locator('[aria-labelledby="who"]').innerText();
    expect(until).toMatch(/Zalogowano do\s+\d\d\.\d\d\.\d{4}, \d\d:\d\d/);
    await page.click('text=Nowy token');
    await page.fill('[name="name"]', '');
    await page.fill('[name="days"]', '93');
    await send(page, 'Utwórz token');
    expect(await page.locator('#f-name-error').innerText()).not.toBe('');
    expect(await page.locator('#f-days-error').innerText()).toContain('92');
    const flaws = [...await flawsOf(page)];
    await page.fill('[name="name"]', 'komputer przy biurku');
    await page.fill('[name="days"]', '10');
    await send(page, 'Utwórz token');
    await page.waitForURL('**/account/tokens/made');
    const token = await page.locator('.secret code').innerText();
    expect(token).toMatch(/^kam_/);
    await page.reload();
    expect(await page.locator('.secret code').innerText()).toBe(token);
    flaws.push(...await flawsOf(page));
    expect(await statusBy(desk, token)).toBe(200);

    const other = await desk.as('anna.referent');
    await other.go('/account/tokens/made');
    expect(await main(other.page)).toContain('Tokenu nie można już pokazać');
    await page.click('text=Mam go, nie pokazuj więcej');
    await page.waitForURL('**/account');
    await go('/account/tokens/made');
    expect(await main(page)).not.toContain('kam_');

    await go('/account');
    flaws.push(...await flawsOf(page));
    await page.click('a[aria-label="Unieważnij token „komputer przy biurku”"]');
    expect(await main(page)).toContain('przestanie działać od razu i na zawsze');
    const address = page.url();
    expect(await statusBy(desk, token)).toBe(200);
    await send(page, 'Unieważnij');
    await page.waitForSelector('#notices >> text=jest unieważniony');
    expect(await statusBy(desk, token)).toBe(401);
    await page.goto(address);
    expect(await main(page)).toContain('nie ma czego unieważniać');
    await go('/account/tokens/999999/revoke', 404);
    await go('/account/tokens/x/revoke', 422);
    expect(visited.join(' ')).not.toContain(token.slice(4, 20));
    expect({ flaws, complaints }).toEqual({ flaws: [], complaints: [] });
  });

  it('takes the code from a letter of a tenant who is not known yet, and says at the field what is wrong with it, without script', { timeout: 60_000 }, async () => {
    const { page, go } = await desk.as('najemca.pokazowy', { script: false });
    const { person } = await row<{ person: string }>(desk.app.database.db, `select person_id as person from users where kind = 'tenant'`);
    await go('/account/letter-code');
    expect(await main(page)).toContain('kod nie jest potrzebny');
    await touched(desk.app.database.owner, `update users set person_id = null where kind = 'tenant'`);
    await go('/');
    await page.click('text=Wpisz kod z listu');
    await page.fill('[name="code"]', 'krótki');
    await send(page, 'Potwierdź');
    expect(await page.locator('#f-code-error').innerText()).toContain('co najmniej 12');
    for (let turn = 0; turn < 5; turn += 1) {
      await page.fill('[name="code"]', '2222-3333-4444');
      await send(page, 'Potwierdź');
      expect(await page.locator('#f-code-error').innerText()).toBe('Kod jest błędny, już użyty albo nieważny. Przepisz go z najnowszego listu.');
    }
    expect(await page.locator('[name="code"]').inputValue()).toBe('2222-3333-4444');
    await send(page, 'Potwierdź');
    expect(await page.locator('#f-code-error').innerText()).toContain('Spróbuj ponownie za godzinę');
    expect(page.url()).not.toContain('2222');
    await touched(desk.app.database.owner, 'delete from letter_code_tries');
    const { code } = await makeLetterCode(desk.app.instance.context(personOf('anna.referent')), person);
    await page.fill('[name="code"]', code.toLowerCase().replaceAll('-', ' '));
    await send(page, 'Potwierdź');
    await page.waitForSelector('#notices >> text=Wiemy już, kim jesteś');
    expect(await page.locator('[aria-labelledby="own"] tbody tr').count()).toBeGreaterThan(0);
    const staff = await desk.as('anna.referent');
    await staff.go('/account/letter-code');
    expect(await main(staff.page)).toContain('Konto pracownika go nie potrzebuje');
  });

  it('speaks English when asked, is used by keyboard alone, and forgets a token that nobody hid', { timeout: 40_000 }, async () => {
    const { page, go } = await desk.atHome('barbara.kierownik');
    await page.click('text=English');
    await go('/users/anna.referent');
    expect(await page.locator('[aria-labelledby="may"]').innerText()).toContain('see buildings, dwellings and what was found out about them');
    await go('/account');
    await page.locator('#content a:has-text("New token")').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account/tokens/new');
    await page.locator('[name="name"]').focus();
    await page.keyboard.type('laptop');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account/tokens/made');
    expect(await heading(page)).toBe('The new token is ready');
    // A session left open does not show it for ever.
    const now = desk.app.clock.now();
    desk.app.clock.moveTo(plusMicroseconds(now, 16 * 60_000_000));
    try {
      await page.reload();
      expect(await main(page)).toContain('The token cannot be shown any more');
    } finally {
      desk.app.clock.moveTo(now);
    }
  });
});
