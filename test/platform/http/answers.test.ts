import { describe, expect, it } from 'vitest';
import { bench, problemIn } from './support.ts';
import { LEASES } from './sample.ts';

const { clerk, lines } = bench();

describe('a list', () => {
  it('comes in pages of 50 unless told otherwise, with links to its neighbours', async () => {
    const answer = await clerk.get('/api/v1/leases');
    const body = answer.body as { items: unknown[]; page: number; perPage: number; total: number };
    expect(body).toEqual({ items: LEASES.slice(0, 50), page: 1, perPage: 50, total: 120 });
    expect(answer.get('link')).toBe('</api/v1/leases?page=1>; rel="first", </api/v1/leases?page=2>; rel="next", </api/v1/leases?page=3>; rel="last"');
  });

  it('keeps filters, size and order in its links', async () => {
    const answer = await clerk.get('/api/v1/leases?district=Podg%C3%B3rze&per_page=20&sort=-lease&page=2');
    const at = (page: number): string => `/api/v1/leases?district=Podg%C3%B3rze&per_page=20&sort=-lease&page=${page}`;
    expect(answer.get('link')).toBe(`<${at(1)}>; rel="first", <${at(1)}>; rel="prev", <${at(3)}>; rel="next", <${at(3)}>; rel="last"`);
    expect((answer.body as { items: { lease: string }[] }).items[0]?.lease).toBe('UN-0079');
  });

  it('is empty beyond its end and says where the end is', async () => {
    const answer = await clerk.get('/api/v1/leases?page=900&per_page=200');
    expect(answer.body).toEqual({ items: [], page: 900, perPage: 200, total: 120 });
    expect(answer.get('link')).toBe('</api/v1/leases?per_page=200&page=1>; rel="first", </api/v1/leases?per_page=200&page=1>; rel="prev", </api/v1/leases?per_page=200&page=1>; rel="last"'.replaceAll('per_page=200&page=1', 'page=1&per_page=200'));
  });
});

describe('a command', () => {
  it('that begins long work answers 202 with the address of its operation', async () => {
    const answer = await clerk.post('/api/v1/runs').send({ tariff: 'KRK' });
    expect([answer.status, answer.get('location'), answer.body]).toEqual([202, '/api/v1/operations/12', { run: '7', operation: '12' }]);
  });

  it('that makes something answers 201 with its address, one that only does it 204', async () => {
    const tree = { name: 'a', parts: [{ name: 'b', parts: [] }] };
    const answer = await clerk.post('/api/v1/trees').send(tree);
    expect([answer.status, answer.get('location'), answer.body]).toEqual([201, '/api/v1/trees/1', tree]);
    expect((await clerk.delete('/api/v1/leases/UN-0001/note')).text).toBe('');
  });
});

describe('an error', () => {
  it('of the domain keeps its code, kind and words', async () => {
    const told = problemIn(await clerk.get('/api/v1/leases/UN-9999/rent?day=2026-01-31'), 404, 'lease_unknown');
    expect(told.detail).toBe('Nie ma umowy o numerze „UN-9999”.');
    const busy = await clerk.get('/api/v1/faults/busy');
    problemIn(busy, 503, 'facts_being_written');
    expect(busy.get('retry-after')).toBe('5');
  });

  it('that nobody foresaw tells nothing outside and everything needed in the log', async () => {
    lines.splice(0);
    const answer = await clerk.get('/api/v1/faults/error');
    const told = problemIn(answer, 500, 'unexpected');
    expect(answer.text).not.toMatch(/secret|TypeError|sample/);
    const line = lines.find(({ msg }) => msg === 'unexpected error');
    expect(line).toMatchObject({ requestId: told.requestId, path: '/api/v1/faults/error', error: { type: 'TypeError', message: 'cannot read the secret place' } });
    expect(JSON.stringify(line)).toContain('sample.ts');
  });

  it('of the database is logged by code, constraint and stack, without the values it quotes', async () => {
    lines.splice(0);
    problemIn(await clerk.get('/api/v1/faults/database'), 500, 'unexpected');
    expect(JSON.stringify(lines)).toContain('"code":"22001","constraint":"persons_pesel"');
    expect(JSON.stringify(lines)).toContain('sample.ts');
    expect(JSON.stringify(lines)).not.toContain('44051401359');
  });

  it('is what a question becomes that takes too long', async () => {
    problemIn(await clerk.get('/api/v1/faults/slow'), 503, 'too_slow');
    await new Promise((resolve) => setTimeout(resolve, 150));
  });
});

describe('an answer that breaks its own schema', () => {
  it('is a 500 in tests and development, its values not in the log', async () => {
    lines.splice(0);
    problemIn(await clerk.get('/api/v1/faults/output'), 500, 'unexpected');
    expect(JSON.stringify(lines)).toContain('breaks its schema:  unrecognized_keys pesel');
    expect(JSON.stringify(lines)).not.toContain('44051401359');
  });

  it('is sent whole in production and reported in the log', async () => {
    const production = bench({ outputCheck: 'report' });
    const answer = await production.clerk.get('/api/v1/faults/output');
    expect([answer.status, answer.body]).toEqual([200, { lease: 'UN-1', district: 'x', pesel: '44051401359' }]);
    expect(production.lines.map(({ msg }) => msg)).toContain('answer breaks its schema');
  });
});
