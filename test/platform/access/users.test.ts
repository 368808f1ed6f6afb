/** Users as their providers name them: whose row it is, under what code, and who sees it. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffClaimed, TenantClaimed } from '../../../src/platform/access/arrivals.ts';
import { signInStaff, signInTenant } from '../../../src/platform/access/arrivals.ts';
import { linkByLetterCode, makeLetterCode } from '../../../src/platform/access/letter-codes.ts';
import { renewSubjects } from '../../../src/platform/access/subjects.ts';
import { blockUser, forgetPersons, unblockUser } from '../../../src/platform/access/users.ts';
import { listUsers } from '../../../src/platform/access/users-seen.ts';
import type { Context } from '../../../src/platform/context.ts';
import { eventsAbout } from '../../../src/platform/audit/personal.ts';
import { row, rows } from '../../../src/platform/database/connect.ts';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { limited } from '../../support/asking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { cloneDatabase } from '../../support/database.ts';
import { people } from '../../support/instance.ts';
import { ROTATED, ROTATING } from '../../support/secrets.ts';

const ISSUER = 'https://login.example/realms/miasto';
const REASON = { reason: 'Odejście z pracy.' };

let database: TestDatabase;
let barbara: Context;
let kinga: Context;
beforeAll(async () => {
  database = await cloneDatabase();
  ({ barbara } = people(database, parsePlainDate('2026-11-22')));
  kinga = { ...barbara, actor: limited('kinga.kierownik', ['supervisor'], 'I Stare Miasto') };
});
afterAll(() => database.drop());

const staff = (subject: string, code: string, changes: Partial<StaffClaimed> = {}): StaffClaimed => ({ issuer: ISSUER, subject, code, name: code, roles: ['clerk'], districts: null, ...changes });
const tenant = (subject: string, code: string, changes: Partial<TenantClaimed> = {}): TenantClaimed => ({ issuer: ISSUER, subject, code, name: code, person: null, ...changes });

describe('somebody known by a provider', () => {
  it('goes on under the code of the first sign-in, whatever the provider calls them later', async () => {
    const first = await signInStaff(barbara, staff('s-1', 'jan.nowak'));
    await signInStaff(barbara, staff('s-2', 'jan.stary'));
    for (const code of ['jan.nowy', 'jan.stary', 'jan.nowak']) {
      const again = await signInStaff(barbara, staff('s-1', code, { name: 'Jan Nowak' }));
      expect(again).toMatchObject({ id: first.id, actor: { code: 'jan.nowak', name: 'Jan Nowak' } });
    }
  });

  it('cannot take the code of somebody else, also not at the very same time', async () => {
    await expect(signInStaff(barbara, staff('s-3', 'jan.nowak'))).rejects.toMatchObject({ kind: 'forbidden', code: 'sign_in_code_taken' });
    // Somebody else's first sign-in is under way: nothing is seen of it yet.
    const other = await database.owner.transaction();
    await other.raw(`insert into users (kind, issuer, subject, code, name, roles, signed_in_at) values ('staff', ?, 's-4', 'ewa.nowa', 'Ewa', array['clerk'], now())`, [ISSUER]);
    const refused = expect(signInStaff(barbara, staff('s-44', 'ewa.nowa'))).rejects.toMatchObject({ code: 'sign_in_code_taken', args: { name: 'ewa.nowa' } });
    await expect.poll(async () => (await rows(database.db, `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length).toBe(1);
    await other.commit();
    await refused;
  });

  it('is one user, though they come twice at the very same time', async () => {
    const both = await Promise.all([tenant('t-9', 'tenant:a'), tenant('t-9', 'tenant:b')].map((claimed) => signInTenant(barbara, claimed)));
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(new Set(both.map(({ actor }) => actor.code)).size).toBe(1);
  });

  it('is two users when they work here and rent here, though one provider knows them by one name', async () => {
    const clerk = await signInStaff(barbara, staff('s-5', 'adam.urzednik'));
    const renting = await signInTenant(barbara, tenant('s-5', 'tenant:5'));
    expect(renting.id).not.toBe(clerk.id);
    expect((await signInTenant(barbara, tenant('s-5', 'tenant:55'))).id).toBe(renting.id);
    expect((await signInStaff(barbara, staff('s-5', 'adam.urzednik'))).id).toBe(clerk.id);
    const first = await signInTenant(barbara, tenant('t-5', 'tenant:t5'));
    expect((await signInStaff(barbara, staff('t-5', 'celina.nowa'))).id).not.toBe(first.id);
    const kept = await rows(database.db, `select code, kind, roles from users where code in ('adam.urzednik', 'celina.nowa') or code like 'tenant:%5' order by id`);
    expect(kept).toEqual([
      { code: 'adam.urzednik', kind: 'staff', roles: ['clerk'] }, { code: 'tenant:5', kind: 'tenant', roles: ['tenant'] },
      { code: 'tenant:t5', kind: 'tenant', roles: ['tenant'] }, { code: 'celina.nowa', kind: 'staff', roles: ['clerk'] },
    ]);
  });

  it('leaves in the trail what the provider says otherwise than the last time', async () => {
    const { id } = await signInStaff(barbara, staff('s-7', 'piotr.rola'));
    await signInStaff(barbara, staff('s-7', 'piotr.rola'));
    await signInStaff(barbara, staff('s-7', 'piotr.rola', { roles: ['clerk', 'supervisor'], districts: ['I Stare Miasto'] }));
    const told = await rows(database.owner, `select details->'before' as before, details->'after' as after from audit_events where event = 'session.begin' and targets->>'user' = ? order by id`, [id]);
    expect(told).toEqual([
      { before: null, after: { roles: ['clerk'], districts: null, person: null } },
      { before: null, after: null },
      { before: { roles: ['clerk'], districts: null, person: null }, after: { roles: ['clerk', 'supervisor'], districts: ['I Stare Miasto'], person: null } },
    ]);
  });
});

describe('a tenant', () => {
  const PESEL = '60030300017';

  async function person(name: string): Promise<string> {
    return (await row<{ id: string }>(database.owner, `insert into persons (code, name, without_pesel) values (?, ?, 'unknown') returning id`, [`P-${name}`, name])).id;
  }
  const standing = (): Promise<{ kept: string }> => row(database.owner, `select string_agg(u::text, ' ') as kept from users u where kind = 'tenant'`);

  it('is found by what the provider calls them, of which nothing stands in the open', async () => {
    const { id, actor } = await signInTenant(barbara, tenant(PESEL, 'tenant:pesel', { vouched: PESEL }));
    expect(await signInTenant(barbara, tenant(PESEL, 'tenant:other'))).toMatchObject({ id, actor: { code: actor.code } });
    const { kept } = await standing();
    expect(kept).not.toContain(PESEL);
    expect(kept).not.toContain(createHash('sha256').update(PESEL).digest('hex'));
    expect(await signInTenant({ ...barbara, secrets: ROTATING }, tenant(PESEL, 'tenant:new'))).toMatchObject({ id });
    expect(await signInTenant({ ...barbara, secrets: ROTATED }, tenant(PESEL, 'tenant:newer'))).toMatchObject({ id });
  });

  it('is carried over to new keys at the start, and so is one that an earlier release kept open', async () => {
    const one = await signInTenant(barbara, tenant('t-10', 'tenant:t10', { vouched: PESEL }));
    await database.owner.raw('alter table users drop constraint users_open_subject_of_tenant');
    const { id: open } = await row<{ id: string }>(
      database.owner, `insert into users (kind, issuer, subject, code, name, roles, signed_in_at) values ('tenant', ?, 't-open', 'tenant:open', 'x', array['tenant'], now()) returning id`, [ISSUER],
    );
    const rotating = { ...barbara, secrets: ROTATING };
    expect(await renewSubjects(rotating)).toBeGreaterThanOrEqual(2);
    expect(await renewSubjects(rotating)).toBe(0);
    expect((await standing()).kept).not.toMatch(/t-open|test1:/);
    const rotated = { ...barbara, secrets: ROTATED };
    expect((await signInTenant(rotated, tenant('t-10', 'tenant:x'))).id).toBe(one.id);
    expect((await signInTenant(rotated, tenant('t-open', 'tenant:y'))).id).toBe(open);
  });

  it('who is forgotten is led back to by nothing, and is another user when they come again', async () => {
    const id = await person('Zofia');
    const before = await signInTenant(barbara, tenant('t-forgotten', 'tenant:f', { name: 'Zofia Próbna', person: id }));
    await blockUser(barbara, 'tenant:f', { reason: 'Zofia Próbna zmarła.' });
    await database.owner.transaction((trx) => forgetPersons(trx, [id], { at: barbara.clock.now(), by: 'barbara.kierownik', name: 'usunięto' }));
    const left = await row(database.owner, `select name, subject, subject_hash, subject_sealed, vouched_sealed, block_reason from users where id = ?`, [before.id]);
    expect(left).toEqual({ name: 'usunięto', subject: null, subject_hash: null, subject_sealed: null, vouched_sealed: null, block_reason: null });
    expect((await signInTenant(barbara, tenant('t-forgotten', 'tenant:f2'))).id).not.toBe(before.id);
    const { trail } = await row<{ trail: string }>(database.owner, `select string_agg(e::text, ' ') as trail from audit_events e`);
    expect(trail).not.toMatch(/t-forgotten|Zofia/);
  });

  it('whom the provider vouches to be somebody else than the last time is told of in the trail', async () => {
    const [one, other] = [await person('Jeden'), await person('Drugi')];
    await signInTenant(barbara, tenant('t-11', 'tenant:t11', { person: one }));
    const { id } = await signInTenant(barbara, tenant('t-11', 'tenant:t11', { person: other }));
    const [last] = await rows(database.owner, `select details->'before'->>'person' as before, details->'after'->>'person' as after from audit_events where event = 'session.begin' and targets->>'user' = ? order by id desc limit 1`, [id]);
    expect(last).toEqual({ before: one, after: other });
  });

  it('shows who they are by one code alone, though two come at once', async () => {
    const [one, other] = [await person('Pierwszy'), await person('Następny')];
    const [first, second] = [await makeLetterCode(barbara, one), await makeLetterCode(barbara, other)];
    const { actor, id } = await signInTenant(barbara, tenant('t-12', 'tenant:t12'));
    const ctx = { ...barbara, actor };
    const came = await Promise.allSettled([first, second].map(({ code }) => linkByLetterCode(ctx, { code }, () => Promise.resolve(null))));
    expect(came.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(came.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'letter_code_known' } });
    expect(await rows(database.owner, 'select used_by from letter_codes where used_by = ?', [id])).toHaveLength(1);
  });

  it('does not become the person of a letter whom the provider vouches that they are not', async () => {
    const theirs = await person('Adresat');
    const { code } = await makeLetterCode(barbara, theirs);
    const { actor } = await signInTenant(barbara, tenant('t-13', 'tenant:t13', { vouched: PESEL }));
    const ctx = { ...barbara, actor };
    await expect(linkByLetterCode(ctx, { code }, () => Promise.resolve('60030300024'))).rejects.toMatchObject({ kind: 'forbidden', code: 'letter_code_other' });
    await linkByLetterCode(ctx, { code }, () => Promise.resolve(PESEL));
    expect(await row(database.owner, `select person_id, vouched_sealed from users where code = 'tenant:t13'`)).toEqual({ person_id: theirs, vouched_sealed: null });
  });

  it('alone has codes from letters', async () => {
    await expect(linkByLetterCode(barbara, { code: 'AAAA-BBBB-CCCC' }, () => Promise.resolve(null))).rejects.toMatchObject({ kind: 'forbidden', code: 'letter_code_not_tenant' });
  });
});

describe('the reason of a block', () => {
  it('stands in the trail, also after another one; that of a tenant goes with the tenant', async () => {
    const { id } = await signInStaff(barbara, staff('s-8', 'ewa.blok'));
    await blockUser(barbara, 'ewa.blok', { reason: 'Podejrzenie nadużycia.' });
    await unblockUser(barbara, 'ewa.blok', { reason: 'Wyjaśniono.' });
    const told = await rows(database.owner, `select event, details->>'reason' as reason from audit_events where event like 'user.%' and targets->>'user' = ? order by id`, [id]);
    expect(told).toEqual([{ event: 'user.block', reason: 'Podejrzenie nadużycia.' }, { event: 'user.unblock', reason: 'Wyjaśniono.' }]);
    const known = (await row<{ id: string }>(database.owner, `insert into persons (code, name, without_pesel) values ('P-B', 'B', 'unknown') returning id`)).id;
    await signInTenant(barbara, tenant('t-8', 'tenant:t8', { person: known }));
    await blockUser(barbara, 'tenant:t8', { reason: 'Cudze konto.' });
    const about = await eventsAbout(database.db, barbara.secrets, { person: known, accounts: [], lists: [] });
    expect(about.at(-1)).toMatchObject({ event: 'user.block', personal: { reason: 'Cudze konto.' } });
  });
});

describe('a supervisor limited to districts', () => {
  const page = { limit: 200, offset: 0, sort: { by: 'code', descending: false } } as const;

  it('sees who works for the city, and none of its tenants, who may live anywhere', async () => {
    await signInStaff(barbara, staff('s-6', 'olga.urzednik'));
    await signInTenant(barbara, tenant('t-6', 'tenant:t6', { name: 'Zofia Najemczyni' }));
    const whole = await listUsers(barbara, {}, page);
    const mine = await listUsers(kinga, {}, page);
    expect(whole.items.filter(({ kind }) => kind === 'tenant').length).toBeGreaterThan(0);
    expect(mine.items).toEqual(whole.items.filter(({ kind }) => kind === 'staff'));
    expect(mine.total).toBe(mine.items.length);
    expect(mine.items.length).toBeGreaterThan(0);
  });

  it('shuts out colleagues, and a tenant as little as somebody there is not', async () => {
    await blockUser(kinga, 'olga.urzednik', REASON);
    await unblockUser(kinga, 'olga.urzednik', REASON);
    await expect(blockUser(kinga, 'tenant:t6', REASON)).rejects.toMatchObject({ code: 'user_unknown', args: { user: 'tenant:t6' } });
    await expect(blockUser(kinga, 'nie.ma', REASON)).rejects.toMatchObject({ code: 'user_unknown', args: { user: 'nie.ma' } });
    await blockUser(barbara, 'tenant:t6', REASON);
    await expect(unblockUser(kinga, 'tenant:t6', REASON)).rejects.toMatchObject({ code: 'user_unknown' });
    await expect(signInTenant(barbara, tenant('t-6', 'tenant:t6'))).rejects.toMatchObject({ code: 'sign_in_blocked' });
  });
});
