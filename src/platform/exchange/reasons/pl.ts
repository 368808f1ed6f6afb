/** Polish words of what is wrong with a row of a file, or what it is warned of. They decide which codes there are. */
import type { Saying } from '../../tabular/index.ts';

const guess = (a: (name: string) => string): string => (a('nearest') === '' ? '' : ` Czy chodzi o „${a('nearest')}”?`);

export const REASONS = {
  // The file by itself
  days_reversed: (a) => `Ostatni dzień (${a('until')}) jest wcześniejszy niż pierwszy (${a('from')}). Popraw daty.`,
  said_otherwise: (a) => `Wiersz ${a('line')} tego pliku podaje od tego samego dnia co innego. Zostaw jeden z tych wierszy.`,
  days_taken: (a) => `Wiersz ${a('line')} tego pliku podaje na te same dni (${a('from')} – ${a('until')}) inny wpis. Popraw dni jednego z nich.`,
  // What the row names and the database does not know
  building_unknown: (a) => `Nie ma budynku o kodzie „${a('building')}”. Popraw kod albo dodaj budynek w pliku „budynki”.`,
  staircase_unknown: (a) => `W budynku „${a('building')}” nie ma klatki „${a('staircase')}”. Popraw ją albo dodaj w pliku „klatki”.`,
  dwelling_unknown: (a) => `Nie ma lokalu o kodzie „${a('dwelling')}”. Popraw kod albo dodaj lokal w pliku „lokale”.`,
  auxiliary_unknown: (a) => `Nie ma pomieszczenia pomocniczego o kodzie „${a('room')}”. Popraw kod albo dodaj je w pliku „pomocnicze”.`,
  lease_unknown: (a) => `Nie ma umowy o numerze „${a('lease')}”. Popraw numer albo dodaj umowę w pliku „umowy”.`,
  dwelling_elsewhere: (a) => `Lokal „${a('dwelling')}” jest zapisany w budynku „${a('building')}” i nie można go przenieść do innego. Popraw kod.`,
  auxiliary_elsewhere: (a) => `Pomieszczenie „${a('room')}” jest zapisane w budynku „${a('building')}” i nie można go przenieść do innego. Popraw kod.`,
  lease_elsewhere: (a) => `Umowa „${a('lease')}” dotyczy lokalu „${a('dwelling')}”. Umowę na inny lokal zapisz pod innym numerem.`,
  person_nameless: (a) => `Osoby o kodzie „${a('person')}” jeszcze nie ma. Podaj jej nazwę.`,
  person_otherwise: (a) => `Osoba o kodzie „${a('person')}” jest już zapisana pod inną nazwą. Popraw kod albo nazwę.`,
  pesel_held: (a) =>
    a('person') === ''
      ? 'Ten numer PESEL ma już inna osoba, spoza Twoich dzielnic. Sprawdź numer albo przekaż wiersz osobie, która prowadzi całe miasto.'
      : `Ten numer PESEL ma już osoba o kodzie „${a('person')}”. Popraw numer albo kod osoby.`,
  pesel_said: (a) => `Wiersz ${a('line')} tego pliku podaje ten sam numer PESEL osobie o kodzie „${a('person')}”. Popraw jeden z tych wierszy.`,
  pesel_known: (a) => `Osoba o kodzie „${a('person')}” ma już zapisany numer PESEL, a „nieustalony” go nie usuwa. Podaj numer, inną przyczynę jego braku albo usuń wiersz.`,
  outside_districts: (a) => `Wiersz dotyczy czegoś spoza Twoich dzielnic (${a('districts')}). Usuń go albo przekaż osobie, która prowadzi całe miasto.`,
  // Observed features
  staircase_missing: () => 'Wpis o klatce musi wskazywać klatkę. Wpisz jej oznaczenie.',
  staircase_needless: () => 'Klatkę podaje się tylko wtedy, gdy przedmiotem jest klatka. Usuń ją albo popraw przedmiot.',
  slot_unknown: (a) => `Cechy „${a('text')}” nie ma w prawie na dzień ${a('day')}.${guess(a)} Popraw nazwę cechy.`,
  slot_of_other: (a) => `Cecha „${a('slot')}” ma inny przedmiot: ${a('subject')}. Popraw przedmiot.`,
  slot_derived: (a) => `Cechy „${a('slot')}” nie zapisuje się jako ustalenia. Podaje się ją w pliku „lokale”, w kolumnie „wspólny”.`,
  option_unknown: (a) => `„${a('text')}” nie jest wartością cechy „${a('slot')}”.${guess(a)} Wpisz jedną z: ${a('words')}.`,
  zone_unknown: (a) => `Strefy „${a('text')}” nie ma w prawie na dzień ${a('day')}. Wpisz jedną z: ${a('words')}.`,
  measure_form: (a) => `${a('problem')} Cecha „${a('slot')}” to liczba${a('unit') === '' ? '' : ` w ${a('unit')}`}.`,
  measure_absurd: (a) => `Wartość ${a('text')} cechy „${a('slot')}” jest niedorzeczna: dopuszczalne są ${a('range')}. Sprawdź liczbę i jednostkę.`,
  street_unlisted: (a) => `Ulicy „${a('street')}” nie ma w załączniku nr 4 w wykazie „${a('band')}”.${guess(a)}${a('elsewhere')} Popraw ulicę albo natężenie.`,
  segment_unlisted: (a) => `Odcinka „${a('segment')}” ulicy ${a('street')} nie ma w wykazie. Odcinki w wykazie: ${a('known')}.`,
  danger_undecided: () => 'Zagrożenie życia lub zdrowia wymaga decyzji nadzoru budowlanego. Podaj jej numer.',
  user_area: () => 'Użytkownik to albo lokal z zasobu (wtedy kod_lokalu bez powierzchni), albo cudzy lokal (wtedy powierzchnia bez kodu). Podaj jedno z dwojga.',
  // Leases
  basis_undocumented: () => 'Taka podstawa stawki wymaga dokumentu. Podaj dokument, na którym się opiera.',
  basis_missing: () => 'Podano dokument albo stawkę własną bez podstawy. Podaj podstawę.',
  stayed_with_title: () => 'Wstrzymanie eksmisji dotyczy tylko zajmowania bez tytułu. Popraw rodzaj albo wpisz „nie”.',
  room_unknown: (a) => `W lokalu „${a('dwelling')}” nie ma pomieszczenia „${a('room')}”. Popraw je albo dodaj w pliku „pomieszczenia”.`,
  room_common: (a) => `Pomieszczenie „${a('room')}” lokalu „${a('dwelling')}” jest wspólne, więc nie można go nająć na wyłączność. Usuń je z listy.`,
  lease_overlap: (a) => `Lokal „${a('dwelling')}” jest w te dni zajęty w całości${a('lease') === '' ? ' przez inną umowę' : ` przez umowę „${a('lease')}” (${a('from')} – ${a('until')})`}. Popraw dni jednej z umów.`,
  room_let: (a) => `Pokój${a('room') === '' ? '' : ` „${a('room')}”`} lokalu „${a('dwelling')}” jest w te dni wynajęty${a('lease') === '' ? ' inną umową' : ` umową „${a('lease')}” (${a('from')} – ${a('until')})`}. Popraw pokoje albo dni.`,
  // Rents
  rent_approved: (a) => `Od ${a('from')} obowiązuje czynsz zatwierdzony w przeliczeniu ${a('run')}. Import go nie zastępuje: zakończ wiersz przed tym dniem.`,
  rent_product: (a) => `Czynsz ${a('amount')} zł różni się od iloczynu stawki i powierzchni (${a('product')} zł).`,
  // The database
  overlap: () => 'Na te dni jest już inny wpis tego samego rodzaju. Popraw dni jednego z nich.',
  written_meanwhile: () => 'W czasie importu ktoś inny zapisał tu nowszą wartość. Sprawdź ją i w razie potrzeby wczytaj ten wiersz jeszcze raz.',
  impossible: (a) => `Baza danych nie przyjęła tego wiersza (${a('constraint')}). Sprawdź wartości.`,
} as const satisfies Readonly<Record<string, Saying>>;

export type RowCode = keyof typeof REASONS;
