import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plainDate } from '../../src/platform/dates/schema.ts';
import { DomainError } from '../../src/platform/errors.ts';
import type { Language } from '../../src/platform/language.ts';
import { speaking } from '../../src/platform/language.ts';
import { readFilters } from '../../src/web/forms/filters.ts';
import { choice, day, decimal, text, whole } from '../../src/web/forms/kinds.ts';
import { checkedForm, refusedForm } from '../../src/web/forms/read.ts';
import type { FormState } from '../../src/web/forms/state.ts';
import { textsIn } from '../../src/web/texts/index.ts';

const SCHEMA = z.strictObject({
  tariff: z.string().min(1), delivered: plainDate.optional(), points: z.int().max(9).optional(), rate: z.string().regex(/^\d+(?:\.\d+)?$/).optional(),
  scope: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('all') }), z.strictObject({ kind: z.literal('district'), district: z.string() })]),
});
const FIELDS = { tariff: text, delivered: day, points: whole, rate: decimal, 'scope.kind': choice, 'scope.district': text };
const sent = 'tariff=&delivered=31.02.2026&points=10&rate=dużo&scope.kind=city';

const on = <T>(language: Language, work: () => T): T => speaking({ language, onPage: true }, work);

describe('a form that is refused', () => {
  const form = (): FormState => checkedForm(SCHEMA, FIELDS, new URLSearchParams(sent));

  it('says in English what to do at each field', () => {
    expect(on('en', form)).toMatchObject({
      summary: 'Some of the data are not accepted. Correct the places named and send again.',
      errors: {
        tariff: 'Enter this value.', delivered: 'Enter day, month and year, for example 31.01.2026.', points: 'Enter a number that is at most 9.',
        rate: 'This value does not have the right form. Correct it.', 'scope.kind': 'Choose one of the list.',
      },
    });
  });

  it('says the same in Polish, with nothing of the patterns and codes behind it', () => {
    const { errors } = on('pl', form);
    expect(errors).toEqual({
      tariff: 'Podaj tę wartość.', delivered: 'Podaj dzień, miesiąc i rok, na przykład 31.01.2026.', points: 'Podaj liczbę najwyżej 9.',
      rate: 'Ta wartość nie ma właściwej postaci. Popraw ją.', 'scope.kind': 'Wybierz jedną z pozycji listy.',
    });
    expect(Object.values(errors).join()).not.toMatch(/RRRR|\^|all|district/);
  });

  it('names the day as its own hint does', () => {
    for (const language of ['pl', 'en'] as const) {
      const example = /\d\d\.\d\d\.\d{4}/.exec(textsIn(language).form.dayHint)?.[0] ?? 'no example';
      expect(on(language, form).errors['delivered']).toContain(example);
    }
  });

  it('tells what its command refused in the language of the page', () => {
    const refused = new DomainError('invalid', 'day_far', { day: '2999-01-31', latest: '2046-12-31' }, [{ field: 'delivered', code: 'day_far', args: { day: '2999-01-31', latest: '2046-12-31' } }]);
    const told = (language: Language): string | undefined => on(language, () => refusedForm(form(), refused).refused?.errors['delivered']);
    expect(told('en')).toBe('The day 31.01.2999 is too far ahead; the latest allowed is 31.12.2046. Check the year.');
    expect(told('pl')).toBe('Dzień 31.01.2999 jest zbyt odległy; najpóźniejszy dopuszczalny to 31.12.2046. Sprawdź rok.');
  });
});

describe('an address that is wrong', () => {
  it('is told in the language of the page, part by part', () => {
    const schema = z.strictObject({ kind: z.enum(['social']).optional(), since: plainDate.optional(), run: z.string().regex(/^\d+$/).optional() });
    const read = (language: Language): Readonly<Record<string, string>> => on(language, () => readFilters(schema, { since: day }, { values: { kind: 'x', since: '1.13.2026', run: 'a' }, errors: [] }).filters.errors);
    expect(read('en')).toEqual({ kind: 'Choose one of the list.', since: 'Enter day, month and year, for example 31.01.2026.', run: 'This value does not have the right form. Correct it.' });
    expect(read('pl')).toEqual({ kind: 'Wybierz jedną z pozycji listy.', since: 'Podaj dzień, miesiąc i rok, na przykład 31.01.2026.', run: 'Ta wartość nie ma właściwej postaci. Popraw ją.' });
  });
});
