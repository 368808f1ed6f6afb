/** What may go wrong, described once for all operations. */
import { z } from 'zod';
import type { Problem } from '../../problems.ts';
import { HttpProblem, PROBLEM_TYPE } from '../problem.ts';
import type { Route } from '../declared.ts';
import type { Ref, Response, Schema } from './model.ts';

/** A problem document (RFC 9457) as it is sent. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: 'Adres rodzaju problemu; służy tylko do rozróżniania.' }),
    title: z.string().meta({ description: 'Rodzaj problemu w kilku słowach.' }),
    status: z.int().meta({ description: 'Kod HTTP.' }),
    detail: z.string().meta({ description: 'Co się stało i co zrobić.' }),
    code: z.string().meta({ description: 'Stały kod, po którym program rozpozna problem.' }),
    errors: z
      .array(z.strictObject({ field: z.string().meta({ description: 'Pole, na przykład rows.3.area_m2.' }), message: z.string().meta({ description: 'Co poprawić.' }) }))
      .optional()
      .meta({ description: 'Wskazane miejsca, które trzeba poprawić.' }),
    args: z.record(z.string(), z.string()).optional().meta({ description: 'Wartości wstawione w treść.' }),
    requestId: z.string().optional().meta({ description: 'Numer żądania; podaj go administratorowi, gdy zgłaszasz błąd.' }),
  })
  .meta({ id: 'Problem', description: 'Opis problemu według RFC 9457.' });

interface Kind {
  readonly description: string;
  readonly example: Problem;
}

const example = (...[status, code, args, extra]: ConstructorParameters<typeof HttpProblem>): Problem => new HttpProblem(status, code, args, extra).problem;

/** Kinds of problems by status. */
export const KINDS: Readonly<Record<string, Kind>> = {
  400: { description: 'Żądania nie da się odczytać.', example: example(400, 'body_not_json') },
  401: { description: 'Nie wiadomo, kto pyta.', example: example(401, 'sign_in_needed') },
  403: { description: 'Ta osoba nie ma potrzebnego uprawnienia.', example: example(403, 'not_permitted', { permission: 'run.approve', actor: 'anna.referent', able: 'kierownik' }) },
  404: { description: 'Nie ma takiego adresu albo takiej rzeczy.', example: example(404, 'lease_unknown', { lease: 'UN-0001' }) },
  405: { description: 'Ten adres nie zna tej metody; nagłówek Allow wymienia dozwolone.', example: example(405, 'method_unknown', { method: 'DELETE', allowed: 'GET, HEAD, OPTIONS' }) },
  409: { description: 'Stan rzeczy się zmienił i czynność już do niego nie pasuje.', example: example(409, 'facts_changed_meanwhile') },
  413: { description: 'Treść jest za duża.', example: example(413, 'body_too_large') },
  415: { description: 'Treść nie jest w formacie JSON.', example: example(415, 'body_type') },
  422: {
    description: 'Dane są nieprawidłowe; errors wskazuje miejsca.',
    example: example(422, 'invalid_input', {}, { errors: [{ field: 'day', message: 'Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-01-31.' }] }),
  },
  429: { description: 'Za dużo żądań; nagłówek Retry-After mówi, za ile sekund spróbować.', example: example(429, 'too_many_requests', { seconds: '30' }) },
  500: { description: 'Błąd programu. Nic nie zapisano.', example: example(500, 'unexpected') },
  503: { description: 'Chwilowo niedostępne; nagłówek Retry-After mówi, kiedy spróbować.', example: example(503, 'unavailable') },
};

/** Problems as shared answers: `Problem404`. */
export function problemResponses(schema: Schema): Readonly<Record<string, Response>> {
  return Object.fromEntries(
    Object.entries(KINDS).map(([status, kind]) => [
      `Problem${status}`,
      {
        description: kind.description,
        headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
        content: { [PROBLEM_TYPE]: { schema, example: { ...kind.example, requestId: 'b1946ac9-2f4e' } } },
      },
    ]),
  );
}

/** Problems that an operation may answer with. 405 is none of its own: it belongs to the methods an address lacks. */
export function problemsOf(route: Route): Readonly<Record<string, Ref>> {
  const named = Object.keys(route.params.shape).length > 0 || route.method !== 'GET';
  const statuses = [400, 401, 403, ...(named ? [404] : []), ...(route.method === 'GET' ? [] : [409]), ...(route.body === null && route.uploadLimit === null ? [] : [413, 415]), 422, 429, 500, 503];
  return Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]));
}
