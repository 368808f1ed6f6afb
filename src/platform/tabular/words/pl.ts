/** Polish words of everything that can be wrong with a table file: what is wrong and what to do. They decide which codes there are. */

/** The words of a code, given its arguments by name. */
export type Saying = (a: (name: string) => string) => string;

export const CELL = {
  missing: () => 'Brakuje wartości, a jest potrzebna. Wpisz ją.',
  too_long: (a) => `Liczba znaków: ${a('length')}, a zmieści się najwyżej ${a('max')}. Skróć tekst.`,
  control_characters: () => 'Tekst ma znaki niedrukowane. Usuń je i wpisz tekst jeszcze raz.',
  line_break: () => 'Tekst jest podzielony na wiersze. Zapisz go w jednym wierszu.',
  code_form: (a) => `„${a('text')}” nie ma postaci, jakiej tu trzeba: ${a('form')}. Popraw oznaczenie.`,
  code_exponent: (a) =>
    `Arkusz skrócił numer do „${a('text')}”. Nadaj kolumnie format „Tekst” i wpisz numer w całości.`,
  decimal_thousands: (a) => `Liczba „${a('text')}” ma oddzielone tysiące. Wpisz ${a('right')}.`,
  decimal_dot_thousands: (a) => `Kwota „${a('text')}” ma kropkę tysięcy. Wpisz ${a('right')}.`,
  decimal_exponent: (a) => `„${a('text')}” to zapis wykładniczy. Wpisz liczbę w całości, np. ${a('example')}.`,
  decimal_dash: (a) => `„${a('text')}” nie jest liczbą. Jeżeli to zero, wpisz 0. Jeżeli wartości nie ma, zostaw puste pole.`,
  decimal_unit: (a) => `Przy liczbie „${a('text')}” stoi jednostka. Wpisz samą liczbę: ${a('right')}.`,
  decimal_form: (a) => `„${a('text')}” nie jest liczbą. Wpisz liczbę z przecinkiem, np. ${a('example')}.`,
  decimal_places: (a) =>
    a('places') === '0'
      ? `Liczba „${a('text')}” nie jest całkowita. Wpisz liczbę bez przecinka.`
      : `Liczba „${a('text')}” ma za dużo cyfr po przecinku (najwyżej ${a('places')}). Zaokrąglij ją albo popraw, np. ${a('example')}.`,
  integer_form: (a) => `„${a('text')}” nie jest liczbą całkowitą. Wpisz same cyfry, np. ${a('example')}.`,
  negative: (a) => `Liczba „${a('text')}” jest ujemna, a tu nie może być mniejsza niż 0. Popraw ją.`,
  below_min: (a) => `Liczba „${a('text')}” jest za mała. Najmniejsza dopuszczalna to ${a('min')}.`,
  above_max: (a) => `Liczba „${a('text')}” jest za duża. Największa dopuszczalna to ${a('max')}.`,
  date_form: (a) => `„${a('text')}” nie jest datą w znanej postaci. Wpisz datę tak: 2026-01-31 albo 31.01.2026.`,
  date_impossible: (a) => `Takiego dnia nie ma w kalendarzu: ${a('text')}. Sprawdź dzień i miesiąc.`,
  date_range: (a) => `Data ${a('text')} jest spoza dopuszczalnych lat (${a('from')}–${a('to')}). Sprawdź rok.`,
  date_number: (a) =>
    `„${a('text')}” to data zapisana przez arkusz jako liczba. Nadaj komórce format daty albo wpisz ją tak: 2026-01-31.`,
  time_form: (a) => `„${a('text')}” nie jest godziną. Wpisz godzinę i minuty, np. 08:00.`,
  time_impossible: (a) => `Takiej godziny nie ma: ${a('text')}. Wpisz godzinę od 00:00 do 23:59.`,
  yes_no: (a) => `„${a('text')}” nie jest odpowiedzią. Wpisz „tak” albo „nie”.`,
  not_an_option: (a) =>
    `„${a('text')}” nie należy do dopuszczalnych słów.${a('nearest') === '' ? '' : ` Czy chodzi o „${a('nearest')}”?`} Wpisz jedno z: ${a('words')}.`,
  list_gap: () => 'Na liście jest puste miejsce między kreskami „|”. Usuń zbędną kreskę albo wpisz brakującą pozycję.',
  list_repeated: (a) => `Pozycja „${a('text')}” jest na liście dwa razy. Zostaw ją raz.`,
  cell_without_column: (a) =>
    `Wartość „${a('text')}” stoi poza kolumnami (miejsce ${a('position')} w wierszu). Przenieś ją pod właściwą kolumnę albo usuń.`,
  refused: (a) => a('reason'),
} as const satisfies Readonly<Record<string, Saying>>;

export const FILE = {
  empty: () => 'Plik jest pusty. Sprawdź, czy wybrano właściwy plik.',
  too_large: (a) => `Plik jest za duży (największy dopuszczalny: ${a('limit')}). Podziel go na mniejsze albo zapisz jako CSV.`,
  pdf: () => 'To jest plik PDF. Potrzebny jest arkusz XLSX albo plik CSV z tymi danymi.',
  xls: () => 'To jest arkusz w dawnym formacie XLS. Otwórz go i zapisz jako „Skoroszyt programu Excel (.xlsx)” albo CSV.',
  xlsb: () => 'To jest arkusz binarny (XLSB). Otwórz go i zapisz jako „Skoroszyt programu Excel (.xlsx)”.',
  ods: () => 'To jest arkusz w formacie ODS. Otwórz go i zapisz jako XLSX albo CSV.',
  html: () => 'To jest strona HTML, choć może mieć nazwę arkusza. Otwórz ją w arkuszu i zapisz jako XLSX albo CSV.',
  encrypted: () => 'Arkusz jest zabezpieczony hasłem. Otwórz go, usuń hasło, zapisz i prześlij jeszcze raz.',
  not_xlsx: (a) => `Plik „${a('file')}” ma nazwę arkusza, ale nim nie jest. Otwórz go w arkuszu i zapisz jako XLSX albo CSV.`,
  xlsx_broken: (a) => `Arkusza „${a('file')}” nie można odczytać, plik jest uszkodzony. Zapisz go jeszcze raz i prześlij ponownie.`,
  unpacks_too_large: (a) => `Arkusz po rozpakowaniu jest zbyt duży (najwyżej ${a('limit')}). Usuń zbędne arkusze i formatowanie albo zapisz jako CSV.`,
  too_many_parts: (a) => `Arkusz składa się ze zbyt wielu części (najwyżej ${a('limit')}). Zapisz same dane w nowym arkuszu albo jako CSV.`,
  too_many_characters: (a) => `Komórki arkusza mają razem za dużo znaków (najwyżej ${a('limit')}). Podziel arkusz albo zapisz go jako CSV.`,
  too_many_cells: (a) => `Arkusz ma za dużo komórek (wierszy: ${a('rows')}, kolumn: ${a('columns')}, komórek może być najwyżej ${a('limit')}). Podziel go albo zapisz jako CSV.`,
  sheet_not_found: (a) => `W pliku jest kilka arkuszy (${a('sheets')}), a żaden nie nazywa się „${a('title')}”. Nadaj tę nazwę arkuszowi z danymi.`,
  formula_error: (a) => `Formuła w komórce ${a('cell')} daje błąd ${a('error')}. Popraw ją albo wpisz wartość.`,
  formula_without_value: (a) => `Formuła w komórce ${a('cell')} nie ma zapisanego wyniku. Otwórz plik w arkuszu, zapisz i prześlij jeszcze raz.`,
  binary: (a) => `Plik „${a('file')}” nie jest tekstem ani arkuszem. Potrzebny jest XLSX albo CSV.`,
  encoding_mixed: (a) =>
    `W wierszu ${a('line')} są znaki zapisane inaczej niż w reszcie pliku. Otwórz plik w arkuszu i zapisz jako „CSV UTF-8”.`,
  quote_unclosed: (a) => `W wierszu ${a('line')} otwarto cudzysłów, którego nigdzie nie zamknięto. Zamknij go albo usuń.`,
  quote_misplaced: (a) =>
    `W wierszu ${a('line')} cudzysłów stoi w środku pola. Pole z cudzysłowem trzeba objąć cudzysłowem, a znak w środku podwoić: "Dom ""Pod Lipami""".`,
  header_none: (a) => `Pierwszy wiersz pliku nie ma nazw kolumn. Wpisz je tam. Znane kolumny: ${a('known')}.`,
  header_unknown: (a) =>
    `Nieznane kolumny: ${a('columns')}.${a('nearest') === '' ? '' : ` Może chodzi o: ${a('nearest')}?`} Popraw nazwy albo usuń te kolumny. Znane kolumny: ${a('known')}.`,
  header_duplicate: (a) => `Kolumny powtórzone: ${a('columns')}. Zostaw każdą raz. Znane kolumny: ${a('known')}.`,
  header_missing: (a) => `Brakuje kolumn: ${a('columns')}. Dodaj je. Znane kolumny: ${a('known')}.`,
  header_too_long: () => 'Pierwszy wiersz pliku nie wygląda na nazwy kolumn: jest bardzo długi. Sprawdź, czy wybrano właściwy plik.',
  cell_too_long: (a) => `Tekst w kolumnie ${a('column')} nie mieści się w komórce arkusza (najwyżej ${a('max')} znaków). Zapisz dane jako CSV.`,
  too_many_rows: (a) => `Wierszy jest więcej, niż mieści arkusz (${a('limit')}). Zapisz dane jako CSV.`,
} as const satisfies Readonly<Record<string, Saying>>;

export type CellCode = keyof typeof CELL;
export type FileCode = keyof typeof FILE;
