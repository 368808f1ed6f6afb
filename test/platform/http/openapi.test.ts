import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeApi, route } from '../../../src/platform/http/index.ts';
import type { OpenApiDocument } from '../../../src/platform/http/index.ts';
import { documentFlaws, exampleFlaws, operationsOf } from './openapi-check.ts';
import { ROUTES, leases, rent } from './sample.ts';
import { bench } from './support.ts';

const document = describeApi({ routes: ROUTES, base: '/api/v1', version: '1.2.3' });
const operation = (id: string) => operationsOf(document).find(({ operation: { operationId } }) => operationId === id)?.operation;

const question = { method: 'GET', permission: 'lease.read', audit: null, summary: 'x', tag: 'x', handle: () => Promise.reject(new Error('unused')) } as const;

describe('the description', () => {
  it('is sound: references lead somewhere, path parameters are declared, operations are told apart', () => {
    expect(documentFlaws(document)).toEqual([]);
  });

  it('gives examples that its own routes accept', () => {
    expect(exampleFlaws(document, ROUTES)).toEqual([]);
  });

  it('has every route once, with its permission and its audit event', () => {
    expect(operationsOf(document).map(({ place, operation: { operationId, ...rest } }) => `${place} ${operationId} ${rest['x-permission']} ${rest['x-audit-event'] ?? '–'}`)).toEqual([
      'get /leases getLeases lease.read –',
      'get /leases/{lease}/rent getLeasesLeaseRent lease.read –',
      'post /runs postRuns run.prepare run.start',
      'put /leases/{lease}/note putLeasesLeaseNote facts.write note.set',
      'delete /leases/{lease}/note deleteLeasesLeaseNote facts.write note.remove',
      'post /trees postTrees facts.write tree.plant',
      'get /leases/{lease} getLeasesLease lease.read –',
      'get /leases/export getLeasesExport lease.read –',
    ]);
  });

  it('tells the parameters of a list as they are written in an address', () => {
    expect(operation('getLeases')?.parameters).toEqual([
      { name: 'district', in: 'query', required: false, description: 'Dzielnica.', schema: { type: 'string', minLength: 1, examples: ['Podgórze'] }, example: 'Podgórze' },
      { name: 'social', in: 'query', required: false, description: 'Tylko socjalne.', schema: { type: 'boolean', examples: [true] }, example: true },
      { name: 'page', in: 'query', required: false, description: 'Numer strony, od 1.', schema: { type: 'integer', minimum: 1, maximum: 1_000_000, examples: [1], default: 1 }, example: 1 },
      { name: 'per_page', in: 'query', required: false, description: 'Liczba pozycji na stronie.', schema: { type: 'integer', minimum: 1, maximum: 200, examples: [50], default: 50 }, example: 50 },
      expect.objectContaining({ name: 'sort', required: false, example: 'lease' }),
    ]);
  });

  it('tells bodies, answers and their headers', () => {
    expect(operation('postRuns')?.requestBody).toEqual({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/StartRun' }, example: { tariff: 'KRK-2026' } } },
    });
    expect(document.components.schemas['StartRun']).toMatchObject({ required: ['tariff'], additionalProperties: false, properties: { scope: { $ref: '#/components/schemas/Scope', default: { kind: 'all' } } } });
    expect(operation('postRuns')?.responses['202']).toMatchObject({ headers: { Location: { $ref: '#/components/headers/Location' } } });
    expect(operation('getLeases')?.responses['200']).toMatchObject({ headers: { Link: { $ref: '#/components/headers/Link' } } });
    expect(operation('deleteLeasesLeaseNote')?.responses['204']).not.toHaveProperty('content');
  });

  it('has a problem document for every kind, with an example that its schema takes', () => {
    expect(Object.keys(document.components.responses)).toEqual([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503].map((status) => `Problem${status}`));
    for (const [name, response] of Object.entries(document.components.responses)) {
      const media = response.content?.['application/problem+json'];
      expect(media?.schema).toEqual({ $ref: '#/components/schemas/Problem' });
      expect(media?.example).toMatchObject({ status: Number(name.slice(7)) });
      expect(JSON.stringify(media?.example)).not.toMatch(/\{\w+\}/);
    }
  });

  it('tells schemas that contain themselves', () => {
    expect(JSON.stringify(document.components.schemas)).toContain('"parts":{"type":"array","items":{"$ref":"#/components/schemas/postTrees');
  });

  it('keeps fields and values that are named like keywords', () => {
    const odd = z.strictObject({ id: z.string(), $ref: z.string().optional(), default: z.string().optional() }).meta({ id: 'Odd', examples: [{ id: 'a', $schema: 'b' }] });
    const { components } = describeApi({ routes: [route({ ...question, path: '/odd', output: odd })], base: '', version: '' });
    expect(components.schemas['Odd']).toMatchObject({ properties: { id: { type: 'string' }, default: { type: 'string' } }, examples: [{ id: 'a', $schema: 'b' }] });
  });

  it('tells what is given and what comes back apart where defaults make them differ', () => {
    const both = z.strictObject({ a: z.string().default('x') }).meta({ id: 'Both' });
    const there = route({ method: 'POST', permission: 'import', audit: 'both.made', summary: 'x', tag: 'x', path: '/both', body: both, output: both, handle: ({ body }) => body });
    const { components } = describeApi({ routes: [there], base: '', version: '' });
    expect([components.schemas['Both']?.required, components.schemas['BothOutput']?.required]).toEqual([undefined, ['a']]);
  });

  it('is refused when one id stands for two forms or two routes are one', () => {
    const one = route({ ...question, path: '/one', output: z.strictObject({ a: z.string() }).meta({ id: 'Same' }) });
    const other = route({ ...question, path: '/other', output: z.strictObject({ b: z.string() }).meta({ id: 'Same' }) });
    expect(() => describeApi({ routes: [one, other], base: '', version: '' })).toThrow('the id Same stands for two forms');
    expect(() => describeApi({ routes: [leases, leases], base: '', version: '' })).toThrow('operation id');
  });

  it('is served to anybody', async () => {
    const { nobody } = bench({ routes: ROUTES, version: '1.2.3' });
    const answer = await nobody.get('/api/openapi.json');
    expect(answer.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.body as OpenApiDocument).toEqual(JSON.parse(JSON.stringify(document)));
    expect((await nobody.post('/api/openapi.json')).status).toBe(405);
  });
});

describe('the checks of the description', () => {
  it('find what is wrong', () => {
    const wrong = structuredClone(describeApi({ routes: [rent], base: '', version: '' })) as unknown as { paths: Record<string, { get: { parameters: unknown[]; responses: Record<string, unknown> } }> };
    const get = wrong.paths['/leases/{lease}/rent']?.get;
    get?.parameters.shift();
    if (get) get.responses['400'] = { $ref: '#/components/responses/None' };
    expect(documentFlaws(wrong as unknown as OpenApiDocument)).toEqual(['#/components/responses/None leads nowhere', 'get /leases/{lease}/rent: path parameters differ from the path']);
  });
});
