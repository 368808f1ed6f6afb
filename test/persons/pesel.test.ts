import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import { bornByPesel, maskedPesel, peselFlaw, peselOf } from '../../src/persons/rules.ts';

const TODAY = parsePlainDate('2026-11-22');

describe('a PESEL', () => {
  it.each([
    ['44051401359', '1944-05-14'],
    ['02070803628', '1902-07-08'],
    // The month tells the century.
    ['02270812350', '2002-07-08'],
  ])('%s is right and tells %s', (pesel, born) => {
    expect(peselFlaw(pesel, TODAY)).toBeNull();
    expect(bornByPesel(pesel)).toBe(born);
  });

  it.each([
    ['all zeros, whose check digit is right', '00000000000', 'pesel_date'],
    ['ten digits', '4405140135', 'pesel_form'],
    ['twelve digits', '440514013590', 'pesel_form'],
    ['blanks inside', '440514 1359', 'pesel_form'],
    ['digits of another script', '٤٤٠٥١٤٠١٣٥٩', 'pesel_form'],
    ['nothing', '', 'pesel_form'],
    ['a month 13', '44131401359', 'pesel_date'],
    ['30 February', '44023001350', 'pesel_date'],
    ['29 February of a year without it', '45022901350', 'pesel_date'],
    ['a wrong check digit', '44051401358', 'pesel_checksum'],
    ['two neighbours exchanged', '44051401539', 'pesel_checksum'],
  ])('is refused with %s', (_, pesel, flaw) => {
    expect(peselFlaw(pesel, TODAY)).toBe(flaw);
  });

  it('of the day itself is taken, and of the next day not yet', () => {
    expect(peselFlaw(peselOf(TODAY, 1234), TODAY)).toBeNull();
    expect(peselFlaw(peselOf(parsePlainDate('2026-11-23'), 1234), TODAY)).toBe('pesel_future');
  });

  const day = fc.record({ year: fc.integer({ min: 1800, max: 2299 }), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
    .map(({ year, month, day: of }) => parsePlainDate(`${year}-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`));

  it('is made for a day of any of the five centuries and tells that day again', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 9_999 }), (born, serial) => {
      const pesel = peselOf(born, serial);
      expect(bornByPesel(pesel)).toBe(born);
      expect(peselFlaw(pesel, parsePlainDate('2299-12-31'))).toBeNull();
    }), { numRuns: 500 });
  });

  it('is not taken with any one digit changed: the check finds every such slip', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 9_999 }), fc.nat(10), fc.integer({ min: 1, max: 9 }), (born, serial, at, by) => {
      const pesel = peselOf(born, serial);
      const slipped = `${pesel.slice(0, at)}${(Number(pesel[at]) + by) % 10}${pesel.slice(at + 1)}`;
      expect(peselFlaw(slipped, parsePlainDate('2299-12-31'))).not.toBeNull();
    }), { numRuns: 500 });
  });

  it('shows its last four digits where it is masked', () => {
    expect(maskedPesel('44051401359')).toBe('*******1359');
  });
});
