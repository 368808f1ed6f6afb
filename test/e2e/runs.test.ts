import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startRun } from '../../src/rents/runs/commands.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { connect } from '../../src/platform/database/connect.ts';
import type { DeskTest, Visit } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

const NEXT = 'krk-2027-projekt';
const DISTRICT = 'I Stare Miasto';
/** Hanna's own. */
const OWN = 'XIII Podgórze';

/** A run drawn by the person, without the browser. */
async function drawn(desk: DeskTest, code: string, scope: object = { kind: 'district', district: DISTRICT }): Promise<string> {
  const started = await startRun(desk.app.instance.context(personOf(code)), { tariff: NEXT, scope } as never);
  await started.finished;
  return started.runId;
}

const main = (page: Page): Promise<string> => page.locator('main').innerText();
const at = (run: string, rest = ''): string => `/runs/${run}${rest}`;
const runOf = (page: Page): string => /\/runs\/(\d+)/.exec(page.url())?.[1] ?? '';

/** Status of the answer to a form that is sent, once its page stands there. */
async function answeredTo(page: Page, send: () => Promise<unknown>): Promise<number> {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), page.waitForEvent('load'), send()]);
  return answer.status();
}

/** Begins a run over the district by the form. */
async function begin({ page, go }: Visit): Promise<string> {
  await go('/runs');
  await page.click('text=Nowe przeliczenie');
  await page.selectOption('[name="tariff"]', NEXT);
  await page.selectOption('[name="scope.kind"]', 'district');
  await page.selectOption('[name="scope.district"]', DISTRICT);
  await page.click('button:has-text("Przelicz")');
  await page.waitForURL(/\/runs\/\d+$/);
  return runOf(page);
}

inBrowser('recalculation', (desk) => {
  it('goes from the form over progress and a single lease to another person’s approval', { timeout: 60_000 }, async () => {
    const anna = await desk.as('anna.referent');
    const { page, go, complaints } = anna;
    const run = await begin(anna);
    // Drawn or still being drawn: the page finds its end by itself.
    await page.waitForSelector('#totals');
    expect(await main(page)).toContain(`dzielnica ${DISTRICT}`);
    expect(await page.locator('a:has-text("Zatwierdź")').count()).toBe(0);
    expect(await main(page)).toContain('Zatwierdza inna osoba');
    await go(at(run, '/approval'), 403);

    await go(at(run));
    const shown = page.locator('[aria-labelledby="spread"] tbody a').first();
    const counted = Number(await shown.innerText());
    await shown.click();
    await page.waitForURL('**/leases?*percent_from*');
    expect(await page.locator('#rows tbody tr').count()).toBe(Math.min(counted, 50));

    await go(at(run));
    const [lease = ''] = await page.locator('[aria-labelledby="rises"] tbody a').allInnerTexts();
    await page.click(`[aria-labelledby="rises"] a:has-text("${lease}")`);
    await page.waitForURL('**/leases/**');
    expect(await page.locator('.sides .statement').count()).toBe(2);
    expect(await page.locator('.line.differs').count()).toBeGreaterThan(0);
    for (const line of await page.locator('.line.differs > .row').all()) expect(await line.isVisible()).toBe(true);

    await page.click('text=Pomiń tę umowę…');
    await page.fill('[name="reason"]', 'x');
    await page.click('button:has-text("Pomiń umowę")');
    await page.waitForSelector('#f-reason-error');
    expect(await page.locator('[name="reason"]').inputValue()).toBe('x');
    await page.fill('[name="reason"]', 'Sprawa w sądzie.');
    await page.click('button:has-text("Pomiń umowę")');
    await page.waitForSelector('#notices >> text=jest pominięta');
    expect(await main(page)).toContain('Sprawa w sądzie.');
    await page.click('button:has-text("Cofnij pominięcie")');
    await page.waitForSelector('#notices >> text=wraca do przeliczenia');
    await page.click('text=Pomiń tę umowę…');
    await page.fill('[name="reason"]', 'Sprawa w sądzie.');
    await page.click('button:has-text("Pomiń umowę")');
    await page.waitForSelector('#notices >> text=jest pominięta');

    const barbara = await desk.as('barbara.kierownik');
    await barbara.go(at(run));
    expect(await main(barbara.page)).toContain('Projekt czeka na Twoje rozstrzygnięcie.');
    await barbara.page.click('a:has-text("Zatwierdź…")');
    expect(await main(barbara.page)).toContain('zamraża nowe czynsze');
    await barbara.page.click('button:has-text("Zatwierdzam")');
    await barbara.page.waitForURL(/\/runs\/\d+$/);
    expect(await barbara.page.locator('#notices').innerText()).toContain('Przeliczenie zatwierdzono');
    expect(await main(barbara.page)).toContain('barbara.kierownik');
    await go(`/leases/${encodeURIComponent(lease)}`);
    expect(await main(page)).not.toContain(`zatwierdzony w przeliczeniu ${run}`);
    expect([...complaints, ...barbara.complaints]).toEqual([]);
  });

  it('shows how far it is, survives a reload, and shows the result by itself', async () => {
    const writing = await desk.app.database.db.transaction();
    // Somebody is writing facts: the run waits for them.
    await writing.raw('select pg_advisory_xact_lock_shared(7240001)');
    const anna = await desk.as('anna.referent');
    const { page, complaints } = anna;
    try {
      await begin(anna);
      await page.waitForSelector('#progress');
      await page.reload();
      expect(await main(page)).toContain('Przeliczam umowy');
      expect(await main(page)).toContain('w trakcie liczenia');
      await page.evaluate('window.stayed = true');
    } finally {
      await writing.rollback();
    }
    await page.waitForSelector('#totals');
    expect(await page.locator('#progress').count()).toBe(0);
    expect(await page.evaluate('window.stayed')).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('neither offers a supervisor the approval of his own draft nor lets him have it', async () => {
    const run = await drawn(desk, 'barbara.kierownik');
    const { page, go } = await desk.as('barbara.kierownik');
    await go(at(run));
    expect(await page.locator('a:has-text("Zatwierdź…"), a:has-text("Odrzuć…")').count()).toBe(0);
    expect(await main(page)).toContain('Masz udział w przygotowaniu');
    await go(at(run, '/approval'));
    expect(await page.locator('button:has-text("Zatwierdzam")').count()).toBe(0);
    // Sent by hand all the same: told on the page.
    const form = `const form = document.querySelector('form[action="/sign-out"]'); form.action = '${at(run, '/approval')}'; form.submit();`;
    expect(await answeredTo(page, () => page.evaluate(`(() => { ${form} })()`))).toBe(403);
    expect(await main(page)).toContain('nie może go zatwierdzić ani odrzucić');
  });

  it('tells the second of two who decide at once that it is done', async () => {
    const run = await drawn(desk, 'anna.referent');
    const [first, second] = [await desk.as('barbara.kierownik'), await desk.as('barbara.kierownik')];
    await first.go(at(run, '/rejection'));
    await second.go(at(run, '/approval'));
    await first.page.fill('[name="reason"]', 'Rada nie została poinformowana.');
    await first.page.click('button:has-text("Odrzuć przeliczenie")');
    await first.page.waitForURL(/\/runs\/\d+$/);
    expect(await main(first.page)).toContain('Rada nie została poinformowana.');
    await second.page.click('button:has-text("Zatwierdzam")');
    await second.page.waitForSelector('main .notice.bad');
    expect(await main(second.page)).toMatch(/nie można już rozstrzygnąć: odrzucone/);
    expect(await second.page.locator('button:has-text("Zatwierdzam")').count()).toBe(0);
  });

  it('names the leases whose data changed beneath it in place, and draws them anew', async () => {
    const run = await drawn(desk, 'anna.referent');
    const { items } = (await desk.app.as('anna.referent').get(`/runs/${run}/drafts?outcome=increase&basis=points&last=yes`)).body as { items: { lease: string; dwelling: string }[] };
    const fact = { slot: 'mould', subject: items[0]?.dwelling, value: 'independent', from: '2026-11-01', reason: 'Wizja lokalna.', as: 'change' };
    expect((await desk.app.as('dawid.referent').post('/facts', fact)).status).toBe(204);
    const barbara = await desk.as('barbara.kierownik');
    await barbara.go('/');
    expect(await barbara.page.locator(`[aria-labelledby="tasks"] tr:has(a[href="/runs/${run}"])`).innerText()).toContain('Czeka na Ciebie');
    await barbara.go(at(run));
    expect(await barbara.page.locator('[aria-labelledby="state"]').innerText()).toMatch(/zapisano coś o\s1\sumowie/);
    await barbara.go(at(run, '/approval'));
    expect(await main(barbara.page)).toContain('Po narysowaniu projektu zapisano coś');
    await barbara.page.click('button:has-text("Zatwierdzam")');
    await barbara.page.waitForSelector('#form-summary');
    expect(await main(barbara.page)).toContain(items[0]?.lease);
    expect(await main(barbara.page)).toContain('Co można zrobić');
    const anna = await desk.as('anna.referent');
    await anna.go(at(run));
    await anna.page.click('button:has-text("Przelicz zmienione umowy")');
    await anna.page.waitForSelector('#notices >> text=Przeliczono od nowa');
    await barbara.go(at(run, '/approval'));
    await barbara.page.click('button:has-text("Zatwierdzam")');
    await barbara.page.waitForSelector('#notices >> text=Przeliczenie zatwierdzono');
  });

  it('shows whoever is limited to a district that district alone', async () => {
    // The small city has no building there: one of another district is moved.
    const owner = connect(desk.app.database.ownerUrl, { max: 1 });
    await owner.raw('update building_details set district = ? where district = ?', [OWN, 'V Krowodrza']);
    await owner.destroy();
    const run = await drawn(desk, 'anna.referent', { kind: 'all' });
    const hanna = await desk.as('hanna.podgorze');
    await hanna.go('/runs/new');
    expect(await hanna.page.locator('[name="scope.kind"] option').first().textContent()).toContain(OWN);
    expect(await hanna.page.locator('[name="scope.district"] option').allTextContents()).toEqual(['wybierz', OWN]);
    await hanna.go(at(run, '/leases?per_page=200'));
    const districts = await hanna.page.locator('#rows tbody tr td:nth-of-type(2)').allInnerTexts();
    expect(new Set(districts)).toEqual(new Set([OWN]));
    const { items } = (await desk.app.as('anna.referent').get(`/runs/${run}/drafts?per_page=200`)).body as { items: { lease: string; district: string }[] };
    const foreign = items.find(({ district }) => district !== OWN)?.lease ?? '';
    await hanna.go(at(run, `/leases/${encodeURIComponent(foreign)}`), 404);
    await hanna.go('/runs/99999', 404);
  });

  it('says at the field what is wrong, and keeps everything typed', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/runs/new');
    const send = async (): Promise<void> => {
      expect(await answeredTo(page, () => page.click('button:has-text("Przelicz")'))).toBeGreaterThanOrEqual(400);
    };
    expect(await page.locator('[name="scope.building"]').isVisible()).toBe(false);
    await page.selectOption('[name="scope.kind"]', 'building');
    await page.fill('[name="scope.building"]', 'NIE-MA');
    await send();
    expect(await page.locator('#f-scope-building-error').innerText()).toContain('NIE-MA');
    expect(await page.locator('[name="scope.building"]').inputValue()).toBe('NIE-MA');
    await page.fill('[name="delivered"]', '10.12.2206');
    await send();
    expect(await page.locator('#f-delivered-error').innerText()).toContain('zbyt odległy');
    await page.fill('[name="delivered"]', 'jutro');
    await page.selectOption('[name="scope.kind"]', 'leases');
    await page.fill('[name="scope.leases"]', 'NIE/MA/1, NIE/MA/2');
    await send();
    expect(await page.locator('#f-delivered-error').innerText()).toContain('Podaj dzień');
    await page.fill('[name="delivered"]', '10.12.2026');
    await send();
    expect(await page.locator('#f-scope-leases-error').innerText()).toContain('NIE/MA/1, NIE/MA/2');
    // A sentence is said once.
    expect((await page.locator('#form-summary').innerText()).match(/NIE\/MA\/1/g)).toHaveLength(1);
    await page.selectOption('[name="scope.kind"]', 'district');
    await send();
    expect(await page.locator('#f-scope-district-error').innerText()).toBe('Podaj tę wartość.');
  });

  it('tells why a run came to nothing, and survives a look at it again', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/runs/new');
    await page.fill('[name="businessDate"]', '01.01.1900');
    await page.fill('[name="delivered"]', '01.01.1900');
    await page.click('button:has-text("Przelicz")');
    await page.waitForURL(/\/runs\/\d+$/);
    await page.waitForSelector('text=Przeliczenie nie powstało');
    await page.reload();
    expect(await main(page)).toContain('notice.months');
  });

  it('does all of it without script', { timeout: 60_000 }, async () => {
    const anna = await desk.as('anna.referent', { script: false });
    const run = await begin(anna);
    await expect.poll(async () => {
      await anna.go(at(run));
      return anna.page.locator('#totals').count();
    }, { timeout: 15_000 }).toBe(1);
    await anna.go(at(run, '/leases?outcome=exception'));
    expect(await anna.page.locator('#rows tbody tr').count()).toBeGreaterThan(0);
    await anna.go(at(run, '/comparison'));
    await anna.page.selectOption('[name="with"]', '1');
    await anna.page.click('button:has-text("Porównaj")');
    expect(await main(anna.page)).toContain('Suma czynszów: 1');
    const barbara = await desk.as('barbara.kierownik', { script: false });
    await barbara.go(at(run, '/rejection'));
    await barbara.page.fill('[name="reason"]', 'Tylko próba.');
    await barbara.page.click('button:has-text("Odrzuć przeliczenie")');
    expect(await main(barbara.page)).toContain('Tylko próba.');
  });

  it('is begun and looked through by keyboard alone', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/runs/new');
    await page.focus('[name="scope.kind"]');
    await page.keyboard.type('jedna');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.name')).toBe('scope.district');
    await page.keyboard.type('I Stare');
    await page.keyboard.press('Enter');
    await page.focus('[name="delivered"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/\d+$/);
    await page.waitForSelector('#totals');
    expect(await main(page)).toContain(`dzielnica ${DISTRICT}`);
  });

  it('gives the list as a file, with the filters that are set', async () => {
    const { page, go } = await desk.as('anna.referent');
    await go('/runs/2/leases?outcome=increase&sort=-difference');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('.exports >> text=CSV')]);
    const stream = await file.createReadStream();
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    const total = Number(/z (\d+)/.exec(await page.locator('.count').innerText())?.[1]);
    expect(text.trim().split(/\r?\n/).length).toBe(total + 1);
    expect(file.suggestedFilename()).toMatch(/^propozycje-.*\.csv$/);
  });

  it('compared with another has no flaw that axe knows, light or dark', async () => {
    const { page, go } = await desk.as('barbara.kierownik');
    await go('/runs/2/comparison?with=1');
    expect(await flawsOf(page)).toEqual([]);
  });
});
