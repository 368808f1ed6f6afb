import { describe, expect, it } from 'vitest';
import { LONGEST_URL } from '../../../src/platform/http/index.ts';
import { bench, problemIn } from './support.ts';
import { seen } from './sample.ts';

const { clerk, nobody, lines } = bench();

describe('an address', () => {
  it('that is not there is a 404 that says where the list is', async () => {
    for (const path of ['/api/v1/nothing', '/api/v1/leases/', '/api/v1/Leases', '/elsewhere', '/']) problemIn(await clerk.get(path), 404, 'route_unknown');
  });

  it('refuses a method it does not know and names those it knows', async () => {
    const answer = await clerk.delete('/api/v1/leases');
    expect(problemIn(answer, 405, 'method_unknown').detail).toContain('DELETE');
    expect(answer.get('allow')).toBe('GET, HEAD, OPTIONS');
    const both = await clerk.patch('/api/v1/leases/UN-0001/note');
    problemIn(both, 405, 'method_unknown');
    expect(both.get('allow')).toBe('PUT, DELETE, OPTIONS');
  });

  it('with fixed words wins over one with a parameter, whatever the order of declaration', async () => {
    expect((await clerk.get('/api/v1/leases/export')).body).toEqual({ export: true });
    expect((await clerk.get('/api/v1/leases/UN-0001')).body).toEqual({ lease: 'UN-0001', district: 'x' });
  });

  it('tells its methods to OPTIONS without asking who', async () => {
    const answer = await nobody.options('/api/v1/runs');
    expect([answer.status, answer.get('allow')]).toEqual([204, 'POST, OPTIONS']);
    problemIn(await nobody.options('/api/v1/nothing'), 404, 'route_unknown');
  });

  it('answers HEAD like GET without a body', async () => {
    const answer = await clerk.head('/api/v1/leases');
    expect(answer.status).toBe(200);
    expect(answer.get('link')).toContain('rel="next"');
    expect(answer.body).toEqual({});
    expect((await clerk.head('/api/v1/runs')).status).toBe(405);
  });

  it('with wrong percent encoding is refused, in the path and in the query', async () => {
    for (const path of ['/api/v1/leases/%ff/rent', '/api/v1/leases/%', '/%c3%28', '/api/v1/leases?district=%ff', '/api/v1/leases?%E0%A4%A=1']) {
      problemIn(await clerk.get(path), 400, 'url_encoding');
    }
  });

  it('that is too long is refused', async () => {
    problemIn(await clerk.get(`/api/v1/leases?district=${'x'.repeat(LONGEST_URL)}`), 414, 'url_too_long');
  });

  it('keeps slashes, blanks and Polish letters in its parameters', async () => {
    const answer = await clerk.get(`/api/v1/leases/${encodeURIComponent('Ż/1 ó+')}`);
    expect(answer.body).toEqual({ lease: 'Ż/1 ó+', district: 'x' });
  });
});

describe('the number of a request', () => {
  it('is the given one when it is safe, and reaches the command', async () => {
    const answer = await clerk.get('/api/v1/leases/UN-0001/rent?day=2026-01-31').set('X-Request-Id', 'abc-1.2_3');
    expect(answer.get('x-request-id')).toBe('abc-1.2_3');
    expect(seen.at(-1)?.requestId).toBe('abc-1.2_3');
  });

  it.each(['', 'a b', 'x'.repeat(65), '../../etc', '<script>', '-rf', 'ą'])('is replaced when %j is sent', async (given) => {
    const answer = await clerk.get('/api/v1/nothing').set('X-Request-Id', Buffer.from(given).toString('latin1'));
    expect(problemIn(answer, 404, 'route_unknown').requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('an answer', () => {
  it('is not stored, not tagged, and protected by a strict policy', async () => {
    for (const path of ['/api/v1/leases', '/api/v1/nothing', '/api/openapi.json', '/api/docs']) {
      const answer = await clerk.get(path);
      expect(answer.get('cache-control')).toBe('no-store');
      expect(answer.get('etag')).toBeUndefined();
      expect(answer.get('x-powered-by')).toBeUndefined();
      expect(answer.get('x-content-type-options')).toBe('nosniff');
      const policy = answer.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|data:|https?:|\*/);
    }
  });

  it('is whole whatever the client says it knows already', async () => {
    for (const path of ['/api/v1/leases/export', '/api/openapi.json']) {
      const answer = await clerk.get(path).set('If-None-Match', '*').set('If-Modified-Since', new Date().toUTCString());
      expect(answer.status).toBe(200);
    }
  });

  it('that is long is compressed for whoever accepts it', async () => {
    expect((await clerk.get('/api/v1/leases')).get('content-encoding')).toBe('gzip');
    expect((await clerk.get('/api/v1/leases').set('Accept-Encoding', 'identity')).get('content-encoding')).toBeUndefined();
  });
});

describe('the log', () => {
  it('has one line a request with the template of the path and nothing personal', async () => {
    lines.splice(0);
    await clerk.get('/api/v1/leases/Jan-Kowalski/rent?day=2026-01-31').set('X-Request-Id', 'r1');
    await clerk.get('/api/v1/Jan-Kowalski');
    expect(lines.map(({ requestId, method, path, status, msg }) => ({ requestId: requestId === 'r1', method, path, status, msg }))).toEqual([
      { requestId: true, method: 'GET', path: '/api/v1/leases/:lease/rent', status: 404, msg: 'request' },
      { requestId: false, method: 'GET', path: null, status: 404, msg: 'request' },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/Kowalski|2026-01-31|anna/);
  });
});
