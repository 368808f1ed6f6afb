/** The interface answers in the language it is asked in. */
import { describe, expect, it } from 'vitest';
import { bench, places, problemIn } from './support.ts';

const WRONG = { tariff: 5, businessDate: '31.01.2026', nope: 1 };

describe('an answer of the interface', () => {
  const { clerk, nobody } = bench();

  it.each([
    [undefined, 'pl'], ['pl', 'pl'], ['en', 'en'], ['en-GB,en;q=0.9,pl;q=0.5', 'en'], ['pl-PL,pl;q=0.9,en;q=0.8', 'pl'], ['en;q=0.3,pl;q=0.8', 'pl'], ['de', 'pl'], ['de,en;q=0.5', 'en'], ['*', 'pl'],
    ['en;q=0', 'pl'], ['en;q=x,,;;', 'pl'], ['\u00a1', 'pl'], ['x'.repeat(60), 'pl'],
  ])('to Accept-Language %s is %s', async (asked, language) => {
    const ask = nobody.get('/api/v1/leases');
    const answer = await (asked === undefined ? ask : ask.set('Accept-Language', asked));
    const { title } = problemIn(answer, 401, 'identity_missing');
    expect({ title, language: answer.get('content-language'), vary: answer.get('vary') }).toEqual({
      title: language === 'en' ? 'Not known who asks' : 'Nie wiadomo, kto pyta', language, vary: expect.stringContaining('Accept-Language') as string,
    });
  });

  it('names every wrong field in that language', async () => {
    const [polish, english] = await Promise.all(['pl', 'en'].map(async (language) => clerk.get('/api/v1/leases?page=0&nope=1&social=x').set('Accept-Language', language)));
    expect(polish === undefined ? [] : places(problemIn(polish, 422, 'invalid_input')).slice(0, 2)).toEqual(expect.arrayContaining(['page: Podaj liczbę całkowitą od 1 do 1000000.']));
    expect(english === undefined ? [] : places(problemIn(english, 422, 'invalid_input'))).toEqual(expect.arrayContaining([
      'page: Enter a whole number from 1 to 1000000.', 'social: Choose one of the values: true, false.', expect.stringMatching(/^nope: Unknown parameter\. Allowed: /),
    ]));
  });

  it('is never in the language of another request that is answered at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, async (_, index) => {
      const language = index % 2 === 0 ? 'pl' : 'en';
      const answer = await clerk.post('/api/v1/runs').set('Accept-Language', language).send(WRONG);
      return { language, told: answer.get('content-language'), words: problemIn(answer, 422, 'invalid_input').detail };
    }));
    for (const { language, told, words } of answers) {
      expect(told).toBe(language);
      expect(words).toMatch(language === 'pl' ? /^Niektóre dane/ : /^Some of the data/);
    }
  });

  it('says the same with the same code, whatever the language', async () => {
    const [polish, english] = await Promise.all(['pl', 'en'].map(async (language) => clerk.get('/api/v1/leases/UN-9999/rent?day=2026-01-31').set('Accept-Language', language)));
    expect(problemIn(polish as NonNullable<typeof polish>, 404, 'lease_unknown').detail).toBe('Nie ma umowy o numerze „UN-9999”.');
    expect(problemIn(english as NonNullable<typeof english>, 404, 'lease_unknown').detail).toBe('There is no lease with the number “UN-9999”.');
  });
});

describe('a refusal to a browser', () => {
  const told: { problem: string; code: string }[] = [];
  const { nobody } = bench({
    pageLanguage: (req) => (req.get('cookie')?.includes('en') === true ? 'en' : 'pl'),
    problemPage: (_req, res, { detail, code, status }) => {
      told.push({ problem: detail, code });
      res.status(status).type('html').send('page');
    },
  });

  it('speaks the language of the pages, whatever the browser prefers, and of no interface', async () => {
    const ask = async (cookie: string): Promise<string | undefined> => {
      await nobody.get('/nothing').set('Accept', 'text/html').set('Accept-Language', 'en').set('Cookie', cookie);
      return told.at(-1)?.problem;
    };
    expect(await ask('view=pl')).toBe('Pod tym adresem nic nie ma. Sprawdź go albo wróć na początek.');
    expect(await ask('view=en')).toBe('There is nothing at this address. Check it or go back to the start.');
  });

  it('is a document in the language of the interface below its addresses', async () => {
    const answer = await nobody.get('/api/v1/nothing').set('Accept', 'text/html').set('Accept-Language', 'en').set('Cookie', 'view=pl');
    expect(problemIn(answer, 404, 'route_unknown').detail).toContain('/api/docs');
    expect(answer.get('content-language')).toBe('en');
  });
});
