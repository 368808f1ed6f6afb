/** Which facts a read is given, and what it is told of their days: each boundary with its twin. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientQuery } from '../../../src/platform/database/query.ts';
import { openClient } from '../../../src/platform/database/connect.ts';
import { parseInstant } from '../../../src/platform/dates/instants.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { bundleReader, bundleSql, windowValues } from '../../../src/platform/facts/bundle.ts';
import type { BundledFact } from '../../../src/platform/facts/bundle.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});

afterAll(async () => {
  await database.drop();
});

const WINDOW = { window: { from: parsePlainDate('2026-01-01'), to: null }, knownAt: parseInstant('2026-06-30T00:00:00Z'), since: parseInstant('2026-03-01T00:00:00Z') };
const read = bundleReader(([told = '']) => told);

/** The one fact as a read is given it, or null. */
async function asked(valid: string, recorded: string, window: object = WINDOW): Promise<BundledFact<string> | null> {
  const client = await openClient(database.url, 'bundle test');
  try {
    const sql = `select ${bundleSql(['f.told'])} from (values ($5::text, $6::daterange, $7::tstzrange, null::timestamptz)) as f(told, valid, recorded, known_since)`;
    const [row] = await clientQuery(client)(sql, [...windowValues({ ...WINDOW, ...window }), 'own', valid, recorded]);
    return read(row?.[0])[0] ?? null;
  } finally {
    await client.end();
  }
}

const KNOWN_LONG = '[2020-01-01 00:00:00+00,)';

describe('a fact', () => {
  it.each([
    ['[2026-01-01,)', true], ['[2026-01-02,)', false], ['[2020-01-01,)', true], ['[2020-01-01,2026-12-31)', false],
  ])('that holds %s holds through the window: %s', async (valid, whole) => {
    expect((await asked(valid, KNOWN_LONG))?.range === null).toBe(whole);
  });

  it('that ended on the day before the window is not given, and one that ended on its first day is', async () => {
    expect(await asked('[2020-01-01,2026-01-01)', KNOWN_LONG)).toBeNull();
    expect(await asked('[2020-01-01,2026-01-02)', KNOWN_LONG)).toMatchObject({ value: 'own', range: { from: '2020-01-01', to: '2026-01-02' } });
  });

  it.each([
    ['[2026-03-01 00:00:00+00,)', null], ['[2026-03-01 00:00:01+00,)', '2026-03-01T00:00:01.000000Z'], ['[2026-03-01 00:00:01+00,2026-12-01 00:00:00+00)', '2026-03-01T00:00:01.000000Z'],
  ])('recorded %s became known late: %s', async (recorded, late) => {
    expect(await asked('[2020-01-01,)', recorded)).toMatchObject({ value: 'own', late });
  });

  it.each([
    ['[2026-06-30 00:00:00+00,)', true], ['[2026-06-30 00:00:01+00,)', false],
    ['[2020-01-01 00:00:00+00,2026-06-30 00:00:01+00)', true], ['[2020-01-01 00:00:00+00,2026-06-30 00:00:00+00)', false],
  ])('recorded %s is known at the instant: %s', async (recorded, known) => {
    expect((await asked('[2020-01-01,)', recorded)) !== null).toBe(known);
  });

  it('that holds on needs no days in a window that ends, and one that ends with the window neither', async () => {
    const window = { window: { from: parsePlainDate('2026-01-01'), to: parsePlainDate('2026-02-01') } };
    expect((await asked('[2020-01-01,)', KNOWN_LONG, window))?.range).toBeNull();
    expect((await asked('[2026-01-01,2026-02-01)', KNOWN_LONG, window))?.range).toBeNull();
    expect((await asked('[2026-01-01,2026-01-31)', KNOWN_LONG, window))?.range).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });
});
