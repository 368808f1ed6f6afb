import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { recordFact } from '../../src/stock/commands.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { rows } from '../../src/platform/database/connect.ts';
import type { DeskTest, Visit } from './support.ts';
import { flawsOf, inBrowser } from './support.ts';

/** A dwelling that is let by points and valued, of which mould was never recorded; each is used once. */
let used = 0;
async function aDwelling(desk: DeskTest, where = 'true'): Promise<string> {
  const found = await rows<{ code: string }>(desk.app.database.db, `select d.code from dwellings d join leases l on l.dwelling_id = d.id
    join lease_bases s on s.lease_id = l.id and upper_inf(s.recorded) and s.valid @> '2026-12-01'::date and s.basis = 'points'
    join lease_terms t on t.lease_id = l.id and upper_inf(t.recorded) and t.valid @> '2026-12-01'::date and t.covers = 'whole'
    join building_details b on b.building_id = d.building_id and upper_inf(b.recorded) and upper_inf(b.valid)
    join dwelling_details e on e.dwelling_id = d.id and upper_inf(e.recorded) and upper_inf(e.valid) and e.staircase_id is not null
    where not exists (select 1 from dwelling_options o where o.dwelling_id = d.id and o.slot = 'mould')
      and exists (select 1 from dwelling_options o where o.dwelling_id = d.id and o.slot = 'cellar' and upper_inf(o.recorded) and upper_inf(o.valid)) and ${where} order by d.id`);
  const { code } = found[used++] ?? {};
  if (code === undefined) throw new Error('no dwelling left');
  return code;
}

const at = (dwelling: string, rest = ''): string => `/dwellings/${encodeURIComponent(dwelling)}${rest}`;
const points = async (page: Page): Promise<string> => page.locator('.figures strong').first().innerText();
const facts = async (desk: DeskTest): Promise<string> => JSON.stringify(await rows(desk.app.database.db, 'select (select count(*) from changes) as c, (select count(*) from audit_events) as e, (select count(*) from dwelling_options) as o'));

/** Fills the second step in, the value aside. */
async function fill({ page }: Visit, { from = '01.12.2026', reason = 'Wizja lokalna 12/2026.' } = {}): Promise<void> {
  await page.fill('input[name="from"]', from);
  await page.fill('textarea[name="reason"]', reason);
}

inBrowser('the page of a dwelling', (desk) => {
  it('shows where it lies, who rents it, its points and rooms with their places in the act, and every finding with its history', async () => {
    const dwelling = await aDwelling(desk);
    const { page, go, complaints } = await desk.as('anna.referent');
    await go('/dwellings?code=' + dwelling);
    await page.click(`#rows a:has-text("${dwelling}")`);
    await page.waitForURL('**' + at(dwelling));
    const facts = await page.locator('main > .facts').innerText();
    for (const word of ['Adres', 'Budynek', 'Klatka', 'Dzielnica', 'Dysponent', 'Lokal wspólny', 'Umowy dziś']) expect(facts).toContain(word);
    expect(await points(page)).toMatch(/^-?\d+ pkt$/);
    const lines = page.locator('ol[aria-label="Punkty pozycja po pozycji"] > li');
    const sum = (await lines.locator('> .row .sum strong').allInnerTexts()).reduce((total, text) => total + Number(/-?\d+/.exec(text)?.[0] ?? NaN), 0);
    expect(`${sum} pkt`).toBe(await points(page));
    expect(await lines.first().locator('[role="tooltip"]').textContent()).toContain('załącznik');
    expect(await page.locator('ol[aria-label="Powierzchnia pomieszczenie po pomieszczeniu"] > li').count()).toBeGreaterThan(1);
    const cellar = page.locator('#finding-cellar');
    expect(await cellar.locator('.timeline').isVisible()).toBe(false);
    await cellar.locator('summary').click();
    expect(await cellar.locator('.timeline .when').first().innerText()).toMatch(/^od \d\d\.\d\d\.\d{4}/);
    expect(await cellar.locator('.timeline').innerText()).toContain('zapisał(a)');
    await page.click('.facts a[href^="/leases/"]');
    await page.click(`main a:has-text("${dwelling}")`);
    await page.waitForURL('**' + at(dwelling));
    expect(complaints).toEqual([]);
  });

  it('is asked for another day and another knowledge by its address; a day before the law and a day that is none are told', async () => {
    const dwelling = await aDwelling(desk);
    const { page, go } = await desk.as('anna.referent');
    await go(at(dwelling));
    await page.fill('input[name="day"]', '01.06.2026');
    await page.fill('input[name="known_on"]', '01.01.2010');
    await page.click('button:has-text("Pokaż")');
    await page.waitForURL('**day=01.06.2026&known_on=01.01.2010');
    // In 2010 nobody had recorded anything yet.
    expect(await page.locator('.notice.bad').innerText()).toContain('Do wyceny brakuje');
    expect(await page.locator('#finding-cellar .value').innerText()).toBe('na ten dzień nie ustalono');
    await go(at(dwelling, '?day=1950-01-01'));
    expect(await page.locator('main').innerText()).toContain('Nie można wycenić lokalu na ten dzień');
    await go(at(dwelling, '?day=31.02.2026'), 422);
    expect(await page.locator('#f-day-error').innerText()).toContain('Podaj dzień');
    await go('/dwellings/NIE-MA', 404);
  });

  it('lets a finding be recorded: what was found, the effect before anything is saved, and then just that effect', async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('anna.referent');
    const { page, go, complaints } = visit;
    await go(at(dwelling));
    const before = await points(page);
    await page.click('text=Zapisz ustalenie');
    await page.selectOption('select[name="slot"]', 'mould');
    await page.click('text=Dalej');
    await page.waitForURL('**/findings/new?slot=mould');
    expect(await page.locator('input[name="as"]:checked').getAttribute('value')).toBe('new');
    await page.selectOption('select[name="value"]', 'independent');
    await fill(visit);
    const untouched = await facts(desk);
    await page.click('text=Pokaż skutek');
    expect(await facts(desk)).toBe(untouched);
    const effect = page.locator('section[aria-labelledby="effect"]');
    expect(await effect.innerText()).toContain('Niczego jeszcze nie zapisano');
    expect(await effect.innerText()).toContain(`teraz ${before}`);
    const after = await points(page);
    expect(after).not.toBe(before);
    expect(await effect.locator('table').first().innerText()).toContain('zagrzybienie');
    const [rent = ''] = await effect.locator('table').last().locator('tbody td:nth-of-type(2)').allInnerTexts();
    expect(rent).toMatch(/zł$/);
    await effect.locator('summary').first().click();
    expect(await effect.locator('.line.differs').count()).toBeGreaterThan(0);
    const lease = await effect.locator('table').last().locator('tbody th a').getAttribute('href');
    expect(await page.locator('select[name="value"]').inputValue()).toBe('independent');
    await page.click('text=Zapisz >> nth=0');
    await page.waitForURL('**' + at(dwelling));
    expect(await page.locator('#notices').innerText()).toBe(`Zapisano: zagrzybienie (lokal ${dwelling}): z przyczyn niezależnych od najemcy, od 01.12.2026.`);
    await go(at(dwelling, '?day=01.12.2026'));
    expect(await points(page)).toBe(after);
    expect(await page.locator('#finding-mould .value').innerText()).toContain('z przyczyn niezależnych od najemcy');
    await go(`${lease ?? ''}?day=2026-12-01`);
    expect(await page.locator('.figures').innerText()).toContain(rent);
    expect(complaints).toEqual([]);
  });

  it('lets a recorded finding be changed, corrected and ended; everything stays in the history', async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('anna.referent', { script: false });
    const { page, go } = visit;
    await go(at(dwelling));
    await page.click('#finding-cellar a:has-text("Zmień")');
    expect(await page.locator('input[name="as"]:checked').getAttribute('value')).toBe('change');
    const options = await Promise.all((await page.locator('select[name="value"] option').all()).map((one) => one.getAttribute('value')));
    const other = options.find((value) => value !== '') ?? '';
    await page.selectOption('select[name="value"]', other);
    await fill(visit);
    await page.fill('input[name="to"]', '31.12.2026');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('section[aria-labelledby="effect"]').innerText()).toContain('Na dzień 01.12.2026');
    await page.click('button.main:has-text("Zapisz")');
    expect(await page.locator('#notices').innerText()).toMatch(/od 01\.12\.2026 do 31\.12\.2026\.$/);
    await page.click('#finding-cellar summary');
    await page.locator('#finding-cellar .timeline a').last().click();
    expect(await page.locator('input[name="as"]:checked').getAttribute('value')).toBe('correction');
    expect(await page.locator('select[name="value"]').inputValue()).not.toBe('');
    await go(at(dwelling, '/findings/end?slot=cellar'));
    await page.fill('input[name="on"]', '01.02.1999');
    await page.fill('textarea[name="reason"]', 'Rozebrano.');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('#f-on-error').innerText()).toContain('nie ma takiego ustalenia');
    await page.fill('input[name="on"]', '01.12.2026');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('section[aria-labelledby="effect"]').innerText()).toContain('nie do wyliczenia');
    await page.click('button.main:has-text("Zakończ")');
    expect(await page.locator('#notices').innerText()).toBe(`Zakończono: piwnica lub komórka (lokal ${dwelling}). Od 01.12.2026 nic nie jest ustalone.`);
    await page.click('#finding-cellar summary');
    expect(await page.locator('#finding-cellar .timeline').innerText()).toMatch(/skrócono|zakończono/);
    expect(await page.locator('#finding-cellar .timeline').innerText()).toContain('Rozebrano.');
  });

  it('says of a staircase how many dwellings the finding touches', async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('anna.referent');
    const { page, go } = visit;
    await go(at(dwelling, '/findings/new?slot=winding_stairs'));
    await page.selectOption('select[name="value"]', 'yes');
    await fill(visit);
    await page.click('text=Pokaż skutek');
    const [told] = await rows<{ n: number }>(desk.app.database.db, `select count(*)::int as n from dwelling_details e where upper_inf(e.recorded) and e.valid @> '2026-12-01'::date
      and e.staircase_id = (select x.staircase_id from dwelling_details x join dwellings d on d.id = x.dwelling_id where d.code = ? and upper_inf(x.recorded) and x.valid @> '2026-12-01'::date)`, [dwelling]);
    expect(await page.locator('section[aria-labelledby="effect"] .notice').first().innerText()).toMatch(new RegExp(`całej klatki: ${told?.n ?? ''}\\s`));
  });

  it('says at the field what is wrong with a finding and keeps everything that was typed', async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('anna.referent');
    const { page, go } = visit;
    await go(at(dwelling, '/findings/new?slot=height'));
    await page.fill('input[name="value"]', '99999,5');
    await page.fill('input[name="from"]', '31.02.2026');
    await page.click('text=Zapisz >> nth=0');
    expect(await page.locator('#f-from-error').innerText()).toContain('Podaj dzień');
    expect(await page.locator('#f-reason-error').innerText()).toBe('Podaj tę wartość.');
    await fill(visit, { from: '01.12.2026' });
    for (const button of ['text=Pokaż skutek', 'button.main:has-text("Zapisz")']) {
      await page.click(button);
      expect(await page.locator('#f-value-error').innerText()).toContain('niewiarygodna: dopuszczalne od 100 do 800');
      expect(await page.locator('input[name="value"]').inputValue()).toBe('99999,5');
      expect(await page.locator('textarea[name="reason"]').inputValue()).toBe('Wizja lokalna 12/2026.');
    }
    await page.fill('input[name="value"]', 'wysoko');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('#f-value-error').innerText()).toContain('nie jest liczbą');
    await page.fill('input[name="value"]', '250');
    await page.fill('input[name="to"]', '01.11.2026');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('#f-to-error').innerText()).toBe('Koniec musi być późniejszy niż początek. Popraw jeden z tych dni.');
    await page.fill('input[name="to"]', '');
    await page.check('input[value="new"]');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('fieldset.wrong .error').innerText()).toContain('Na te dni zapisano już');
    await page.check('input[value="correction"]');
    await page.click('text=Pokaż skutek');
    expect(await page.locator('#f-from-error').innerText()).toContain('nie ma czego korygować');
    await go(at(dwelling, '/findings/new?slot=nie-ma'));
    expect(await page.locator('select[name="slot"]').isVisible()).toBe(true);
    await go(at(dwelling, '/findings/end?slot=mould'));
    expect(await page.locator('main').innerText()).toContain('Nie ma ustalenia, które można by zakończyć');
  });

  it('tells whoever was overtaken who recorded meanwhile, and lets them go on knowing it', async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('dawid.referent');
    const { page, go } = visit;
    await go(at(dwelling, '/findings/new?slot=mould'));
    await page.selectOption('select[name="value"]', 'tenant');
    await page.check('input[value="change"]');
    await fill(visit, { reason: 'Zgłoszenie najemcy.' });
    const anna = desk.app.instance.context(personOf('anna.referent'));
    await recordFact(anna, { slot: 'mould', subject: dwelling, value: 'independent', from: parsePlainDate('2026-11-01'), reason: 'Ekspertyza.' });
    await page.click('button.main:has-text("Zapisz")');
    expect(await page.locator('#form-summary').innerText()).toContain('zapisał(a) w międzyczasie anna.referent');
    expect(await page.locator('.timeline').innerText()).toContain('Ekspertyza.');
    expect(await page.locator('textarea[name="reason"]').inputValue()).toBe('Zgłoszenie najemcy.');
    await page.click('button.main:has-text("Zapisz")');
    await page.waitForURL('**' + at(dwelling));
    const now = await rows<{ option: string; from: string }>(desk.app.database.db,
      `select o.option, lower(o.valid)::text as from from dwelling_options o join dwellings d on d.id = o.dwelling_id where d.code = ? and o.slot = 'mould' and upper_inf(o.recorded) order by 2`, [dwelling]);
    expect(now).toEqual([{ option: 'independent', from: '2026-11-01' }, { option: 'tenant', from: '2026-12-01' }]);
  });

  it('records by keyboard alone', async () => {
    const dwelling = await aDwelling(desk);
    const { page, go } = await desk.as('anna.referent');
    await go(at(dwelling, '/findings/new?slot=mould'));
    const reach = async (selector: string): Promise<void> => {
      for (let steps = 0; steps < 40; steps += 1) {
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${selector} is not reached by Tab`);
    };
    await reach('select[name="value"]');
    await page.keyboard.type('z przyczyn niez');
    await reach('input[name="from"]');
    await page.keyboard.type('01.12.2026');
    await reach('textarea[name="reason"]');
    await page.keyboard.type('Wizja lokalna.');
    await reach('button[name="_preview"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#effect');
    await reach('button.main[type="submit"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**' + at(dwelling));
    expect(await page.locator('#notices').innerText()).toContain('z przyczyn niezależnych od najemcy');
  });

  it('offers no change to who may not make any, and nothing to who lives elsewhere', async () => {
    const dwelling = await aDwelling(desk, `b.district <> 'XIII Podgórze'`);
    for (const code of ['cezary.prawo', 'edyta.audytor', 'filip.windykacja']) {
      const { page, go } = await desk.as(code);
      await go(at(dwelling));
      expect(await page.locator('a[href*="/findings/"]').count()).toBe(0);
      await go(at(dwelling, '/findings/new?slot=mould'), 403);
      await go(at(dwelling, '/findings/end?slot=cellar'), 403);
    }
    const hanna = await desk.as('hanna.podgorze');
    for (const rest of ['', '/findings/new', '/findings/new?slot=mould', '/findings/end?slot=cellar']) await hanna.go(at(dwelling, rest), 404);
    const tenant = await desk.as('najemca.pokazowy');
    await tenant.go(at(dwelling), 403);
  });

  it('records nothing about another building by the form of this dwelling', async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('anna.referent');
    const { page, go } = visit;
    await go(at(dwelling, '/findings/new?slot=mould'));
    await page.selectOption('select[name="value"]', 'tenant');
    await fill(visit);
    await page.evaluate(`document.querySelector('input[name="subject"]').value = 'B00001-001x'`);
    const untouched = await facts(desk);
    await page.click('button.main:has-text("Zapisz")');
    expect(await page.locator('#form-summary').innerText()).toContain('Nie ma lokalu o kodzie');
    expect(await facts(desk)).toBe(untouched);
  });

  it('has no flaw that axe knows in any state of its pages, light or dark', { timeout: 240_000 }, async () => {
    const dwelling = await aDwelling(desk);
    const visit = await desk.as('anna.referent');
    const { page, go } = visit;
    const flaws: Record<string, string[]> = {};
    const check = async (name: string): Promise<void> => {
      flaws[name] = await flawsOf(page);
    };
    await go(at(dwelling, '?known_on=2010-01-01'));
    await check('missing');
    await go(at(dwelling, '/findings/new?slot=mould'));
    await page.click('button.main:has-text("Zapisz")');
    await check('wrong');
    await page.selectOption('select[name="value"]', 'independent');
    await fill(visit);
    await page.click('text=Pokaż skutek');
    await page.locator('section[aria-labelledby="effect"] summary').first().click();
    await check('effect');
    expect(Object.fromEntries(Object.entries(flaws).filter(([, found]) => found.length > 0))).toEqual({});
  });
});
