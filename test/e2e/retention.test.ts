/** The lists of retention in the browser: made by one, decided by another, and what is erased is gone. */
import { expect, it } from 'vitest';
import { makeRetentionList } from '../../src/leases/retention.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { plusMicroseconds } from '../../src/platform/dates/instants.ts';
import { main, sendByHand } from './by-hand.ts';
import type { Visit } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

const EIGHT_YEARS = 8 * 365 * 24 * 3_600_000_000;

inBrowser('persons on lists', (desk) => {
  it('whose files were kept long enough are listed, looked through and erased by two people, without script', { timeout: 60_000 }, async () => {
    const anna = await desk.atHome('anna.referent', { script: false });
    await anna.page.click('nav.rooms .always >> text=Usuwanie danych');
    expect(await main(anna.page)).toContain('Nie ma jeszcze żadnej listy.');
    await anna.page.click('a:has-text("Sporządź listę")');
    const persons = await anna.page.locator('.figures strong').first().innerText();
    await anna.page.click('button:has-text("Sporządź listę")');
    await anna.page.waitForURL(/\/retention-lists\/\d+$/);
    const list = new URL(anna.page.url()).pathname;
    expect(await main(anna.page)).toContain('Lista czeka na kierownika');
    expect(await anna.page.locator('a:has-text("Zatwierdź"), a:has-text("Odrzuć")').count()).toBe(0);
    await anna.go(`${list}/approval`, 403);
    await anna.go('/retention-lists/new');
    expect(await main(anna.page)).toContain('Czeka już lista');

    const barbara = await desk.as('barbara.kierownik', { script: false });
    const { page, go } = barbara;
    await go(list);
    expect(await main(page)).toContain('Lista czeka na Twoje rozstrzygnięcie');
    await page.click('a:has-text("Pokaż osoby")');
    expect(await page.locator('tbody tr').count()).toBe(Number(persons));
    const [person, name] = [await page.locator('tbody th').first().innerText(), await page.locator('tbody td').first().innerText()];
    expect(await rows(desk.app.database.owner, `select actor from audit_events where event = 'retention.read' order by id`)).toEqual([{ actor: 'barbara.kierownik' }]);
    await page.click(`a:has-text("${person}")`);
    expect(await main(page)).toContain('Ten termin już minął');
    expect(await main(page)).toContain('Czeka na rozstrzygnięcie: Lista');
    // Without script the button answers with the whole page, at the same address.
    await page.click('button:has-text("Pokaż PESEL")');
    expect(new URL(page.url()).pathname).toBe(`/persons/${person}`);
    const pesel = /\b\d{11}\b/.exec(await main(page))?.[0];
    expect(pesel).toMatch(/^\d{11}$/);

    await go(`${list}/approval`);
    expect(await main(page)).toContain('Tego nie można cofnąć.');
    expect(await main(page)).toMatch(/co najmniej 2\slata/);
    for (const typed of ['', 'dużo', String(Number(persons) + 1)]) {
      await page.fill('[name="persons"]', typed);
      await page.click('button:has-text("Usuń dane bezpowrotnie")');
      expect(await page.locator('#f-persons-error').count()).toBe(1);
    }
    expect(await page.locator('#f-persons-error').innerText()).toContain(`to ${persons}.`);
    await page.fill('[name="persons"]', persons);
    await page.click('button:has-text("Usuń dane bezpowrotnie")');
    expect(await page.locator('#notices').innerText()).toContain('Zatwierdzono listę. Usunięto dane');
    await page.click('a:has-text("Pokaż osoby")');
    expect(await page.content()).not.toContain(name);
    await page.click(`a:has-text("${person}")`);
    expect(await main(page)).toContain('Dane tej osoby usunięto');
    expect(await page.locator('button:has-text("Pokaż PESEL"), a:has-text("Popraw dane"), a:has-text("Kod do listu")').count()).toBe(0);
    await anna.go(`/persons/${person}/correction`);
    expect(await anna.page.locator('[name="reason"]').count()).toBe(0);
    await anna.go(`/persons/${person}/letter-code`);
    expect(await anna.page.locator('button:has-text("Utwórz kod")').count()).toBe(0);
    await go(`${list}/rejection`);
    expect(await main(page)).toContain('Tę listę już rozstrzygnięto.');
    await anna.go('/retention-lists/new');
    expect(await main(anna.page)).toContain('Dziś nie ma nikogo');
  });

  it('stay where a list is rejected, whose maker reads why; nobody decides a list of their own', { timeout: 60_000 }, async () => {
    // Years later more files were kept long enough.
    const { clock, instance, database } = desk.app;
    const now = clock.now();
    const later = { ...clock, now: () => plusMicroseconds(now, EIGHT_YEARS), today: () => '2034-11-20' } as typeof clock;
    const made = async (code: string): Promise<string> => `/retention-lists/${(await makeRetentionList(instance.context(personOf(code), null, later), { class: 'lease_file' })).list}`;
    const [own, annas] = [await made('barbara.kierownik'), await made('anna.referent')];
    const { page, go, complaints } = await desk.as('barbara.kierownik');
    const flaws: Record<string, string[]> = {};
    await go(own);
    expect(await main(page)).toContain('Sporządzasz tę listę');
    expect(await page.locator('a:has-text("Zatwierdź i usuń"), a:has-text("Odrzuć…")').count()).toBe(0);
    await go(`${own}/approval`);
    expect(await page.locator('button:has-text("Usuń dane")').count()).toBe(0);
    await go('/retention-lists');
    flaws['lists'] = await flawsOf(page);
    await go(`${annas}/persons`);
    flaws['persons'] = await flawsOf(page);
    await go(`${annas}/approval`);
    flaws['approval'] = await flawsOf(page);
    await go(annas);
    flaws['list'] = await flawsOf(page);
    await page.click('a:has-text("Odrzuć…")');
    await page.fill('[name="reason"]', 'x');
    await page.click('button:has-text("Odrzuć listę")');
    await page.waitForSelector('#f-reason-error');
    flaws['rejection'] = await flawsOf(page);
    await page.fill('[name="reason"]', 'Toczy się spór o lokal.');
    await page.click('button:has-text("Odrzuć listę")');
    await page.waitForSelector('#notices >> text=Niczego nie usunięto');
    expect(flaws).toEqual({ lists: [], persons: [], approval: [], list: [], rejection: [] });

    const anna = await desk.as('anna.referent');
    await anna.go(annas);
    expect(await main(anna.page)).toContain('Toczy się spór o lokal.');
    // Sent by hand all the same: told on the page, and nobody is erased.
    const erased = (): Promise<unknown> => row(database.owner, 'select count(*)::int as erased from persons where erased_at is not null');
    const before = await erased();
    await go('/');
    expect(await sendByHand(page, `${own}/rejection`)).toBe(422);
    expect(await main(page)).toContain('Sporządzasz tę listę');
    const { persons } = await row<{ persons: string }>(database.owner, 'select count(*) as persons from retention_entries where list_id = ?', [own.replace(/\D+/, '')]);
    expect(await sendByHand(page, `${own}/approval`, { persons })).toBe(403);
    expect(await main(page)).toContain('nie może go zatwierdzić ani odrzucić');
    expect(await erased()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('are shown to those who make, decide or audit lists, and see the whole city', async () => {
    const roomOf = ({ page }: Visit): Promise<number> => page.locator('nav.rooms .always >> text=Usuwanie danych').count();
    const edyta = await desk.atHome('edyta.audytor');
    expect(await roomOf(edyta)).toBe(1);
    await edyta.go('/retention-lists');
    expect(await edyta.page.locator('a:has-text("Sporządź")').count()).toBe(0);
    for (const path of ['/retention-lists/new', '/retention-lists/1/approval', '/retention-lists/1/rejection']) await edyta.go(path, 403);
    for (const code of ['filip.windykacja', 'cezary.prawo', 'hanna.podgorze', 'najemca.pokazowy']) {
      const other = await desk.as(code);
      expect([code, await roomOf(other)]).toEqual([code, 0]);
      for (const path of ['/retention-lists', '/retention-lists/new', '/retention-lists/1/persons']) await other.go(path, 403);
      if (code === 'hanna.podgorze') expect(await main(other.page)).toContain('obejmują całe miasto');
    }
    const barbara = await desk.atHome('barbara.kierownik');
    for (const path of ['/retention-lists/999999', '/retention-lists/nic/persons', '/retention-lists/999999/approval']) await barbara.go(path, 404);
    await barbara.go('/retention-lists?page=0', 422);
  });
});
