/** What an event says of a person is opened for whoever may see it, and the look is an event. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyPersonKeys } from '../../src/platform/secrets/index.ts';
import { row, rows } from '../../src/platform/database/connect.ts';
import type { TestApp } from '../support/app.ts';
import { bodyOf, cityApp, problemOf } from '../support/app.ts';

let city: TestApp;
let event: string;
let id: string;
beforeAll(async () => {
  city = await cityApp();
  const { person } = bodyOf<{ person: string }>(await city.as('anna.referent').post('/persons', { name: 'Oksana Wzorcowa', withoutPesel: 'foreigner', document: 'FE 77' }), 201);
  await city.as('anna.referent').post(`/persons/${person}/correction`, { name: 'Oksana Nowa', reason: 'Akt małżeństwa.' });
  ({ id } = await row<{ id: string }>(city.database.db, 'select id from persons where code = ?', [person]));
  ({ event } = await row<{ event: string }>(city.database.db, `select max(id) as event from audit_events where event = 'person.correct'`));
});
afterAll(() => city.drop());

const open = (as: string, of = event): ReturnType<ReturnType<TestApp['as']>['get']> => city.as(as).get(`/audit/events/${of}/personal`);

describe('what an event says of a person', () => {
  it('is shown before and after with the reason, and that it was looked at is an event with the person', async () => {
    expect(bodyOf(await open('edyta.audytor'))).toMatchObject({ event, person: id, personal: { before: { name: 'Oksana Wzorcowa' }, after: { name: 'Oksana Nowa', document: 'FE 77' }, reason: 'Akt małżeństwa.' } });
    expect(await rows(city.database.db, `select actor, targets from audit_events where event = 'audit.personal_read'`)).toEqual([{ actor: 'edyta.audytor', targets: { event, person: id } }]);
  });

  it('is refused to whoever does not read the trail, and is not there of an event about no person', async () => {
    for (const code of ['anna.referent', 'barbara.kierownik', 'filip.windykacja']) problemOf(await open(code), 403, 'not_permitted');
    const { other } = await row<{ other: string }>(city.database.db, `select max(id) as other from audit_events where event = 'run.approve'`);
    problemOf(await open('edyta.audytor', other), 404, 'audit_event_impersonal');
    problemOf(await open('edyta.audytor', '999999999'), 404, 'audit_event_unknown');
    problemOf(await open('edyta.audytor', 'x'), 422, 'invalid_input');
  });

  it('is nothing any more once the key of the person was destroyed', async () => {
    await destroyPersonKeys(city.database.db, city.clock, [id]);
    expect(bodyOf(await open('edyta.audytor'))).toEqual({ event, person: id, personal: null });
  });
});
