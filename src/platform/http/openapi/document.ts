/** The description of the interface (OpenAPI 3.1), made from the declarations of the routes. */
import type { Route } from '../declared.ts';
import { IDENTITIES, IDENTITY_HEADER } from '../identify.ts';
import { problemResponses, problemSchema } from './answers.ts';
import type { Components, OpenApiDocument, Operation } from './model.ts';
import { SECURITY, operationOf } from './operation.ts';
import { SchemaBook } from './schemas.ts';

export interface DescriptionSettings {
  readonly routes: readonly Route[];
  /** `/api/v1` */
  readonly base: string;
  readonly version: string;
  /** Whether a header may name one of the development's people; true by default. */
  readonly development?: boolean | undefined;
}

/** @throws Error when two routes have one operation id or two schemas one id */
export function describeApi({ routes, base, version, development = true }: DescriptionSettings): OpenApiDocument {
  const securitySchemes = schemesOf(development);
  const book = new SchemaBook();
  const problem = book.of(problemSchema, 'output', 'Problem');
  const paths: Record<string, Record<string, Operation>> = {};
  const ids = new Set<string>();
  for (const route of routes) {
    if (ids.has(route.operationId)) throw new Error(`${route.method} ${route.path} has the operation id ${route.operationId} of another route`);
    ids.add(route.operationId);
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route, book, Object.keys(securitySchemes));
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kamienica', version, description: ABOUT, license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    servers: [{ url: base }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: book.shared, responses: problemResponses(problem), headers: HEADERS, securitySchemes },
  };
}

const ABOUT = [
  'Interfejs systemu mieszkań komunalnych. Każda operacja ma swoje uprawnienie (x-permission), a każda zmiana zostawia zdarzenie w dzienniku (x-audit-event).',
  'Błędy przychodzą jako application/problem+json: detail mówi, co zrobić, errors wskazuje pola, code jest stały. Słowa są polskie; angielskie, gdy Accept-Language woli angielski od polskiego.',
  'Nieznane parametry i pola są odrzucane, a każdy parametr wolno podać raz. Dni zapisuje się jako RRRR-MM-DD, kwoty jako tekst z kropką dziesiętną.',
].join(' ');

const HEADERS: Components['headers'] = {
  RequestId: { description: 'Numer żądania, własny albo przysłany w tym samym nagłówku.', schema: { type: 'string', maxLength: 64 } },
  Link: { description: 'Strony listy: first, prev, next, last (RFC 8288).', schema: { type: 'string' } },
  Location: { description: 'Adres tego, co powstało albo się zaczęło.', schema: { type: 'string' } },
};

function schemesOf(development: boolean): Components['securitySchemes'] {
  const people = IDENTITIES.map(({ code }) => code).join(', ');
  return {
    [SECURITY.token]: { type: 'http', scheme: 'bearer', description: 'Własny token pracownika (POST /tokens) albo token JWT programu wystawiony przez dostawcę tożsamości.' },
    [SECURITY.session]: { type: 'apiKey', in: 'cookie', name: 'kamienica', description: 'Sesja po zalogowaniu pod /sign-in (przez https: __Host-kamienica). Zmiany wymagają też nagłówka X-CSRF-Token; wartość podaje GET /session.' },
    ...(development ? { [SECURITY.header]: { type: 'apiKey', in: 'header', name: IDENTITY_HEADER, description: `Tylko obok logowania próbnego: kod osoby, w imieniu której przychodzi żądanie, jeden z: ${people}.` } } : {}),
  };
}
