/** Whether the trail is kept from the role that serves is asked of the database, and said where it is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardWarnings, trailGuard } from '../../../src/platform/audit/guard.ts';
import { trailState } from '../../../src/platform/audit/state.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

describe('the trail', () => {
  it('is kept from the role that serves, and the state says so', async () => {
    expect(await trailGuard(database.db)).toMatchObject({ kept: true });
    expect((await trailState(database.db)).guarded).toBe(true);
  });

  it('is not kept from the owner: whoever lets him serve is told what to do', async () => {
    const guard = await trailGuard(database.owner);
    expect(guard.kept).toBe(false);
    expect((await trailState(database.owner)).guarded).toBe(false);
    expect(guardWarnings(guard)[0]).toMatch(new RegExp(`rola „${guard.role}”.*może zmieniać i usuwać dziennik.*DATABASE_OWNER_URL`));
  });

  it.each([
    ['a right to alter one column', 'grant update (actor) on audit_events to public', 'revoke update (actor) on audit_events from public'],
    ['a right to delete seals', 'grant delete on audit_seals to public', 'revoke delete on audit_seals from public'],
    ['a right to delete checkpoints', 'grant delete on audit_checkpoints to public', 'revoke delete on audit_checkpoints from public'],
  ])('is not kept where somebody granted the serving role %s', async (_, grant, revoke) => {
    await database.owner.raw(grant);
    expect(await trailGuard(database.db)).toMatchObject({ kept: false });
    await database.owner.raw(revoke);
    expect(await trailGuard(database.db)).toMatchObject({ kept: true });
  });
});

describe('a database to which every role of the server may connect', () => {
  it('is named with the two lines that mend it, and no longer once they were run', async () => {
    const guard = await trailGuard(database.db);
    expect(guard).toMatchObject({ openToAll: true });
    const [line = ''] = guardWarnings(guard);
    const [revoke = '', grant = ''] = /revoke connect on database "\w+" from public; grant connect on database "\w+" to "\w+";/.exec(line)?.[0].split('; ') ?? [];
    await database.owner.raw(revoke);
    await database.owner.raw(grant.replace(';', ''));
    const mended = await trailGuard(database.db);
    expect(mended).toMatchObject({ kept: true, openToAll: false });
    expect(guardWarnings(mended)).toEqual([]);
  });
});
