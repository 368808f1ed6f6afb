import { describe, expect, it } from 'vitest';
import { parsePlainDate } from '../../../src/platform/dates/plain.ts';
import { Dec } from '../../../src/platform/money.ts';
import {
  CellError, cellText, code, date, decimal, integer, list, option, optional, text, time, yesNo, type Column,
} from '../../../src/platform/tabular/index.ts';

const base = { help: 'Pomoc.', example: '12,50' };

/** What the person is told about this cell. */
function told(column: Column<unknown>, cell: string): string {
  try {
    column.read(cell);
  } catch (error) {
    if (error instanceof CellError) return `${error.code}: ${cellText(error.code, error.args)}`;
    throw error;
  }
  return 'nothing is refused';
}

describe('a decimal column', () => {
  const amount = decimal('kwota', { ...base, places: 2 });

  it.each([
    ['12,50', '12.5'],
    ['12.50', '12.5'],
    [' 12,5 ', '12.5'],
    ['-12,50', '-12.5'],
    ['0', '0'],
    ['1234567,89', '1234567.89'],
    ['007,10', '7.1'],
  ])('takes %s', (cell, value) => {
    expect(amount.read(cell).toFixed()).toBe(value);
  });

  it.each([
    ['1.234,50', 'decimal_dot_thousands: Kwota „1.234,50” ma kropkę tysięcy. Wpisz 1234,50.'],
    ['1 234,50', 'decimal_thousands: Liczba „1 234,50” ma oddzielone tysiące. Wpisz 1234,50.'],
    ['1\u00a0234,50', 'decimal_thousands: Liczba „1 234,50” ma oddzielone tysiące. Wpisz 1234,50.'],
    ['1\u202f234', 'decimal_thousands: Liczba „1 234” ma oddzielone tysiące. Wpisz 1234.'],
    ['1 234,50 zł', 'decimal_thousands: Liczba „1 234,50 zł” ma oddzielone tysiące. Wpisz 1234,50.'],
    ['1,234.50', 'decimal_thousands: Liczba „1,234.50” ma oddzielone tysiące. Wpisz 1234,50.'],
    ['-1.234.567', 'decimal_dot_thousands: Kwota „-1.234.567” ma kropkę tysięcy. Wpisz -1234567.'],
    ['1.234', 'decimal_places: Liczba „1.234” ma za dużo cyfr po przecinku (najwyżej 2). Zaokrąglij ją albo popraw, np. 12,50.'],
    ['12,505', 'decimal_places: Liczba „12,505” ma za dużo cyfr po przecinku (najwyżej 2). Zaokrąglij ją albo popraw, np. 12,50.'],
    ['1e3', 'decimal_exponent: „1e3” to zapis wykładniczy. Wpisz liczbę w całości, np. 12,50.'],
    ['1,5E+03', 'decimal_exponent: „1,5E+03” to zapis wykładniczy. Wpisz liczbę w całości, np. 12,50.'],
    ['', 'missing: Brakuje wartości, a jest potrzebna. Wpisz ją.'],
    ['   ', 'missing: Brakuje wartości, a jest potrzebna. Wpisz ją.'],
    ['-', 'decimal_dash: „-” nie jest liczbą. Jeżeli to zero, wpisz 0. Jeżeli wartości nie ma, zostaw puste pole.'],
    ['–', 'decimal_dash: „–” nie jest liczbą. Jeżeli to zero, wpisz 0. Jeżeli wartości nie ma, zostaw puste pole.'],
    ['brak', 'decimal_dash: „brak” nie jest liczbą. Jeżeli to zero, wpisz 0. Jeżeli wartości nie ma, zostaw puste pole.'],
    ['12,50 zł', 'decimal_unit: Przy liczbie „12,50 zł” stoi jednostka. Wpisz samą liczbę: 12,50.'],
    ['48,5 m²', 'decimal_unit: Przy liczbie „48,5 m²” stoi jednostka. Wpisz samą liczbę: 48,5.'],
    ['8,50 zł/m2', 'decimal_unit: Przy liczbie „8,50 zł/m2” stoi jednostka. Wpisz samą liczbę: 8,50.'],
    ['12,', 'decimal_form: „12,” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
    [',5', 'decimal_form: „,5” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
    ['1,2,3', 'decimal_form: „1,2,3” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
    ['+5', 'decimal_form: „+5” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
    ['Infinity', 'decimal_form: „Infinity” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
    ['0x10', 'decimal_form: „0x10” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
    ['٣', 'decimal_form: „٣” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,50.'],
  ])('refuses %j and names the right form', (cell, expected) => {
    expect(told(amount, cell)).toBe(expected);
  });

  it('counts its least and greatest value in', () => {
    const area = decimal('powierzchnia', { ...base, places: 2, min: '0', max: '100.00' });
    expect(area.read('0').toFixed()).toBe('0');
    expect(area.read('100,00').toFixed()).toBe('100');
    expect(told(area, '-0,01')).toBe('negative: Liczba „-0,01” jest ujemna, a tu nie może być mniejsza niż 0. Popraw ją.');
    expect(told(area, '100,01')).toBe('above_max: Liczba „100,01” jest za duża. Największa dopuszczalna to 100,00.');
    expect(told(decimal('k', { ...base, places: 2, min: '10.5' }), '10,49')).toBe('below_min: Liczba „10,49” jest za mała. Najmniejsza dopuszczalna to 10,5.');
  });

  it('writes a comma and all its places, and refuses to round', () => {
    expect(amount.write(new Dec('1234.5'))).toBe('1234,50');
    expect(amount.write(new Dec('-0'))).toBe('0,00');
    expect(() => amount.write(new Dec('0.001'))).toThrow(RangeError);
    expect(() => amount.write(new Dec(NaN))).toThrow(RangeError);
  });

  it('is a number in a spreadsheet as long as a spreadsheet keeps all its digits', () => {
    expect(amount.cell(new Dec('1234567890123.45'))).toEqual({ number: 1234567890123.45, places: 2 });
    expect(amount.cell(new Dec('12345678901234.56'))).toBe('12345678901234,56');
  });
});

describe('a whole number column', () => {
  const storey = integer('pietro', { help: 'x', example: '3', min: -2, max: 60 });

  it('takes whole numbers within its range', () => {
    expect([storey.read('-2'), storey.read('60'), storey.read(' 7 ')]).toEqual([-2, 60, 7]);
  });

  it.each([
    ['3,5', 'integer_form: „3,5” nie jest liczbą całkowitą. Wpisz same cyfry, np. 3.'],
    ['trzy', 'integer_form: „trzy” nie jest liczbą całkowitą. Wpisz same cyfry, np. 3.'],
    ['1 234', 'decimal_thousands: Liczba „1 234” ma oddzielone tysiące. Wpisz 1234.'],
    ['61', 'above_max: Liczba „61” jest za duża. Największa dopuszczalna to 60.'],
    ['-3', 'below_min: Liczba „-3” jest za mała. Najmniejsza dopuszczalna to -2.'],
  ])('refuses %s', (cell, expected) => {
    expect(told(storey, cell)).toBe(expected);
  });

  it('refuses what a number cannot hold exactly', () => {
    expect(told(integer('n', { help: 'x', example: '1' }), '9007199254740993')).toContain('above_max');
  });
});

describe('a date column', () => {
  const since = date('od', { help: 'x', example: '2026-01-31' });

  it.each([
    ['2026-01-31', '2026-01-31'],
    ['31.01.2026', '2026-01-31'],
    ['1.2.2026', '2026-02-01'],
    ['29.02.2024', '2024-02-29'],
  ])('takes %s', (cell, day) => {
    expect(since.read(cell)).toBe(day);
  });

  it.each([
    ['30.02.2026', 'date_impossible: Takiego dnia nie ma w kalendarzu: 30.02.2026. Sprawdź dzień i miesiąc.'],
    ['2026-02-29', 'date_impossible: Takiego dnia nie ma w kalendarzu: 2026-02-29. Sprawdź dzień i miesiąc.'],
    ['2026-13-01', 'date_impossible: Takiego dnia nie ma w kalendarzu: 2026-13-01. Sprawdź dzień i miesiąc.'],
    ['01/02/2026', 'date_form: „01/02/2026” nie jest datą w znanej postaci. Wpisz datę tak: 2026-01-31 albo 31.01.2026.'],
    ['31.01.26', 'date_form: „31.01.26” nie jest datą w znanej postaci. Wpisz datę tak: 2026-01-31 albo 31.01.2026.'],
    ['2026-01-31 10:30', 'date_form: „2026-01-31 10:30” nie jest datą w znanej postaci. Wpisz datę tak: 2026-01-31 albo 31.01.2026.'],
    ['46053', 'date_number: „46053” to data zapisana przez arkusz jako liczba. Nadaj komórce format daty albo wpisz ją tak: 2026-01-31.'],
    ['0206-01-31', 'date_range: Data 0206-01-31 jest spoza dopuszczalnych lat (1800–2999). Sprawdź rok.'],
  ])('refuses %s', (cell, expected) => {
    expect(told(since, cell)).toBe(expected);
  });

  it('minds its own first and last day', () => {
    const narrow = date('od', { help: 'x', example: '2026-01-31', min: parsePlainDate('2020-01-01'), max: parsePlainDate('2030-12-31') });
    expect(narrow.read('2020-01-01')).toBe('2020-01-01');
    expect(told(narrow, '2019-12-31')).toContain('date_range');
  });
});

describe('columns of words', () => {
  it('a text is trimmed, composed and on one line', () => {
    const street = text('ulica', { help: 'x', example: 'y', maxLength: 10 });
    expect(street.read('  Ła\u0328kowa ')).toBe('Łąkowa');
    expect(told(street, 'a\nb')).toBe('line_break: Tekst jest podzielony na wiersze. Zapisz go w jednym wierszu.');
    expect(told(street, 'a\u0007b')).toContain('control_characters');
    expect(told(street, 'ż\ufffdł')).toContain('control_characters');
    expect(told(street, '12345678901')).toBe('too_long: Liczba znaków: 11, a zmieści się najwyżej 10. Skróć tekst.');
  });

  it('a text of several lines has line feeds only', () => {
    expect(text('uwagi', { help: 'x', example: 'y', multiline: true }).read('a\r\nb\rc')).toBe('a\nb\nc');
  });

  it('a code keeps its leading zeros, has no blanks and was not cut short by a spreadsheet', () => {
    const key = code('kod', { help: 'x', example: 'A1', pattern: /^\d{2}-\d{3}$/u, form: 'kod pocztowy 00-000' });
    expect(key.read('00-950')).toBe('00-950');
    expect(told(key, '950')).toBe('code_form: „950” nie ma postaci, jakiej tu trzeba: kod pocztowy 00-000. Popraw oznaczenie.');
    expect(told(code('k', { help: 'x', example: 'A' }), 'A 1')).toContain('code_form');
    expect(told(code('k', { help: 'x', example: 'A' }), '1,23457E+17')).toBe(
      'code_exponent: Arkusz skrócił numer do „1,23457E+17”. Nadaj kolumnie format „Tekst” i wpisz numer w całości.',
    );
  });

  it('yes and no may be short, and may come from a spreadsheet', () => {
    const answer = yesNo('wspolny', { help: 'x', example: 'tak' });
    expect(['tak', 'TAK', 't', 'T', 'PRAWDA'].map((cell) => answer.read(cell))).toEqual([true, true, true, true, true]);
    expect(['nie', 'Nie', 'n', 'N', 'FAŁSZ'].map((cell) => answer.read(cell))).toEqual([false, false, false, false, false]);
    expect(told(answer, 'chyba')).toBe('yes_no: „chyba” nie jest odpowiedzią. Wpisz „tak” albo „nie”.');
    expect(told(answer, '1')).toContain('yes_no');
  });

  it('an option knows its words, and names them when it does not know one', () => {
    const state = option('stan', { help: 'x', example: 'dobry', words: { 'bardzo dobry': 'very good', dobry: 'good', zły: 'bad', kiepski: 'bad' } });
    expect(state.read('Bardzo  DOBRY')).toBe('very good');
    expect([state.write('bad'), state.read('kiepski')]).toEqual(['zły', 'bad']);
    expect(told(state, 'zly')).toBe(
      'not_an_option: „zly” nie należy do dopuszczalnych słów. Czy chodzi o „zły”? Wpisz jedno z: bardzo dobry, dobry, zły, kiepski.',
    );
    expect(told(state, 'constructor')).toContain('not_an_option');
    expect(() => option('s', { help: 'x', example: 'a', words: { a: 'x', A: 'y' } })).toThrow(RangeError);
  });

  it('a time has two digits of hours', () => {
    const hour = time('godzina', { help: 'x', example: '08:00' });
    expect([hour.read('8:05'), hour.read('23:59:00')]).toEqual(['08:05', '23:59']);
    expect(told(hour, '24:00')).toBe('time_impossible: Takiej godziny nie ma: 24:00. Wpisz godzinę od 00:00 do 23:59.');
    expect(told(hour, '8')).toBe('time_form: „8” nie jest godziną. Wpisz godzinę i minuty, np. 08:00.');
  });

  it('a list has no gaps and nothing twice', () => {
    const rooms = list('izby', { help: 'x', example: 'a|b' });
    expect(rooms.read(' kuchnia | pokój')).toEqual(['kuchnia', 'pokój']);
    expect(rooms.write(['a', 'b'])).toBe('a|b');
    expect(told(rooms, 'a||b')).toContain('list_gap');
    expect(told(rooms, 'a|b|a')).toBe('list_repeated: Pozycja „a” jest na liście dwa razy. Zostaw ją raz.');
    expect(() => rooms.write(['a|b'])).toThrow(RangeError);
  });

  it('an optional column gives null for blanks and writes nothing for null', () => {
    const column = optional(decimal('kwota', { ...base, places: 2 }));
    expect([column.read(''), column.read('  '), column.write(null), column.cell(null)]).toEqual([null, null, '', null]);
    expect(told(column, '-')).toContain('decimal_dash');
  });
});
