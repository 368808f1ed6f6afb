/** Statements in words: order, numbers, references, certainty, languages. */
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/platform/dates/instants.ts';
import { LawBook } from '../../../src/platform/law/book.ts';
import type { RenderOptions } from '../../../src/platform/statement/render.ts';
import { renderStatement, statementText } from '../../../src/platform/statement/render.ts';
import { faults } from '../../../src/platform/statement/lines.ts';
import type { Line } from '../../../src/platform/statement/types.ts';
import { shownNumber, shownQuantity } from '../../../src/platform/statement/numbers.ts';
import { dec } from '../../../src/platform/money.ts';
import { BOOK, KNOWN, TARIFF_LOOKUP, day } from '../../support/law.ts';

const ON = day('2026-06-01');

function shown(lines: readonly Line[], language: 'pl' | 'en' = 'pl', options: RenderOptions = { tariffs: TARIFF_LOOKUP, knownAt: KNOWN }, book = BOOK): ReturnType<typeof renderStatement> {
  return renderStatement({ version: 1, result: {}, lines }, book, ON, language, options);
}

const RENT: Line = { id: 'rent', rule: 'RATE-5', code: 'rent', amount: '1234.5 zł' };
const ITEM: Line = { id: 'item.50', rule: 'VAL-1', code: 'item', args: { item: '50', height: '270' }, amount: '0 pkt', law: 'item.50@KRK-P-2026-Z5' };

describe('numbers', () => {
  test.each([
    ['1234.5 zł', '1 234,50 zł', '1,234.50 zł'],
    ['-0.5295 zł/m2', '-0,5295 zł/m²', '-0.5295 zł/m²'],
    ['1234567.89 zł', '1 234 567,89 zł', '1,234,567.89 zł'],
    ['12 m2', '12,00 m²', '12.00 m²'],
    ['-2 pkt', '-2 pkt', '-2 pts'],
    ['5 %', '5 %', '5 %'],
    ['0 zł', '0,00 zł', '0.00 zł'],
    ['999 zł', '999,00 zł', '999.00 zł'],
  ] as const)('%s is %s in Polish and %s in English', (quantity, polish, english) => {
    expect(shownQuantity(quantity, 'pl').text.replaceAll('\u00a0', ' ')).toBe(polish);
    expect(shownQuantity(quantity, 'en').text.replaceAll('\u00a0', ' ')).toBe(english);
  });

  test('keep all their places and never show minus nothing', () => {
    expect(shownNumber(dec('0.124999'), 2, 'pl')).toBe('0,124999');
    expect(shownNumber(dec('-0.00'), 2, 'pl')).toBe('0,00');
  });
});

describe('lines', () => {
  test('stand after their parents, whatever their order in the statement, and one whose parent is missing is kept', () => {
    const lines: Line[] = [
      { id: 'rent.product', parent: 'rent', rule: 'RATE-5', code: 'rent_product', amount: '1 zł' },
      { id: 'lost', parent: 'nobody', rule: 'VAL-9', code: 'rounding', amount: '1 m2' },
      RENT,
    ];
    expect(shown(lines).lines.map(({ id, depth }) => `${depth} ${id}`)).toEqual(['0 lost', '0 rent', '1 rent.product']);
  });

  test('carry reference with the number of the item, certainty, strength and note', () => {
    const [line] = shown([{ ...ITEM, id: 'item.22', args: { item: '22', storey: '1' }, law: 'item.22@KRK-P-2026-Z5' }]).lines;
    expect(line).toMatchObject({
      text: '22. Położenie na I piętrze', certainty: 'reconstructed', strength: 'medium', note: expect.stringContaining('obrócone 1') as string,
      observed: [{ name: 'kondygnacja głównego poziomu (parter = 0)', value: '1' }],
      reference: { code: 'KRK-P-2026-Z5', place: 'załącznik nr 5, wartość punktowa cech, poz. 22', item: '22' },
    });
  });

  test('tell a code without words as it is, and a value the law does not have as unknown', () => {
    const result = shown([{ id: 'x', rule: 'VAL-1', code: 'strange', amount: '1 pkt', law: 'item.999@NOWHERE' }]);
    expect(result.lines[0]).toMatchObject({ text: 'strange', certainty: null, reference: { code: 'NOWHERE', title: 'NOWHERE' } });
    expect(statementText(result)).toContain('pewność nieznana: poz. 999');
  });
});

describe('what a statement rests on', () => {
  test('names each uncertain value once, with the lines that use it', () => {
    const lowering = (item: string): Line => ({ id: `rate.lowering.${item}`, rule: 'VAL-6', code: 'rounding', law: 'lowering.max@ODCZYT-VAL-6A' });
    expect(shown([lowering('72'), lowering('73'), ITEM]).uncertain).toMatchObject([
      { key: 'lowering.max', name: 'największe łączne obniżenie stawki za stan techniczny', certainty: 'assumed', lines: ['rate.lowering.72', 'rate.lowering.73'] },
    ]);
  });

  test('takes the certainty of the category’s own rate where the tariff gives one', () => {
    const line: Line = { id: 'rate.category', rule: 'RATE-1', code: 'category_rate', args: { category: 'XI', points: '12', basis: 'points' }, law: 'tariff.krk-2025@KRK-ZARZ-2025' };
    expect(shown([line]).lines[0]?.certainty).toBe('reported');
    expect(shown([{ ...line, args: { ...line.args, category: 'X' } }]).lines[0]?.certainty).toBe('assumed');
    expect(shown([line], 'pl', {}).uncertain).toMatchObject([{ key: 'tariff.krk-2025', certainty: null }]);
  });

  test('is said as the law was known then, though a corrected reading came later', () => {
    const then = '2026-03-01T00:00:00.000000Z' as Instant;
    const items = BOOK.tables.items.flatMap((item) =>
      item.item === '50' && item.reference === 'KRK-P-2026-Z5'
        ? [{ ...item, certainty: 'assumed' as const, knownTo: then }, { ...item, text: 'Nowe słowa', knownFrom: then }]
        : [item],
    );
    const book = new LawBook({ ...BOOK.tables, items });
    const before = shown([ITEM], 'pl', { knownAt: '2026-02-01T00:00:00.000000Z' as Instant }, book);
    expect(before.lines[0]).toMatchObject({ text: '50. Wysokość mieszkania od 240 do 350 cm', certainty: 'assumed' });
    expect(shown([ITEM], 'pl', { knownAt: then }, book).lines[0]).toMatchObject({ text: '50. Nowe słowa', certainty: 'printed' });
    expect(shown([ITEM], 'pl', {}, book).lines[0]).toMatchObject({ text: '50. Nowe słowa' });
  });
});

describe('the text', () => {
  const lines: Line[] = [
    RENT,
    { id: 'rent.product', parent: 'rent', rule: 'RATE-5', code: 'rent_product', quantity: '100 m2', rate: '12.344 zł/m2', amount: '1234.4 zł' },
    { id: 'rent.rounding', parent: 'rent', rule: 'RATE-5', code: 'rounding', amount: '0.1 zł', law: 'rent.rounding_places@ODCZYT-RATE-5' },
    ITEM,
  ];

  test('aligns amounts at the decimal mark, in Polish', () => {
    expect(statementText(shown(lines))).toBe(
      [
        '1 234,50 zł   Czynsz miesięczny (C)  [RATE-5]',
        '1 234,40 zł     powierzchnia użytkowa × stawka (Pw × S): 100,00 m² × 12,344 zł/m²  [RATE-5]',
        '    0,10 zł     zaokrąglenie, połówki w górę  [RATE-5 · ODCZYT-RATE-5 · przyjęte]',
        '    0    pkt  50. Wysokość mieszkania od 240 do 350 cm – stwierdzono: wysokość największego pokoju: 270 cm  [VAL-1 · KRK-P-2026-Z5 poz. 50]',
        'Opiera się na wartościach, których nie podaje druk aktu:',
        '  przyjęte: rent.rounding_places',
      ].join('\n'),
    );
  });

  test('and in English, the act in its own words', () => {
    expect(statementText(shown(lines, 'en'))).toBe(
      [
        '1,234.50 zł   Monthly rent (C)  [RATE-5]',
        '1,234.40 zł     usable area × rate (Pw × S): 100.00 m² × 12.344 zł/m²  [RATE-5]',
        '    0.10 zł     rounding, halves up  [RATE-5 · ODCZYT-RATE-5 · assumed]',
        '    0    pts  50. Wysokość mieszkania od 240 do 350 cm – found: wysokość największego pokoju: 270 cm  [VAL-1 · KRK-P-2026-Z5 item 50]',
        'Rests on values that no act prints:',
        '  assumed: rent.rounding_places',
      ].join('\n'),
    );
  });
});

describe('what does not add up', () => {
  test('is found: sums, products, parents, ids', () => {
    const wrong: Line[] = [
      RENT,
      { id: 'rent.product', parent: 'rent', rule: 'RATE-5', code: 'rent_product', quantity: '10 m2', rate: '10 zł/m2', amount: '100.01 zł' },
      { id: 'lost', parent: 'nobody', rule: 'VAL-9', code: 'rounding' },
      { id: 'lost', rule: 'VAL-9', code: 'rounding' },
    ];
    expect(faults({ version: 1, result: {}, lines: wrong })).toEqual([
      'two lines have one id', 'rent: its lines sum to 100.01, not 1234.5 zł', 'rent.product: quantity × rate is not the amount', 'lost: no parent nobody',
    ]);
  });
});
