/** Persons over HTTP. A search is posted: nothing personal stands in an address. */
import { z } from 'zod';
import { created, nothing, route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut, instantOut } from '../platform/http/schemas.ts';
import { addPerson, correctPerson, correctionInput, personInput } from './commands.ts';
import { issueLetterCode } from './letter-code.ts';
import { searchInput, searchPersons, showPerson } from './read.ts';
import { WITHOUT_PESEL } from './store.ts';
import type { PersonsSeen } from './visible.ts';
import { refuseUnseen } from './visible.ts';

export const PERSONS_TAG = 'Osoby';

export const personParam = z.strictObject({ person: z.string().min(1).max(60).meta({ examples: ['O-000123'] }) });

const personOut = z.strictObject({
  person: z.string(),
  name: z.string(),
  pesel: z.string().nullable().meta({ description: 'Cały albo zasłonięty; null, gdy osoba go nie ma.' }),
  withoutPesel: z.enum([...WITHOUT_PESEL, 'erased']).nullable(),
  document: z.string().nullable(),
  born: dayOut.nullable(),
  whole: z.boolean().meta({ description: 'Czy PESEL i dokument pokazano w całości.' }),
  erasedAt: instantOut.nullable(),
}).meta({ id: 'Person' });

/** `seen` = which persons a reader sees. */
export const personRoutes = (seen: PersonsSeen): readonly Route[] => [
  route({
    method: 'POST', path: '/persons/search', permission: 'person.read', audit: 'person.search', tag: PERSONS_TAG, summary: 'Szukaj osób po części nazwy, kodzie albo numerze PESEL',
    description: 'Szukanie jest zdarzeniem w dzienniku; zapisuje się, po czym szukano, a nie czego. Numery PESEL są zasłonięte.', body: searchInput,
    output: z.strictObject({ items: z.array(personOut), page: z.int(), perPage: z.int(), total: z.int() }),
    handle: ({ ctx, body }) => searchPersons(ctx, body, seen),
  }),
  route({
    method: 'GET', path: '/persons/:person', permission: 'person.read', audit: 'person.pesel_read', tag: PERSONS_TAG, summary: 'Osoba',
    description: 'Kto ma uprawnienie pesel.read, widzi PESEL w całości, a odczyt zapisuje się w dzienniku. Inni widzą cztery ostatnie cyfry.',
    params: personParam, output: personOut,
    handle: ({ ctx, params }) => showPerson(ctx, params.person, seen),
  }),
  route({
    method: 'POST', path: '/persons', permission: 'person.write', audit: 'person.add', tag: PERSONS_TAG, summary: 'Dodaj osobę',
    description: 'Podaj PESEL albo przyczynę jego braku: foreigner (cudzoziemiec bez numeru), unknown (nieustalony), organisation (nie jest osobą fizyczną).',
    body: personInput, output: created(z.strictObject({ person: z.string() })),
    handle: async ({ ctx, body }) => {
      const added = await addPerson(ctx, body, seen);
      return { location: `/persons/${encodeURIComponent(added.person)}`, body: added };
    },
  }),
  route({
    method: 'POST', path: '/persons/:person/correction', permission: 'person.write', audit: 'person.correct', tag: PERSONS_TAG, summary: 'Popraw dane osoby, z powodem',
    description: 'Pola, których nie podano, zostają bez zmian.', params: personParam, body: correctionInput, output: nothing,
    handle: async ({ ctx, params, body }) => {
      await refuseUnseen(ctx, params.person, seen);
      await correctPerson(ctx, params.person, body, seen);
      return undefined;
    },
  }),
  route({
    method: 'POST', path: '/persons/:person/letter-code', permission: 'person.code', audit: 'person.letter_code', tag: PERSONS_TAG, summary: 'Utwórz jednorazowy kod do listu dla najemcy',
    description: 'Kodem najemca potwierdza po zalogowaniu, kim jest. Działa raz, przez 30 dni; poprzedni kod tej osoby przestaje działać. Kod jest pokazywany ten jeden raz.',
    params: personParam, output: z.strictObject({ code: z.string(), expiresAt: instantOut }),
    handle: ({ ctx, params }) => issueLetterCode(ctx, params.person, seen),
  }),
];
