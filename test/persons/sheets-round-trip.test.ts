/** Persons that are exported and imported into another database are the same persons there. */
import fc from 'fast-check';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportSheet, importFile } from '../../src/exchange/index.ts';
import type { Context } from '../../src/platform/context.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import { addDays, parsePlainDate } from '../../src/platform/dates/plain.ts';
import { addPerson, personInput } from '../../src/persons/commands.ts';
import { findByPesel, identityOf } from '../../src/persons/read.ts';
import type { Identity, PersonRow } from '../../src/persons/read.ts';
import { peselOf } from '../../src/persons/rules.ts';
import { holdersOf } from '../../src/persons/sheets/store.ts';
import { PERSON_COLUMNS } from '../../src/persons/store.ts';
import { SECRETS } from '../support/secrets.ts';
import type { Place } from '../exchange/support.ts';
import { place } from '../exchange/support.ts';

let here: Place;
let there: Place;
beforeAll(async () => {
  [here, there] = [await place(), await place()];
});
afterAll(async () => {
  await here.close();
  await there.close();
});

async function exported({ ctx }: Place, format: 'csv' | 'xlsx'): Promise<Buffer> {
  const sink = new PassThrough();
  const [content] = await Promise.all([buffer(sink), exportSheet(ctx, 'osoby', format, sink)]);
  return content;
}

async function persons({ ctx }: Place): Promise<Map<string, Identity & { name: string }>> {
  const found = await rows<PersonRow>(ctx.db, `select ${PERSON_COLUMNS} from persons p`);
  return new Map(found.map((person) => [person.code, { name: person.name, ...identityOf(SECRETS, person) }]));
}

const file = (source: Buffer, format: 'csv' | 'xlsx'): Parameters<typeof importFile>[1] => ({ sheet: null, source, fileName: `osoby.${format}`, reason: 'przeniesienie', dryRun: false });

let serial = 0;
const day = fc.integer({ min: 0, max: 82_000 }).map((days) => addDays(parsePlainDate('1800-01-01'), days));
const name = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
const nasty = fc.constantFrom('=1+1', '"Cudzysłów; i średnik', "'apostrof", '-3', '@ktoś', 'Łukasz\u00a0Żółć', 'a\u0301', '  z brzegiem  ', 'nazwa', '2026-01-01', '1,5');
const code = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).map((text) => `${text}${(serial += 1)}`);
const somebody = fc.record({
  name: fc.oneof(name, nasty), code,
  identity: fc.oneof(
    day.map((born) => ({ pesel: peselOf(born, (serial += 1) % 10_000) })),
    fc.record({ withoutPesel: fc.constantFrom('foreigner', 'unknown', 'organisation'), document: fc.option(fc.oneof(nasty, fc.string({ minLength: 1, maxLength: 60 })), { nil: undefined }), born: fc.option(day, { nil: undefined }) }, { requiredKeys: ['withoutPesel'] }),
  ),
}).map(({ identity, ...rest }) => ({ ...rest, ...identity })).filter((input) => personInput.safeParse(input).success);

describe('whoever can be added', () => {
  it('is the same after export and import, as a file of either form, and a second import changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(somebody, { minLength: 1, maxLength: 12 }), fc.constantFrom('csv', 'xlsx'), async (given, format) => {
        for (const input of given) await addPerson(here.ctx, input).catch((error: unknown) => { if (!/pesel_twice|code_taken/.test(String(error))) throw error; });
        const before = await persons(here);
        const already = (await persons(there)).size;
        const source = await exported(here, format);
        const report = await importFile(there.ctx, file(source, format));
        expect(report).toMatchObject({ rows: before.size, added: before.size - already, unchanged: already, rejected: 0 });
        expect(await persons(there)).toEqual(before);
        for (const [person, { pesel }] of before) if (pesel !== null) expect(await findByPesel(there.ctx.db, SECRETS, pesel)).toMatchObject({ code: person });
        expect(await importFile(there.ctx, file(source, format))).toMatchObject({ unchanged: before.size, knownAt: null });
        expect((await exported(there, 'csv')).equals(await exported(here, 'csv'))).toBe(true);
      }),
      { numRuns: 12 },
    );
  }, 110_000);
});

describe('a register of ten thousand', () => {
  it('is loaded, loaded again without a change, corrected and exported', async () => {
    const lines = (surname: string): Buffer => Buffer.from(['kod_osoby;nazwa;pesel', ...Array.from({ length: 10_000 }, (_, at) => `D-${at};Jan ${surname};${peselOf(addDays(parsePlainDate('1930-01-01'), at), at % 10_000)}`)].join('\n'));
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const began = performance.now();
      const result = await work();
      console.info(`osoby, 10 000: ${what} ${((performance.now() - began) / 1_000).toFixed(1)} s`);
      return result;
    };
    const ctx: Context = there.ctx;
    expect(await timed('added in', () => importFile(ctx, file(lines('Nowak'), 'csv')))).toMatchObject({ added: 10_000, rejected: 0 });
    expect(await timed('unchanged in', () => importFile(ctx, file(lines('Nowak'), 'csv')))).toMatchObject({ unchanged: 10_000 });
    expect(await timed('corrected in', () => importFile(ctx, file(lines('Kowal'), 'csv')))).toMatchObject({ corrected: 10_000 });
    expect((await timed('exported in', () => exported(there, 'csv'))).toString('utf8').split('\r\n').length).toBeGreaterThan(10_000);
    const { events } = await row<{ events: number }>(ctx.db, `select count(*)::int as events from audit_events where event = 'person.correct'`);
    expect(events).toBe(10_000);
    const found = await ctx.db.transaction((trx) => holdersOf(trx, SECRETS, null, [peselOf(parsePlainDate('1930-01-01'), 0)]));
    expect([...found.values()]).toMatchObject([{ code: 'D-0' }]);
  }, 110_000);
});
