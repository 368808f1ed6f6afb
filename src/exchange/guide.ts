/** The description of all files for whoever prepares them, made from the sheets themselves. */
import type { Slot } from '../platform/law/types.ts';
import { describeSheet, type ColumnDescription } from '../platform/tabular/index.ts';
import { subjectWord, unitWord } from '../stock/sheets/slots.ts';
import { SHEETS } from './sheets.ts';

type DescribedSlot = Pick<Slot, 'slot' | 'subject' | 'shape' | 'options' | 'optionNames' | 'unit' | 'min' | 'max' | 'name'>;

const INTRODUCTION = `# Pliki do importu i eksportu

Ten opis powstaje z programu; nie poprawia się go ręcznie. Przykłady: \`seeds/samples/\`.

- Pliki CSV (UTF-8 lub Windows-1250; średnik, przecinek albo tabulator) i XLSX. Nazwy kolumn w pierwszym wierszu, kolejność dowolna.
- Kolejność importu jest taka jak niżej: najpierw to, na co inne pliki się powołują.
- \`od\` to pierwszy dzień, \`do\` ostatni. Puste \`do\`: bezterminowo albo do następnego znanego początku.
- Ten sam przedmiot i ten sam dzień \`od\` z inną wartością to **poprawka**: poprzedni zapis zostaje w historii. Inny dzień \`od\` to **zmiana** od tego dnia.
  Tak samo skraca się wpis: ten sam dzień \`od\`, wcześniejsze \`do\`.
- Plik \`osoby\` nie ma dni: inne dane znanej osoby to poprawka, a poprzednie zostają w dzienniku pod jej kluczem. „nieustalony” nie usuwa znanego numeru PESEL.
- Czego w pliku nie ma, zostaje bez zmian. Ten sam plik drugi raz niczego nie zmienia.
- Jeden plik to jedna transakcja: przerwany import nie zostawia nic. Próba importu robi to samo i niczego nie zapisuje.
- Dobre wiersze wchodzą, złe trafiają do pliku odrzuconych z powodem. Poprawiony plik odrzuconych można wczytać wprost.
`;

/** The whole guide; `slots` are those of the law that files are judged by. */
export function importGuide(slots: readonly DescribedSlot[]): string {
  return [INTRODUCTION, ...SHEETS.map(({ sheet }, index) => sheetGuide(index + 1, describeSheet(sheet))), slotGuide(slots)].join('\n');
}

function sheetGuide(number: number, { name, title, columns }: ReturnType<typeof describeSheet>): string {
  return [`## ${number}. ${title} (\`${name}\`)\n`, '| kolumna | konieczna | postać | opis | przykład |', '|---|---|---|---|---|', ...columns.map(columnGuide), ''].join('\n');
}

function columnGuide({ name, required, form, help, example }: ColumnDescription): string {
  return row([`\`${name}\``, required ? 'tak' : 'nie', form, help, `\`${cell(example)}\``]);
}

function slotGuide(slots: readonly DescribedSlot[]): string {
  const lines = slots.filter(({ slot }) => slot !== 'shared_dwelling').map((slot) => row([subjectWord(slot.subject), slot.name, `\`${slot.slot}\``, valuesOf(slot)]));
  return ['## Cechy w pliku `ustalenia`\n', '| przedmiot | cecha | klucz | wartość |', '|---|---|---|---|', ...lines, ''].join('\n');
}

function valuesOf(slot: DescribedSlot): string {
  if (slot.shape === 'option') return slot.options.map((option) => slot.optionNames[option] ?? option).join('; ');
  const unit = unitWord(slot);
  return ['liczba', slot.min === null ? '' : `od ${slot.min}`, slot.max === null ? '' : `do ${slot.max}`, unit].filter((part) => part !== '').join(' ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => (text.startsWith('`') ? text : cell(text))).join(' | ')} |`;
}

/** A line in a table must not end a cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
