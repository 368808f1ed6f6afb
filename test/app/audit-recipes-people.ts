/** How the routes about users, tokens and persons are called so that they succeed. */
import request from 'supertest';
import { pino } from 'pino';
import { BASE, ROUTES } from '../../src/app.ts';
import { makeLetterCode } from '../../src/platform/access/letter-codes.ts';
import { personOf } from '../../src/platform/access/people.ts';
import { signInStaff, signInTenant } from '../../src/platform/access/arrivals.ts';
import type { Actor } from '../../src/platform/context.ts';
import { row } from '../../src/platform/database/connect.ts';
import { httpApp } from '../../src/platform/http/index.ts';
import { bodyOf } from '../support/app.ts';
import type { Page, TestApp } from '../support/app.ts';
import type { Recipe } from './audit-recipes.ts';

const REASON = 'Wniosek z 20 listopada.';

/** Signs a person of the development provider in, as their provider would. */
async function signedIn({ instance }: TestApp, code: string): Promise<void> {
  const { name, roles, districts } = personOf(code);
  await signInStaff(instance.context(personOf(code)), { issuer: 'https://próba', subject: code, code, name, roles, districts });
}

const token = async (city: TestApp): Promise<string> => {
  await signedIn(city, 'anna.referent');
  return bodyOf<{ id: string }>(await city.as('anna.referent').post('/tokens', { name: 'komputer' }), 201).id;
};

let added = 0;
/** PESELs of people born on 1 January 1970 and after, each another. */
function nextPesel(): string {
  added += 1;
  const digits = `700101${String(10_000 + added * 10).slice(1)}`;
  const sum = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3].reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const person = async (city: TestApp): Promise<string> =>
  bodyOf<{ person: string }>(await city.as('anna.referent').post('/persons', { name: 'Osoba Próbna', pesel: nextPesel() }), 201).person;

/** A list of those who are due in many years, when the leases of the demo are long over. Once one was approved nobody is due any more. */
async function list(city: TestApp): Promise<string> {
  const { items } = bodyOf<Page<{ list: string; state: string }>>(await city.as('anna.referent').get('/retention-lists?per_page=200'));
  const draft = items.find(({ state }) => state === 'draft');
  if (draft !== undefined) return draft.list;
  return bodyOf<{ list: string }>(await city.as('anna.referent').post('/retention-lists', { class: 'lease_file' }), 201).list;
}

/** The same program where everybody is the given person: a tenant cannot be chosen by a header. */
function appOf({ instance }: TestApp, actor: Actor): Parameters<typeof request>[0] {
  return httpApp({ instance, routes: ROUTES, base: BASE, log: pino({ level: 'silent' }), limits: null, access: { development: true, identify: () => Promise.resolve(actor), before: [], formTargets: [] } });
}

export const PEOPLE_RECIPES: Readonly<Record<string, Recipe>> = {
  'GET /tokens': ({ city }) => city.as('anna.referent').get('/tokens'),
  'POST /tokens': async ({ city }) => {
    await signedIn(city, 'dawid.referent');
    return city.as('dawid.referent').post('/tokens', { name: 'komputer' });
  },
  'DELETE /tokens/:token': async ({ city }) => city.as('anna.referent').delete(`/tokens/${await token(city)}`),
  'POST /persons/:person/letter-code': async ({ city }) => city.as('anna.referent').post(`/persons/${await person(city)}/letter-code`),
  'POST /session/letter-code': async ({ city }) => {
    const context = city.instance.context(personOf('anna.referent'));
    const { actor } = await signInTenant(context, { issuer: 'https://próba', subject: 'najemca', code: 'najemca.1', name: 'Najemca', person: null });
    const { id } = await row<{ id: string }>(city.database.db, 'select id from persons order by id limit 1');
    const { code } = await makeLetterCode(context, id);
    return request(appOf(city, actor)).post(`${BASE}/session/letter-code`).send({ code });
  },
  'GET /users': ({ city }) => city.as('barbara.kierownik').get('/users'),
  'POST /users/:user/block': async ({ city }) => {
    await signedIn(city, 'filip.windykacja');
    return city.as('barbara.kierownik').post('/users/filip.windykacja/block', { reason: REASON });
  },
  'POST /users/:user/unblock': async ({ city }) => {
    await signedIn(city, 'hanna.podgorze');
    await city.as('barbara.kierownik').post('/users/hanna.podgorze/block', { reason: REASON });
    return city.as('barbara.kierownik').post('/users/hanna.podgorze/unblock', { reason: REASON });
  },
  'POST /persons/search': ({ city }) => city.as('anna.referent').post('/persons/search', { name: 'an' }),
  'GET /persons/:person': async ({ city }) => city.as('anna.referent').get(`/persons/${await person(city)}`),
  'GET /audit/events/:event/personal': async ({ city }) => {
    await person(city);
    const { id } = await row<{ id: string }>(city.database.db, `select max(id) as id from audit_events where event = 'person.add'`);
    return city.as('edyta.audytor').get(`/audit/events/${id}/personal`);
  },
  'POST /persons': ({ city }) => city.as('anna.referent').post('/persons', { name: 'Osoba Próbna', pesel: nextPesel() }),
  'POST /persons/:person/correction': async ({ city }) => city.as('anna.referent').post(`/persons/${await person(city)}/correction`, { name: 'Osoba Inna', reason: REASON }),
  'POST /persons/:person/export': async ({ city }) => city.as('anna.referent').post(`/persons/${await person(city)}/export`),
  'GET /retention-lists': ({ city }) => city.as('anna.referent').get('/retention-lists'),
  'POST /retention-lists': async ({ later }) => (await later()).as('anna.referent').post('/retention-lists', { class: 'lease_file' }),
  'GET /retention-lists/:list': async ({ later }) => (await later()).as('anna.referent').get(`/retention-lists/${await list(await later())}`),
  'GET /retention-lists/:list/persons': async ({ later }) => (await later()).as('anna.referent').get(`/retention-lists/${await list(await later())}/persons`),
  'POST /retention-lists/:list/rejection': async ({ later }) => (await later()).as('barbara.kierownik').post(`/retention-lists/${await list(await later())}/rejection`, { reason: REASON }),
  'POST /retention-lists/:list/approval': async ({ later }) => (await later()).as('barbara.kierownik').post(`/retention-lists/${await list(await later())}/approval`),
};
