/** The start tells the operator where the database does not keep the trail from the program, and where it stands open to others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/output.ts';
import { parseConfig } from '../../src/config.ts';
import type { Started } from '../../src/start.ts';
import { start } from '../../src/start.ts';
import type { TestDatabase } from '../support/database.ts';
import { cloneDatabase } from '../support/database.ts';
import { NEW_KEY, OLD_KEY } from '../support/secrets.ts';

let folder: string;
let database: TestDatabase;
let running: Started | null = null;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kamienica-guard-'));
  database = await cloneDatabase();
});
afterEach(async () => {
  await running?.stop();
  running = null;
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function started(env: Record<string, string>): Promise<string[]> {
  const lines: string[] = [];
  running = await start(parseConfig({ PORT: '0', LOG_LEVEL: 'silent', SIGN_IN: 'development', KAMIENICA_KEYS: OLD_KEY, ...env }, folder), (line) => lines.push(line));
  return lines.filter((line) => line.startsWith('UWAGA'));
}

describe('a start with a role for the owner', { timeout: 120_000 }, () => {
  it('says that the serving role could alter the trail where it is the owner\'s as well', async () => {
    // The same role under another address.
    const warned = await started({ DATABASE_URL: database.ownerUrl, DATABASE_OWNER_URL: `${database.ownerUrl}?application_name=owner` });
    expect(warned[0]).toMatch(/może zmieniać i usuwać dziennik zdarzeń.*DATABASE_OWNER_URL/);
  });

  it('says nothing of it where the serving role owns nothing, and how to close the database to others until that is done', async () => {
    const roles = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    expect(await started(roles)).toEqual([expect.stringMatching(/każda rola serwera.*revoke connect on database/)]);
    await running?.stop();
    const role = new URL(database.url).username;
    const name = new URL(database.url).pathname.slice(1);
    await database.owner.raw(`revoke connect on database "${name}" from public`);
    await database.owner.raw(`grant connect on database "${name}" to "${role}"`);
    expect(await started(roles)).toEqual([]);
  });

  it('is refused without the current key, and with words that say what to do', async () => {
    const env = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, KAMIENICA_KEYS: NEW_KEY };
    expect(await started(env).then(() => 'started', explain)).toContain('nie ma bieżącego klucza tej bazy („test1”)');
  });
});
