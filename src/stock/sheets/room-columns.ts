/** The words of a room: kind, use, height band, area. VAL-9 */
import type { Dec } from '../../platform/money.ts';
import { decimal, integer, option, type Column } from '../../platform/tabular/index.ts';
import type { RoomPart } from '../facts.ts';

/** Codes of kinds as rules and law know them; which of them count stands in the law. */
const KINDS = {
  pokój: 'room', kuchnia: 'kitchen', przedpokój: 'hall', łazienka: 'bathroom', 'w.c.': 'wc', 'łazienka z w.c.': 'bathroom_wc',
  spiżarnia: 'pantry', alkowa: 'alcove', korytarz: 'corridor', schowek: 'storage', balkon: 'balcony', loggia: 'loggia', taras: 'terrace',
  antresola: 'mezzanine', 'szafa w ścianie': 'wall_cupboard', pralnia: 'laundry', suszarnia: 'drying_room', wózkownia: 'pram_room',
  strych: 'attic', piwnica: 'cellar', komórka: 'shed',
} as const;

const BANDS = { 'od 2,20 m': 'from_220', 'od 1,40 m do 2,20 m': 'from_140', 'poniżej 1,40 m': 'under_140' } as const;

interface RoomColumns {
  readonly part: Column<number>;
  readonly kind: Column<string>;
  readonly use: Column<RoomPart['use']>;
  readonly band: Column<RoomPart['band']>;
  readonly area: Column<Dec>;
}

export function roomColumns(): RoomColumns {
  return {
    part: integer('część', { help: 'Numer części pomieszczenia; więcej niż jedna tylko przy różnych wysokościach.', example: '1', min: 1, max: 99 }),
    kind: kindColumn(),
    use: option('użytkowanie', { help: 'Czy części używa jeden najemca, czy kilku w lokalu wspólnym.', example: 'własne', words: { własne: 'own', wspólne: 'common' } }),
    band: option('wysokość', { help: 'Przedział wysokości części.', example: 'od 2,20 m', words: BANDS }),
    area: decimal('powierzchnia', { help: 'Powierzchnia części w m², mierzona między wyprawionymi ścianami.', example: '18,40', places: 2, min: '0.01', max: '1000' }),
  };
}

/** A kind without a Polish word is written by its code, so that no room is lost. */
function kindColumn(): Column<string> {
  const known = option('rodzaj', { help: 'Rodzaj pomieszczenia.', example: 'pokój', words: KINDS });
  const codes = new Set<string>(Object.values(KINDS));
  const words = (value: string): value is (typeof KINDS)[keyof typeof KINDS] => codes.has(value);
  return {
    ...known,
    write: (value) => (words(value) ? known.write(value) : value),
    cell: (value) => (words(value) ? known.cell(value) : value),
  };
}
