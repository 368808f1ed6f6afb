import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plainDate } from '../../src/platform/dates/schema.ts';
import { DomainError } from '../../src/platform/errors.ts';
import { readFilters } from '../../src/web/forms/filters.ts';
import { choice, choices, day, decimal, flag, text, whole } from '../../src/web/forms/kinds.ts';
import { checkedForm, emptyForm, refusedForm, typedForm } from '../../src/web/forms/read.ts';
import { rowsIn } from '../../src/web/forms/rows.ts';

describe('what people type', () => {
  it('is a day in the Polish or the international way', () => {
    for (const typed of ['31.01.2026', '31.1.2026', '31-01-2026', '31/01/2026', ' 31.01.2026 ', '2026-01-31']) expect(day.read([typed])).toBe('2026-01-31');
    expect(day.read(['31.01.26'])).toBe('31.01.26');
    expect(day.read(['  '])).toBeUndefined();
    expect(day.write('2026-01-31')).toBe('31.01.2026');
    expect(day.write('jutro')).toBe('jutro');
  });

  it('is a number with a comma or a point, with spaces between thousands, and nothing else', () => {
    const cases = [['12,5', '12.5'], ['12.50', '12.50'], ['1 234,50', '1234.50'], ['1\u00a0234', '1234'], ['-3', '-3'], ['1,234,5', '1,234,5'], ['12 zł', '12 zł'], ['1e3', '1e3'], ['', undefined]] as const;
    for (const [typed, read] of cases) expect(decimal.read([typed])).toBe(read);
    expect(decimal.write('12.5')).toBe('12,5');
  });

  it('comes back as it was shown, for every day and every amount', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (at) => {
      const given = at.toISOString().slice(0, 10);
      expect(day.read([day.write(given)])).toBe(given);
    }));
    fc.assert(fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (hundredths) => {
      const given = (hundredths / 100).toFixed(2);
      expect(decimal.read([decimal.write(given)])).toBe(given);
    }));
  });

  it('is ticked, chosen, chosen many times, or a whole number', () => {
    expect([flag.read([]), flag.read(['']), flag.read(['false']), flag.read(['true'])]).toEqual([false, false, false, true]);
    expect([choice.read(['']), choice.read(['a'])]).toEqual([undefined, 'a']);
    expect(choices.read(['a', '', 'b'])).toEqual(['a', 'b']);
    expect([whole.read(['12']), whole.read(['12,5'])]).toEqual([12, '12,5']);
    expect(text.read(['a\r\nb'])).toBe('a\nb');
  });
});

const SCHEMA = z.strictObject({ tariff: z.string().min(1), delivered: plainDate.optional(), scope: z.strictObject({ kind: z.enum(['all', 'district']), district: z.string().max(9).optional() }) });
const FIELDS = { tariff: text, delivered: day, 'scope.kind': choice, 'scope.district': text };

describe('a form', () => {
  it('gives the command what its own schema reads, names with a dot leading inwards', () => {
    const form = checkedForm(SCHEMA, FIELDS, new URLSearchParams('tariff=krk-2027&delivered=10.12.2026&scope.kind=all&scope.district=&_csrf=secret'));
    expect(form.value).toEqual({ tariff: 'krk-2027', delivered: '2026-12-10', scope: { kind: 'all' } });
    expect(form.errors).toEqual({});
  });

  it('names every wrong field and keeps all that was typed', () => {
    const form = checkedForm(SCHEMA, FIELDS, new URLSearchParams('tariff=&delivered=31.02.2026&scope.kind=city&scope.district=XVIII+Nowa+Huta'));
    expect(form.value).toBeNull();
    expect(Object.keys(form.errors).sort()).toEqual(['delivered', 'scope.district', 'scope.kind', 'tariff']);
    expect(form.values).toEqual({ tariff: [''], delivered: ['31.02.2026'], 'scope.kind': ['city'], 'scope.district': ['XVIII Nowa Huta'] });
  });

  it('tells what its command refused, at the field where it is one and in the summary where it is none', () => {
    const form = checkedForm(SCHEMA, FIELDS, new URLSearchParams('tariff=x&scope.kind=all'));
    const { refused, status } = refusedForm(form, new DomainError('invalid', 'person_refused', {}, [{ field: 'tariff', code: 'pesel_form' }, { field: 'elsewhere', code: 'pesel_date' }]));
    expect(status).toBe(422);
    expect(Object.keys(refused?.errors ?? {})).toEqual(['tariff']);
    expect(refused?.summary).toContain('elsewhere: ');
    expect(refused?.values['tariff']).toEqual(['x']);
  });

  it('leaves to the router what is none of its business', () => {
    const form = checkedForm(SCHEMA, FIELDS, new URLSearchParams('tariff=x&scope.kind=all'));
    expect(refusedForm(form, new DomainError('forbidden', 'not_permitted', {})).refused).toBeNull();
    expect(refusedForm(form, new DomainError('forbidden', 'decision_own', {})).refused).not.toBeNull();
  });

  it('shows at first what it begins with, as people write it', () => {
    expect(emptyForm(FIELDS, { delivered: '2026-12-10', tariff: 'krk' }).values).toEqual({ delivered: ['10.12.2026'], tariff: ['krk'] });
  });
});

describe('an address', () => {
  const schema = z.strictObject({ kind: z.enum(['social']).optional(), ends_by: plainDate.optional(), page: z.string().default('1') });

  it('is read part by part: what is wrong is told and left out, the rest counts', () => {
    const { query, filters } = readFilters(schema, { ends_by: day }, { values: { kind: 'social', ends_by: '31.02.2026', other: 'x' }, errors: [] });
    expect(query).toEqual({ kind: 'social', page: '1', ends_by: undefined });
    expect(Object.keys(filters.errors)).toEqual(['ends_by']);
    expect(filters.values).toEqual({ kind: ['social'], ends_by: ['31.02.2026'] });
  });

  it('may be anything at all without an error of ours', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('kind', 'ends_by', 'page', '__proto__', 'x'), fc.string({ unit: 'binary' })), (values) => {
      const { query } = readFilters(schema, { ends_by: day }, { values, errors: [] });
      expect(query['page']).toBeTypeOf('string');
    }));
  });
});

describe('a form in rows', () => {
  const ROWS = z.strictObject({ code: z.string().min(1), rows: z.array(z.strictObject({ name: z.string().min(1), rate: z.string().regex(/^\d/), note: z.string().optional() })).min(1).max(3) });
  const KINDS = { code: text, 'rows.*.name': text, 'rows.*.rate': decimal, 'rows.*.note': text };
  const read = (sent: string): ReturnType<typeof checkedForm<typeof ROWS>> => checkedForm(ROWS, KINDS, new URLSearchParams(sent));

  it('gives the rows in their order, without the empty ones', () => {
    const form = read('code=a&rows.10.name=III&rows.10.rate=3&rows.2.name=II&rows.2.rate=2,5&rows.0.name=I&rows.0.rate=1&rows.1.name=&rows.1.rate=+&rows.1.note=');
    expect(form.value).toEqual({ code: 'a', rows: [{ name: 'I', rate: '1' }, { name: 'II', rate: '2.5' }, { name: 'III', rate: '3' }] });
    expect(form.values['rows.1.rate']).toEqual(['2,5']);
  });

  it('tells what is wrong at the row where it is shown again', () => {
    const form = read('code=a&rows.0.name=I&rows.0.rate=1&rows.5.name=II&rows.5.rate=dużo');
    expect(Object.keys(form.errors)).toEqual(['rows.1.rate']);
    expect(form.values['rows.1.rate']).toEqual(['dużo']);
  });

  it('tells of a row or a list as a whole at its first field, and says all that is wrong there', () => {
    expect(Object.keys(read('code=a').errors)).toEqual(['rows.0.name']);
    const form = read('code=a&rows.0.name=I&rows.0.rate=1');
    const { refused } = refusedForm(form, new DomainError('invalid', 'tariff_refused', { tariff: 'a' }, [{ field: 'rows.0', code: 'tariff_empty' }, { field: 'rows', code: 'tariff_same_category' }]));
    expect(refused?.errors).toEqual({ 'rows.0.name': 'Taryfa nie ma żadnej kategorii. Dwie kategorie mają tę samą nazwę.' });
  });

  it('is shown again as it stands when more rows are asked for', () => {
    const form = typedForm(KINDS, new URLSearchParams('code=&rows.0.name=&rows.3.name=I&rows.3.rate=x'));
    expect(form).toMatchObject({ errors: {}, summary: null, value: null });
    expect(rowsIn(form.values, 'rows')).toBe(1);
    expect(emptyForm(KINDS, { 'rows.0.rate': '2.5' }).values).toEqual({ 'rows.0.rate': ['2,5'] });
  });

  it('takes no names that it does not know, whatever they look like', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('rows.0.name', 'rows.99999.name', 'rows.-1.name', 'rows.0.constructor', 'rows.__proto__.name', 'rows..name', 'code.0.name'), fc.string({ maxLength: 3 })), { maxLength: 6 }), (sent) => {
      const { values } = typedForm(KINDS, new URLSearchParams(sent));
      for (const name of Object.keys(values)) expect(name).toMatch(/^(?:code|rows\.0\.(?:name|rate|note))$/);
    }));
  });
});
