/** Lists of persons whose data are to be erased, over HTTP. */
import { z } from 'zod';
import { created, listRoute, nothing, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut } from '../platform/http/schemas.ts';
import { listRejection, listRetentionLists, listRetentionPersons, rejectRetentionList, viewRetentionList } from '../persons/retention.ts';
import { approveLeaseFiles, makeRetentionList, retentionInput } from './retention.ts';

const TAG = 'Okresy przechowywania';
export const listParam = z.strictObject({ list: z.string().min(1).max(60).meta({ examples: ['1'] }) });
const parts = {
  list: z.string(), class: z.string(), state: z.string(), madeOn: dayOut, before: dayOut, persons: z.int(), preparedBy: z.string().nullable(), decidedBy: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'Powód odrzucenia.' }),
};

export const retentionRoutes: readonly Route[] = [
  listRoute({
    path: '/retention-lists', permission: 'person.read', audit: null, tag: TAG, summary: 'Listy osób do usunięcia danych', sort: ['list'], item: z.strictObject(parts).meta({ id: 'RetentionList' }),
    handle: ({ ctx, page }) => listRetentionLists(ctx, page),
  }),
  route({
    method: 'GET', path: '/retention-lists/:list', permission: 'person.read', audit: null, tag: TAG, summary: 'Lista bez osób', params: listParam,
    output: z.strictObject(parts), handle: ({ ctx, params }) => viewRetentionList(ctx, params.list),
  }),
  listRoute({
    path: '/retention-lists/:list/persons', permission: 'retention.read', audit: 'retention.read', tag: TAG, summary: 'Osoby z listy, z nazwami',
    description: 'Dla tych, którzy listy sporządzają lub rozstrzygają. Odczyt zapisuje się w dzienniku.', params: listParam, sort: ['person'],
    item: z.strictObject({ person: z.string(), name: z.string(), endedOn: dayOut }).meta({ id: 'RetentionEntry' }),
    handle: ({ ctx, params, page }) => listRetentionPersons(ctx, params.list, page),
  }),
  route({
    method: 'POST', path: '/retention-lists', permission: 'person.write', audit: 'retention.list', tag: TAG, summary: 'Sporządź listę osób, których akta przechowano dość długo',
    description: 'Okres podaje parametr prawa retention.lease_file.years. Listę zatwierdza inna osoba.', body: retentionInput,
    output: created(z.strictObject({ list: z.string(), persons: z.int() })),
    handle: async ({ ctx, body }) => {
      const made = await makeRetentionList(ctx, body);
      return { location: `/retention-lists/${made.list}`, body: made };
    },
  }),
  route({
    method: 'POST', path: '/retention-lists/:list/approval', permission: 'person.erase', audit: 'retention.approve', tag: TAG, summary: 'Zatwierdź listę i usuń dane osób bezpowrotnie',
    params: listParam, output: z.strictObject({ erased: z.int() }),
    handle: ({ ctx, params }) => approveLeaseFiles(ctx, params.list),
  }),
  route({
    method: 'POST', path: '/retention-lists/:list/rejection', permission: 'person.erase', audit: 'retention.reject', tag: TAG, summary: 'Odrzuć listę, z powodem', params: listParam,
    body: listRejection, output: nothing,
    handle: async ({ ctx, params, body }) => {
      await rejectRetentionList(ctx, params.list, body);
      return undefined;
    },
  }),
];
