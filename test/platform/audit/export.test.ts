/** The exported trail is verified from the file alone, by the recipe of docs/audit-export.md. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { audit } from '../../../src/platform/audit/events.ts';
import { exportTrail } from '../../../src/platform/audit/export.ts';
import { verifyAudit } from '../../../src/platform/audit/verify.ts';
import type { Context } from '../../../src/platform/context.ts';
import { rows } from '../../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { people } from '../../support/instance.ts';
import { manyEvents, sealedAll } from './many.ts';

const AWKWARD = 'zażółć "gęślą";\njaźń\t\\ \u0007 😀 \u2028';

// An event waits for the open transactions of all databases of the server, and other tests have long ones.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: TestDatabase;
let anna: Context;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kamienica-audit-'));
  database = await cloneDatabase();
  ({ anna } = people(database, parsePlainDate('2026-11-21')));
  await manyEvents(database.owner, 2_500, '2026-01-01T00:00:00Z', 3_600);
  await anna.db.transaction((trx) => audit(trx, anna, { event: 'test.done', targets: { thing: AWKWARD }, details: { words: AWKWARD } }));
  await sealedAll(anna);
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

async function written(input: Parameters<typeof exportTrail>[1]): Promise<{ text: string; links: number; head: string }> {
  const pieces: Buffer[] = [];
  const exported = await exportTrail(anna, input);
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      pieces.push(chunk);
      done();
    },
  });
  await exported.write(sink);
  return { text: Buffer.concat(pieces).toString('utf8'), links: exported.links, head: exported.head };
}

interface Line {
  readonly place: string;
  readonly previous: string;
  readonly text: string;
  readonly hash: string;
}

/** The last hash of a chain that holds. @throws Error naming the place where it does not */
function verified(lines: readonly Line[]): string {
  let last: string | null = null;
  for (const { place, previous, text, hash } of lines) {
    if (last !== null && previous !== last) throw new Error(`place ${place} is not bound to the one before`);
    const computed: string = createHash('sha256').update(Buffer.from(previous, 'hex')).update(text, 'utf8').digest('hex');
    if (computed !== hash) throw new Error(`place ${place} is altered`);
    last = hash;
  }
  return last ?? '';
}

const linesOf = (text: string): Line[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Line);

describe('an exported trail', () => {
  it('as NDJSON is a chain that can be computed again from the file alone', async () => {
    const { text, links, head } = await written({});
    const lines = linesOf(text);
    expect(lines).toHaveLength(links);
    expect(links).toBeGreaterThan(2_500);
    expect(lines[0]?.previous).toBe('0'.repeat(64));
    expect(verified(lines)).toBe(head);
    expect((await verifyAudit(anna.db, head)).headKnown).toBe(true);
    const said = lines.map((line) => JSON.parse(line.text) as string[]).find((parts) => parts[4] === 'test.done');
    expect(JSON.parse(said?.[6] ?? '')).toEqual({ thing: AWKWARD });
  });

  it('as CSV holds the same chain, and the events to read', async () => {
    const { text, head } = await written({ format: 'csv' });
    const lines = parse(text, { bom: true, delimiter: ';', columns: true }) as unknown as (Line & { actor: string; event: string })[];
    expect(verified(lines)).toBe(head);
    expect(lines.find(({ event }) => event === 'test.done')?.actor).toBe('anna.referent');
  });

  it('of a period is a whole stretch of the chain, bound to what was before', async () => {
    const { text } = await written({ from: '2026-02-01', to: '2026-02-03' });
    const lines = linesOf(text);
    verified(lines);
    const days = new Set(lines.map((line) => (JSON.parse(line.text) as string[])[2]?.slice(0, 10)));
    expect([...days]).toEqual(['2026-01-31', '2026-02-01', '2026-02-02', '2026-02-03']);
    const [before] = await rows<{ hash: string }>(anna.db, `select encode(hash, 'hex') as hash from audit_seals where place = ?::bigint - 1`, [lines[0]?.place ?? '']);
    expect(lines[0]?.previous).toBe(before?.hash);
  });

  it('is itself an event, with the hash of its last link', async () => {
    const { head, links } = await written({ to: '2026-01-05' });
    const [event] = await rows<{ event: string; details: object }>(anna.db, 'select event, details from audit_events order by id desc limit 1');
    expect(event).toMatchObject({ event: 'audit.export', details: { format: 'ndjson', links, head } });
  });

  it('without anything sealed in the period says so', async () => {
    await expect(exportTrail(anna, { from: '1999-01-01', to: '1999-02-01' })).rejects.toMatchObject({ code: 'audit_export_empty' });
  });

  it.each([
    ['an event was altered', (text: string) => text.replace('osoba.11', 'osoba.12')],
    ['an event is missing', (text: string) => text.split('\n').filter((_, index) => index !== 7).join('\n')],
    ['two events changed places', (text: string) => text.split('\n').map((line, index, all) => (index === 3 ? all[4] : index === 4 ? all[3] : line)).join('\n')],
  ])('shows by the recipe of the documentation that %s', async (_, change) => {
    const recipe = /```python\n([\s\S]*?)```/.exec(readFileSync('docs/audit-export.md', 'utf8'))?.[1] ?? '';
    expect(recipe).not.toBe('');
    const script = path.join(folder, 'verify.py');
    writeFileSync(script, recipe);
    const { text, head } = await written({ to: '2026-01-05' });
    const check = (content: string): string => {
      const file = path.join(folder, 'trail.ndjson');
      writeFileSync(file, content);
      try {
        return execFileSync('python3', [script, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      } catch (error) {
        return (error as { stderr: string }).stderr;
      }
    };
    expect(check(text)).toContain(head);
    const told = check(change(text));
    expect(told).not.toContain(head);
    expect(told).toMatch(/place \d+/);
  });
});
