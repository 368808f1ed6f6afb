/** The columns of `osoby`, and what a row of it tells of an identity. */
import type { Flaw } from '../../platform/errors.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { isReasonCode, reason } from '../../platform/exchange/reasons.ts';
import type { ImportRow } from '../../platform/exchange/types.ts';
import { code, date, option, optional, sheet, text, type RowOf } from '../../platform/tabular/index.ts';
import type { ToldIdentity } from '../identity.ts';

const columns = {
  person: code('kod_osoby', { help: 'Kod osoby, ten sam we wszystkich plikach; nie PESEL.', example: 'O-000123' }),
  name: optional(text('nazwa', { help: 'Imię i nazwisko albo nazwa; konieczna przy nowej osobie. Puste: bez zmian.', example: 'Jan Przykładowy' })),
  pesel: optional(code('pesel', { help: 'Numer PESEL. W arkuszu kolumna musi mieć format „Tekst”, inaczej ginie zero na początku.', example: '44051401359', maxLength: 20 })),
  withoutPesel: optional(
    option('bez_peselu', {
      help: 'Przyczyna braku numeru PESEL; konieczna, gdy go nie podano.',
      example: 'cudzoziemiec',
      words: { cudzoziemiec: 'foreigner', nieustalony: 'unknown', 'nie jest osobą fizyczną': 'organisation' },
    }),
  ),
  document: optional(text('dokument', { help: 'Seria i numer dokumentu tożsamości, tylko bez numeru PESEL.', example: 'FE 123456', maxLength: 60 })),
  born: optional(date('data_urodzenia', { help: 'Dzień urodzenia. Z numerem PESEL nie trzeba go podawać, a podany musi się z nim zgadzać.', example: '1985-03-04' })),
};

export const personSheet = sheet({ name: 'osoby', title: 'Osoby', columns });

export type PersonSheetRow = RowOf<typeof personSheet>;

/** Columns of the fields in which an identity may be wrong. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  pesel: columns.pesel.name, withoutPesel: columns.withoutPesel.name, document: columns.document.name, born: columns.born.name,
};

/** What the row says: an empty cell empties, a column that the file does not have leaves what is known. */
export function toldBy({ cells, value: { pesel, withoutPesel, document, born } }: ImportRow<PersonSheetRow>): ToldIdentity {
  const has = (column: { readonly name: string }): boolean => Object.hasOwn(cells, column.name);
  return {
    ...(pesel === null ? {} : { pesel }),
    ...(withoutPesel === null ? {} : { withoutPesel }),
    ...(has(columns.document) ? { document } : {}),
    ...(has(columns.born) ? { born } : {}),
  };
}

/** Flaws of an identity at the columns of the file. */
export function reasonsOf(flaws: readonly Flaw[]): Reason[] {
  return flaws.map(({ field, code: flaw, args }) => {
    if (!isReasonCode(flaw)) throw new Error(`platform/exchange/reasons.ts has no words for ${flaw}`);
    return reason(COLUMN_OF[field] ?? '', flaw, args ?? {});
  });
}
