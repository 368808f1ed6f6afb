/** Persons in the browser: by whom they may, masked until asked for, and nothing personal in any address. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { row, rows } from '../../src/platform/database/connect.ts';
import { plusMicroseconds } from '../../src/platform/dates/instants.ts';
import { main, sendByHand } from './by-hand.ts';
import type { DeskTest, Visit } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

const NAME = 'Żółkiewska Gaja';
const PESEL = '44051401359';
const MINUTE = 60_000_000;

const personIn = (page: Page): string => /\/persons\/(O-\d+)/.exec(page.url())?.[1] ?? '';

/** Every address that the browser asks for from now on, decoded. */
function addressesOf({ page }: Visit): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  return asked;
}

async function looksAt(desk: DeskTest, event: string, person: string): Promise<string[]> {
  const found = await rows<{ actor: string }>(
    desk.app.database.owner,
    `select e.actor from audit_events e join persons p on e.targets::jsonb @> jsonb_build_object('person', p.id::text) where e.event = ? and p.code = ? order by e.id`,
    [event, person],
  );
  return found.map(({ actor }) => actor);
}

/** Somebody of a lease that the small city has. */
async function somebody(desk: DeskTest, where = 'true'): Promise<{ person: string; name: string; lease: string }> {
  return row(
    desk.app.database.owner,
    `select p.code as person, p.name, l.number as lease from lease_parties f join persons p on p.id = f.person_id join leases l on l.id = f.lease_id
     join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and upper_inf(t.valid)
     where upper_inf(f.recorded) and p.pesel_hash is not null and ${where} order by l.number, p.id limit 1`,
  );
}

/** Steps by Tab until what has the focus says so. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>('document.activeElement.innerText ?? ""')).includes(words)) return;
  }
  throw new Error(`no step leads to ${words}`);
}

inBrowser('persons', (desk) => {
  it('are looked for, added, shown whole on demand, corrected, sent a code and given their data, and no address tells of them', { timeout: 60_000 }, async () => {
    const anna = await desk.atHome('anna.referent');
    const { page, go, complaints } = anna;
    const asked = addressesOf(anna);
    const flaws: string[] = [];
    await page.fill('#search', NAME);
    await page.press('#search', 'Enter');
    await page.waitForURL('**/search');
    await page.click('a:has-text("Dodaj osobę")');
    await page.fill('[name="name"]', NAME);
    await page.click('#content button.main');
    expect(await page.locator('#f-pesel-error').innerText()).toBe('Podaj numer PESEL albo przyczynę jego braku.');
    await page.fill('[name="pesel"]', '44051401358');
    await page.fill('[name="born"]', '31.02.1944');
    await page.click('#content button.main');
    await page.waitForSelector('#f-born-error');
    await page.fill('[name="born"]', '15.05.1944');
    await page.click('#content button.main');
    await page.waitForSelector('#f-pesel-error >> text=nie zgadza się cyfra kontrolna');
    expect([await page.locator('[name="name"]').inputValue(), await page.locator('[name="pesel"]').inputValue()]).toEqual([NAME, '44051401358']);
    flaws.push(...(await flawsOf(page)));
    await page.fill('[name="pesel"]', '440514 01359');
    await page.click('#content button.main');
    await page.waitForSelector('#f-born-error');
    await page.fill('[name="born"]', '');
    await page.click('#content button.main');
    await page.waitForURL(/\/persons\/O-\d+$/);
    const person = personIn(page);
    expect(await page.locator('#notices').innerText()).toContain(`Dodano osobę ${person}`);
    expect(await page.title()).not.toContain(NAME);

    expect(await main(page)).toContain(NAME);
    expect(await main(page)).toContain('*******1359');
    expect(await page.content()).not.toContain(PESEL);
    expect(await looksAt(desk, 'person.pesel_read', person)).toEqual([]);
    await page.click('button:has-text("Pokaż PESEL")');
    await page.waitForSelector(`text=${PESEL}`);
    expect(await main(page)).toContain('14.05.1944');
    expect(await looksAt(desk, 'person.pesel_read', person)).toEqual(['anna.referent']);
    flaws.push(...(await flawsOf(page)));
    await page.reload();
    expect(await page.content()).not.toContain(PESEL);
    expect(await looksAt(desk, 'person.pesel_read', person)).toEqual(['anna.referent']);

    await page.click('a:has-text("Popraw dane")');
    await page.fill('[name="name"]', `${NAME} Nowa`);
    await page.click('#content button.main');
    await page.waitForSelector('#f-reason-error');
    await page.fill('[name="reason"]', 'Odpis aktu małżeństwa.');
    await page.fill('[name="document"]', 'AA 1');
    await page.click('#content button.main');
    await page.waitForSelector('#f-document-error');
    flaws.push(...(await flawsOf(page)));
    await page.fill('[name="document"]', '');
    await page.click('#content button.main');
    await page.waitForSelector('#notices >> text=Poprawiono dane osoby');
    expect(await main(page)).toContain(`${NAME} Nowa`);
    await page.click('a:has-text("Popraw dane")');
    await page.fill('[name="reason"]', 'Nic się nie zmieniło.');
    await page.click('#content button.main');
    await page.waitForSelector('#form-summary >> text=Nie ma czego poprawiać');

    await go('/persons/new');
    await page.fill('[name="name"]', NAME);
    await page.fill('[name="pesel"]', PESEL);
    await page.click('#content button.main');
    await page.waitForSelector(`#f-pesel-error >> text=${person}`);

    await go(`/persons/${person}/letter-code`);
    await page.click('button:has-text("Utwórz kod")');
    const code = await page.locator('#letter-code').innerText();
    expect(code).toMatch(/^[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}$/);
    await page.reload();
    expect(await page.locator('#letter-code').innerText()).toBe(code);
    flaws.push(...(await flawsOf(page)));
    await page.emulateMedia({ media: 'print' });
    expect([await page.locator('#letter-code').isVisible(), await page.locator('.off-paper').isVisible()]).toEqual([true, false]);
    await page.emulateMedia({ media: 'screen' });
    desk.app.clock.moveTo(plusMicroseconds(desk.app.clock.now(), 10 * MINUTE));
    await page.reload();
    expect(await page.content()).not.toContain(code);
    expect(await main(page)).toContain('jeszcze nie użyty');
    expect(await main(page)).toContain('Nowy kod unieważni poprzedni');
    expect(await looksAt(desk, 'person.letter_code', person)).toEqual(['anna.referent']);

    await go(`/persons/${person}`);
    await page.click('a:has-text("Wydaj wszystko")');
    // The page stands there after the file, and gives it again.
    for (const times of [1, 2]) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Pobierz plik")')]);
      expect(download.suggestedFilename()).toBe(`osoba-${person}.json`);
      const told = JSON.parse(await readFile(await download.path(), 'utf8')) as { person: object; events: unknown[] };
      expect(told.person).toMatchObject({ code: person, name: `${NAME} Nowa`, pesel: PESEL });
      expect(await looksAt(desk, 'person.export', person)).toHaveLength(times);
    }
    flaws.push(...(await flawsOf(page)));

    await page.fill('#search', PESEL);
    await page.press('#search', 'Enter');
    await page.waitForURL(`**/persons/${person}`);
    expect(flaws).toEqual([]);
    expect(complaints).toEqual([]);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((address) => [NAME, ...NAME.split(' '), PESEL, '44051401358', '440514 01359', code].some((told) => address.includes(told)))).toEqual([]);
  });

  it('is reached from the lease, read by keyboard alone, and what an earlier session asks for is not shown', async () => {
    const { person, name, lease } = await somebody(desk);
    const { page, context, go, complaints } = await desk.as('dawid.referent');
    await go(`/leases/${encodeURIComponent(lease)}`);
    await page.click(`[aria-labelledby="parties"] a:has-text("${name}")`);
    await page.waitForURL(`**/persons/${person}`);
    expect(await page.locator(`[aria-labelledby="leases"] a:has-text("${lease}")`).count()).toBe(1);
    expect(await main(page)).toContain('co najmniej jedna umowa trwa');
    await tabTo(page, 'Pokaż PESEL');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Dane są pokazane w całości');
    // Where the button was, the answer is read out, and the way goes on from there.
    expect(await page.evaluate('document.activeElement.innerText')).toContain('Dane są pokazane w całości');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Ukryj');
    await page.keyboard.press('Enter');
    await page.waitForSelector('button:has-text("Pokaż PESEL")');
    const before = await looksAt(desk, 'person.pesel_read', person);
    expect(before).toContain('dawid.referent');

    await context.clearCookies();
    const other = await context.newPage();
    await other.goto('/sign-in/staff');
    await other.click('button[value="dawid.referent"]');
    await other.waitForURL((url) => url.pathname === '/');
    await page.click('button:has-text("Pokaż PESEL")');
    await page.waitForSelector('#notices >> text=poprzedniej sesji');
    expect(await looksAt(desk, 'person.pesel_read', person)).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('are shown to each role no further than it may see, and what one may not do is neither offered nor done', { timeout: 60_000 }, async () => {
    const { person } = await somebody(desk);
    const foreign = await somebody(desk, `l.dwelling_id not in (select d.id from dwellings d join building_details b on b.building_id = d.building_id where b.district = 'XIII Podgórze')
      and not exists (select 1 from lease_parties g where g.person_id = p.id and g.lease_id <> l.id)`);
    const to = `/persons/${person}`;
    const offered = async ({ page }: Visit): Promise<string[]> => page.locator('#identity-part .buttons').locator('a, button').allInnerTexts();

    const edyta = await desk.as('edyta.audytor');
    await edyta.go(to);
    expect(await offered(edyta)).toEqual(['Pokaż PESEL i pozostałe dane', 'Wydaj wszystko, co o niej zapisano']);
    for (const path of ['/persons/new', `${to}/correction`, `${to}/letter-code`]) await edyta.go(path, 403);
    await edyta.go('/search');
    await edyta.page.fill('#content input[name="q"]', 'Nie ma takiego nazwiska');
    await edyta.page.press('#content input[name="q"]', 'Enter');
    await edyta.page.waitForSelector('.empty');
    expect(await edyta.page.locator('a:has-text("Dodaj osobę")').count()).toBe(0);

    const filip = await desk.as('filip.windykacja');
    await filip.go(to);
    expect(await offered(filip)).toEqual([]);
    expect(await main(filip.page)).toContain('*******');
    const before = await looksAt(desk, 'person.pesel_read', person);
    expect(await sendByHand(filip.page, to)).toBe(403);
    expect(await filip.page.content()).not.toMatch(/\b\d{11}\b/);
    expect(await looksAt(desk, 'person.pesel_read', person)).toEqual(before);
    await filip.go(`${to}/export`, 403);

    const hanna = await desk.as('hanna.podgorze');
    for (const path of ['', '/correction', '/letter-code', '/export']) await hanna.go(`/persons/${foreign.person}${path}`, 404);
    await hanna.go('/');
    expect(await sendByHand(hanna.page, `/persons/${foreign.person}`)).toBe(404);

    const tenant = await desk.as('najemca.pokazowy');
    for (const path of [to, '/persons/new', `${to}/export`]) await tenant.go(path, 403);
    const anna = await desk.as('anna.referent');
    for (const path of ['', '/export', '/letter-code', '/correction']) await anna.go(`/persons/O-999999${path}`, 404);
  });
});
