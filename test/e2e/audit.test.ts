import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sealAudit } from '../../src/platform/audit/seal.ts';
import { row, rows, touched } from '../../src/platform/database/connect.ts';
import type { DeskTest } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

const main = (page: Page): Promise<string> => page.locator('main').innerText();
const send = (page: Page, words: string): Promise<void> => page.click(`#content button:has-text("${words}")`);
const lines = (page: Page): Promise<string[]> => page.locator('#content tbody tr').allInnerTexts();

/** Sealed as far as nothing older waits: other databases of the server have open transactions too. */
async function seal({ app }: DeskTest): Promise<void> {
  await expect.poll(async () => (await sealAudit(app.instance), (await rows(app.database.db, 'select 1 from audit_seals limit 1')).length), { timeout: 20_000 }).toBe(1);
}

async function eventOf({ app }: DeskTest, event: string): Promise<string> {
  return (await row<{ id: string }>(app.database.db, 'select max(id) as id from audit_events where event = ?', [event])).id;
}

inBrowser('the audit trail', (desk) => {
  it('is searched by a form whose right questions stand in the address and whose wrong ones never do', { timeout: 60_000 }, async () => {
    const { page, go, complaints } = await desk.atHome('edyta.audytor');
    const visited: string[] = [];
    page.on('framenavigated', (frame) => visited.push(frame.url()));
    await page.click('nav.rooms .always >> text=Dziennik');
    await page.waitForURL('**/audit');
    expect((await lines(page)).join('\n')).toContain('zalogowano się');
    const flaws = [...await flawsOf(page)];

    await page.click('summary:has-text("Czego szukasz")');
    await page.fill('[name="from"]', '31.02.2026');
    await page.fill('[name="actor"]', 'Jan Kowalski');
    await page.selectOption('[name="target.kind"]', 'person');
    await page.fill('[name="target.id"]', '44051401359');
    await send(page, 'Szukaj');
    await page.waitForSelector('#form-summary');
    expect(await page.locator('#f-from-error').innerText()).toContain('Podaj dzień');
    expect(await page.locator('#f-actor-error').innerText()).toContain('Podaj login');
    expect(await page.locator('#f-target-id-error').innerText()).toContain('bez numeru PESEL');
    expect(await page.locator('[name="actor"]').inputValue()).toBe('Jan Kowalski');
    expect(await page.locator('#content tbody').count()).toBe(0);
    await page.fill('[name="from"]', '02.11.2026');
    await page.fill('[name="to"]', '01.11.2026');
    await page.fill('[name="actor"]', '');
    await page.fill('[name="target.id"]', '');
    await send(page, 'Szukaj');
    expect(await page.locator('#f-target-id-error').innerText()).toContain('Podaj tę wartość');
    await page.selectOption('[name="target.kind"]', '');
    await send(page, 'Szukaj');
    expect(await page.locator('#f-to-error').innerText()).toContain('wcześniejszy niż pierwszy');

    await page.fill('[name="from"]', '01.01.2020');
    await page.fill('[name="to"]', '31.12.2099');
    await page.selectOption('[name="event"]', 'run.*');
    await page.selectOption('[name="target.kind"]', 'run');
    await page.fill('[name="target.id"]', '2');
    await page.selectOption('[name="order"]', 'oldest');
    await send(page, 'Szukaj');
    await page.waitForURL((url) => url.search !== '');
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ from: '2020-01-01', to: '2099-12-31', event: 'run.*', target: 'run:2', order: 'oldest' });
    expect(await page.locator('[name="to"]').inputValue()).toBe('31.12.2099');
    expect(await lines(page)).toEqual([expect.stringContaining('rozpoczęto przeliczenie'), expect.stringContaining('zatwierdzono przeliczenie')]);
    await page.click('#content tbody >> text=krk-2025 >> nth=0');
    await page.waitForURL('**/tariffs/krk-2025');

    await go('/audit?from=99.99.2026&target=x&event=run.approve', 422);
    expect(await page.locator('#f-from-error').innerText()).toContain('Podaj dzień');
    expect(await page.locator('#f-target-id-error').innerText()).toContain('rodzaj rzeczy');
    expect(new Set((await lines(page)).map((line) => line.split('\t')[2]))).toEqual(new Set(['zatwierdzono przeliczenie']));
    await go('/audit?target=lease%3AZBK%2F1900%2F1');
    expect(await main(page)).toContain('Nie ma takich zdarzeń.');
    await go('/audit?after=999999999', 404);
    for (const path of ['/audit/verification', '/audit/export']) {
      await go(path);
      flaws.push(...await flawsOf(page));
    }
    expect(visited.join(' ')).not.toMatch(/44051401359|Kowalski/);
    expect({ flaws, complaints }).toEqual({ flaws: [], complaints: [] });
  });

  it('turns its pages, and tells one event before and after the change, in words of both languages', { timeout: 60_000 }, async () => {
    const { code } = await row<{ code: string }>(desk.app.database.db, 'select code from dwellings order by id limit 1');
    const anna = desk.app.as('anna.referent');
    const fact = { slot: 'mould', subject: code, reason: 'Wizja lokalna.' };
    expect((await anna.post('/facts', { ...fact, value: 'independent', from: '2025-03-01' })).status).toBe(204);
    expect((await anna.post('/facts/end', { ...fact, on: '2026-06-01' })).status).toBe(204);
    const { page, go } = await desk.as('edyta.audytor');
    for (let turn = 0; turn < 55; turn += 1) await desk.app.as('edyta.audytor').post('/audit/search', { limit: 1 });
    await go('/audit?event=audit.search');
    expect((await lines(page)).length).toBe(50);
    await page.click('nav.pager >> text=Dalsze zdarzenia');
    await page.waitForURL('**after=*');
    expect((await lines(page)).length).toBeGreaterThanOrEqual(5);
    await page.click('nav.pager >> text=Od początku');
    await page.waitForURL('**/audit?event=audit.search');

    await go(`/dwellings/${encodeURIComponent(code)}`);
    await page.click('text=Kto i kiedy');
    await page.waitForURL('**/audit?target=dwelling*');
    expect((await lines(page)).map((line) => line.split('\t')[2])).toEqual(['zakończono ustalenie', 'zapisano ustalenie']);
    await page.click('#content tbody th a >> nth=0');
    await page.waitForURL('**/audit/events/*');
    const [change] = await lines(page);
    expect(change).toMatch(/całość\s+wartość: independent, od 01\.03\.2025 bezterminowo\s+wartość: independent, od 01\.03\.2025 do 31\.05\.2026/);
    expect(await main(page)).toContain('lokal ' + code);
    const flaws = await flawsOf(page);
    await page.click('text=English');
    expect(await main(page)).toContain('ended a finding');
    expect(await main(page)).toMatch(/value: independent, from 1.Mar.2025 to 31.May.2026/);
    await page.click('text=Polski');
    await go('/audit/events/999999999', 404);
    await go('/audit/events/x', 422);

    const added = await anna.post('/persons', { name: 'Zenobia Próbna', pesel: '70010112341' });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    const number = await eventOf(desk, 'person.add');
    const { person } = added.body as { person: string };
    await go(`/audit/events/${number}`);
    expect(await main(page)).toContain(person);
    const { sealed } = await row<{ sealed: string }>(desk.app.database.db, `select details #>> '{personal,sealed}' as sealed from audit_events where id = ?`, [number]);
    for (const secret of ['Zenobia', '70010112341', sealed]) expect(await page.content()).not.toContain(secret);
    await send(page, 'Pokaż dane osoby');
    await page.waitForSelector('text=Zenobia Próbna');
    expect(await main(page)).toContain('70010112341');
    expect(await row(desk.app.database.db, `select count(*)::int as looks from audit_events where event = 'audit.personal_read' and targets->>'event' = ?`, [number])).toEqual({ looks: 1 });
    await go(`/audit?target=person:${person}`);
    expect(await lines(page)).toEqual(expect.arrayContaining([expect.stringContaining(`osoba ${person}`)]));
    expect(flaws).toEqual([]);
  });

  it('is verified in the background, says what was found, and is given out as a file, without script', { timeout: 60_000 }, async () => {
    await seal(desk);
    const { page, go } = await desk.as('edyta.audytor', { script: false });
    await go('/audit');
    await page.click('text=Stan i sprawdzenie');
    expect(await main(page)).toContain('od pierwszego zdarzenia');
    await page.fill('[name="head"]', 'abc');
    await send(page, 'Sprawdź dziennik');
    expect(await page.locator('#f-head-error').innerText()).toContain('nie jest skrótem pieczęci');
    await page.fill('[name="head"]', '');
    await send(page, 'Sprawdź dziennik');
    const verified = async (words: string): Promise<void> => expect.poll(async () => (await page.reload(), main(page)), { timeout: 20_000 }).toContain(words);
    await verified('Dziennik jest nienaruszony.');
    const head = await page.locator('.secret').innerText();
    expect(head).toMatch(/^[0-9a-f]{64}$/);
    expect(await main(page)).toMatch(/Ostatnie sprawdzenie\s+.*edyta\.audytor: nienaruszony/);
    await page.fill('[name="head"]', head.toUpperCase());
    await send(page, 'Sprawdź dziennik');
    await verified('Zanotowany skrót należy do łańcucha.');
    await page.fill('[name="head"]', '0'.repeat(64));
    await send(page, 'Sprawdź dziennik');
    await verified('Zanotowanego skrótu nie ma w łańcuchu');
    expect(await main(page)).not.toContain('Dziennik jest nienaruszony.');

    await touched(desk.app.database.owner, `update audit_events set actor = 'anna.referent' where id = (select min(event_id) from audit_seals)`);
    await page.fill('[name="head"]', '');
    await send(page, 'Sprawdź dziennik');
    await verified('Dziennik naruszono.');
    expect(await main(page)).toMatch(/Zdarzenie \d+ albo jego pieczęć zmieniono/);
    const operation = await row<{ id: string }>(desk.app.database.db, `select max(id) as id from operations where kind = 'audit_verification'`);
    await go(`/operations/${operation.id}`);
    await page.click('text=Zobacz wynik sprawdzenia');

    await page.click('text=Pobranie');
    await page.fill('[name="from"]', '01.01.1999');
    await page.fill('[name="to"]', '31.12.1999');
    await send(page, 'Pobierz plik');
    expect(await page.locator('#form-summary').innerText()).toContain('nie ma zapieczętowanych zdarzeń');
    await page.fill('[name="from"]', '');
    await page.fill('[name="to"]', '');
    const [file] = await Promise.all([page.waitForEvent('download'), send(page, 'Pobierz plik')]);
    expect(file.suggestedFilename()).toMatch(/^dziennik-1-\d+\.ndjson$/);
    expect(readFileSync(await file.path(), 'utf8').split('\n')[0]).toContain('"place":"1"');
  });

  it('is closed to everybody else, and nothing of it is offered to them', { timeout: 40_000 }, async () => {
    const lease = (await row<{ number: string }>(desk.app.database.db, 'select number from leases order by id limit 1')).number;
    for (const code of ['barbara.kierownik', 'anna.referent', 'najemca.pokazowy']) {
      const { page, go } = await desk.as(code);
      expect(await page.locator('nav.rooms .always a').allInnerTexts()).not.toContain('Dziennik');
      for (const path of ['/audit', '/audit?target=run:2', '/audit/events/1', '/audit/verification', '/audit/export']) await go(path, 403);
      if (code !== 'najemca.pokazowy') {
        await go(`/leases/${encodeURIComponent(lease)}`);
        expect(await page.locator('text=Kto i kiedy').count()).toBe(0);
      }
    }
    const { page, go } = await desk.as('edyta.audytor');
    for (const path of [`/leases/${encodeURIComponent(lease)}`, '/runs/2', '/users/edyta.audytor']) {
      await go(path);
      await page.click('text=Kto i kiedy');
      await page.waitForURL('**/audit?target=*');
      expect(await page.locator('#f-target-id-error').count()).toBe(0);
    }
  });
});
