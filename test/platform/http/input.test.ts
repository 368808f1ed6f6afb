import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bench, places, problemIn } from './support.ts';
import { seen } from './sample.ts';

const { clerk } = bench();
const RUNS = '/api/v1/runs';
const NOTE = '/api/v1/leases/UN-0001/note';
const post = (text: string, type = 'application/json') => clerk.post(RUNS).set('Content-Type', type).send(text);
/** As they are: supertest would write a buffer as JSON. */
const postBytes = (bytes: Buffer) => clerk.post(RUNS).set('Content-Type', 'application/json').serialize(() => bytes as unknown as string).send(bytes);

describe('a query string', () => {
  it('with an unknown parameter is refused and the known ones are named', async () => {
    const told = problemIn(await clerk.get('/api/v1/leases?distrct=Podg%C3%B3rze&__proto__=1'), 422, 'invalid_input');
    const known = 'Nieznany parametr. Dozwolone: district, social, page, per_page, sort.';
    expect(places(told)).toEqual(['__proto__: Pole nie może mieć tej nazwy.', `distrct: ${known}`]);
    expect(places(problemIn(await clerk.get('/api/v1/leases/UN-0001?x=1'), 422, 'invalid_input'))).toEqual(['x: Nieznany parametr. Ten adres nie przyjmuje parametrów.']);
  });

  it('with a repeated parameter is refused', async () => {
    const told = problemIn(await clerk.get('/api/v1/leases?page=1&page=2'), 422, 'invalid_input');
    expect(places(told)).toEqual(['page: Parametr podano więcej niż raz. Zostaw jeden.']);
  });

  it.each(['0', '-1', '1e1', '0x10', ' 1', '1.5', '', '9'.repeat(20), 'NaN', '1000001'])('does not take %j for a page number', async (page) => {
    const told = problemIn(await clerk.get('/api/v1/leases').query({ page }), 422, 'invalid_input');
    expect(places(told)).toEqual(['page: Podaj liczbę całkowitą od 1 do 1000000.']);
  });

  it('names every wrong place at once', async () => {
    const told = problemIn(await clerk.get('/api/v1/leases?per_page=201&sort=rent&social=tak'), 422, 'invalid_input');
    expect(places(told)).toEqual([
      'social: Wybierz jedną z wartości: true, false.',
      'per_page: Podaj liczbę całkowitą od 1 do 200.',
      'sort: Wybierz jedną z wartości: lease, -lease, district, -district.',
    ]);
  });

  it('without what is required says so', async () => {
    expect(places(problemIn(await clerk.get('/api/v1/leases/UN-0001/rent'), 422, 'invalid_input'))).toEqual(['day: Podaj tę wartość.']);
    expect(places(problemIn(await clerk.get('/api/v1/leases/UN-0001/rent?day=2026-02-30'), 422, 'invalid_input'))[0]).toContain('day: Podaj dzień');
  });
});

describe('a body', () => {
  it('that is no JSON is a 400', async () => {
    for (const text of ['{', '{"a":1,}', 'tariff=x', '\ufeff\ufeff{}', "{'a':1}", '[1,2', 'undefined']) problemIn(await post(text), 400, 'body_not_json');
  });

  it('of another format is a 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml', 'nonsense']) problemIn(await post('{"tariff":"x"}', type), 415, 'body_type');
    problemIn(await post('{}', 'application/json; charset=utf-16'), 415, 'body_encoding');
    problemIn(await post('{}', 'application/json; charset=windows-1250'), 415, 'body_encoding');
    problemIn(await post('{}').set('Content-Encoding', 'rot13'), 415, 'body_packed');
  });

  it('that is not UTF-8 is refused instead of being kept with replaced letters', async () => {
    problemIn(await postBytes(Buffer.from('{"tariff":"Krak\xf3w"}', 'latin1')), 400, 'body_encoding');
  });

  it('that is too large is a 413, packed or not, and a route has its own limit', async () => {
    problemIn(await post(JSON.stringify({ tariff: 'x'.repeat(1024 * 1024) })), 413, 'body_too_large');
    problemIn(await postBytes(gzipSync(JSON.stringify({ tariff: 'x'.repeat(2 * 1024 * 1024) }))).set('Content-Encoding', 'gzip'), 413, 'body_too_large');
    problemIn(await clerk.put(NOTE).send({ text: 'x', free: 'y'.repeat(2_100) }), 413, 'body_too_large');
    problemIn(await postBytes(Buffer.from('no gzip')).set('Content-Encoding', 'gzip'), 400, 'body_unreadable');
  });

  it('is required where it is declared and refused where it is not', async () => {
    problemIn(await clerk.post(RUNS), 400, 'body_missing');
    problemIn(await clerk.get('/api/v1/leases').send({ page: 2 }), 400, 'body_unexpected');
    problemIn(await clerk.delete(NOTE).send({ text: 'x' }), 400, 'body_unexpected');
    expect((await clerk.delete(NOTE)).status).toBe(204);
  });

  it('with unknown fields is refused at every level, naming them', async () => {
    const told = problemIn(await clerk.post(RUNS).send({ tariff: 'K', tarif: 1, scope: { kind: 'all', distrct: 'x' } }), 422, 'invalid_input');
    expect(places(told)).toEqual(['scope.distrct: Nieznane pole. Usuń je albo popraw nazwę.', 'tarif: Nieznane pole. Usuń je albo popraw nazwę.']);
  });

  it('of the wrong kind is told apart from a missing value', async () => {
    expect(places(problemIn(await clerk.post(RUNS).send({ scope: { kind: 'everything' } }), 422, 'invalid_input'))).toEqual([
      'tariff: Podaj tę wartość.',
      'scope.kind: Wybierz jedną z wartości: all, district.',
    ]);
    for (const text of ['null', '1', '"x"', '[]', 'true']) problemIn(await post(text), 422, 'invalid_input');
  });

  it('may be nested 32 levels deep, not more, and never overflows', async () => {
    const nested = (levels: number): string => `{"text":"x","free":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const put = (text: string) => clerk.put(NOTE).set('Content-Type', 'application/json').send(text);
    expect((await put(nested(31))).status).toBe(204);
    problemIn(await put(nested(33)), 400, 'body_too_deep');
    problemIn(await post('['.repeat(500_000) + ']'.repeat(500_000)), 400, 'body_too_deep');
    problemIn(await post('{"tariff":'.repeat(90_000) + '1' + '}'.repeat(90_000)), 400, 'body_too_deep');
  });

  it('reaches the command with its defaults', async () => {
    expect((await clerk.post(RUNS).send({ tariff: '  KRK ' })).status).toBe(202);
    expect(seen.at(-1)?.body).toEqual({ tariff: 'KRK', scope: { kind: 'all' } });
  });
});

describe('texts that no table can keep', () => {
  const NUL = 'Tekst zawiera znak o kodzie zero, którego nie można zapisać. Usuń go.';

  it('are refused in path, query and body, in values and in names', async () => {
    expect(places(problemIn(await clerk.get('/api/v1/leases/a%00b'), 422, 'invalid_input'))).toEqual([`lease: ${NUL}`]);
    expect(places(problemIn(await clerk.get('/api/v1/leases?district=%00'), 422, 'invalid_input'))).toEqual([`district: ${NUL}`]);
    const told = problemIn(await clerk.put(NOTE).send({ text: 'a\u0000', free: [{ deep: ['\u0000', 'fine'] }], labels: { 'k\u0000': 'x' } }), 422, 'invalid_input');
    expect(places(told)).toEqual([`text: ${NUL}`, `free.0.deep.0: ${NUL}`, `labels.k\u0000: ${NUL}`]);
  });

  it('include half a character', async () => {
    const told = problemIn(await clerk.put(NOTE).set('Content-Type', 'application/json').send('{"text":"\\ud83d","free":"\\ud83d\\ude00"}'), 422, 'invalid_input');
    expect(told.errors?.map(({ field }) => field)).toEqual(['text']);
  });
});

describe('what is meant to harm', () => {
  it('names of prototypes are refused and change nothing', async () => {
    const put = (text: string) => clerk.put(NOTE).set('Content-Type', 'application/json').send(text);
    const told = problemIn(await put('{"text":"x","__proto__":{"admin":true},"labels":{"__proto__":"y"},"free":{"a":{"__proto__":1}}}'), 422, 'invalid_input');
    expect(told.errors?.map(({ field }) => field)).toEqual(['__proto__', 'labels.__proto__', 'free.a.__proto__']);
    expect((await put('{"text":"x","labels":{"constructor":"y","prototype":"z"}}')).status).toBe(204);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it('does not make the answer longer than what was sent', async () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, '\u0000']));
    const answer = await clerk.post(RUNS).send({ tariff: 'K', ...keys });
    expect(problemIn(answer, 422, 'invalid_input').errors).toHaveLength(100);
    const plain = Object.fromEntries(Object.keys(keys).map((key) => [key, 1]));
    expect(problemIn(await clerk.post(RUNS).send(plain), 422, 'invalid_input').errors).toHaveLength(100);
    const long = problemIn(await clerk.post(RUNS).send({ ['k'.repeat(100_000)]: 1 }), 422, 'invalid_input');
    expect(JSON.stringify(long).length).toBeLessThan(2_000);
  });
});
