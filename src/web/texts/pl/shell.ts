import { pl } from '../plural.ts';

export const shell = {
  skip: 'Przejdź do treści',
  navigation: 'Nawigacja',
  menu: 'Menu',
  crumbs: 'Droga do tej strony',
  language: 'Język',
  colours: 'Kolory',
  themes: { auto: 'Jak w systemie', light: 'Jasne', dark: 'Ciemne' },
  interface: 'Interfejs programistyczny',
  licence: 'Kamienica, otwarte oprogramowanie (EUPL-1.2)',
};

export const roles: Record<string, string> = {
  clerk: 'referent', supervisor: 'kierownik', law_administrator: 'administrator prawa', collections: 'windykacja', auditor: 'audytor', tenant: 'najemca', system: 'system',
};

export const signIn = {
  heading: 'Zaloguj się',
  out: 'Wyloguj',
  staff: 'Zaloguj się jako pracownik',
  tenant: 'Zaloguj się jako najemca',
  none: 'Logowanie nie jest skonfigurowane. Powiadom administratora.',
  intro: 'Kamienica to program, w którym miasto prowadzi najem swoich lokali. Każda złotówka ma tu swój przepis, swoje ustalenie i swoją datę.',
  kept: 'Sesja skończyła się, zanim formularz został wysłany. To, co zostało wpisane, jest zachowane: sprawdź i wyślij jeszcze raz.',
};

export const search = {
  label: 'Szukaj adresu, lokalu, umowy albo osoby',
  placeholder: 'Adres, lokal, umowa, osoba',
  go: 'Szukaj',
};

export const error = {
  notFound: 'Nie ma takiej strony',
  noPage: 'Pod tym adresem nic nie ma. Sprawdź adres albo wróć na początek.',
  home: 'Wróć na początek',
  number: 'Numer żądania, pod którym administrator znajdzie błąd:',
};

export const form = {
  summary: 'Popraw formularz',
  optional: 'nieobowiązkowe',
  dayHint: 'Dzień, miesiąc i rok, na przykład 31.01.2026',
  choose: 'wybierz',
  any: 'dowolne',
  save: 'Zapisz',
  preview: 'Pokaż skutek',
  cancel: 'Anuluj',
  stale: 'Formularz pochodził z poprzedniej sesji. Nic jeszcze nie zapisano: sprawdź dane i wyślij jeszcze raz.',
  staleButton: 'Strona pochodziła z poprzedniej sesji. Nic się nie zmieniło: wybierz jeszcze raz.',
};

export const table = {
  region: (caption: string) => `Tabela: ${caption}`,
  filter: 'Filtruj',
  clear: 'Usuń filtry',
  filters: 'Filtry',
  sortBy: (column: string) => `Sortuj: ${column}`,
  rows: (from: number, to: number, total: number) => `${from}–${to} z ${pl(total, 'pozycji', 'pozycji', 'pozycji')}`,
  none: 'Nic nie pasuje do tych filtrów.',
  pages: 'Strony',
  first: 'Pierwsza',
  previous: 'Poprzednia',
  next: 'Następna',
  last: 'Ostatnia',
  page: (page: number, last: number) => `Strona ${page} z ${last}`,
  exportAs: 'Pobierz wszystkie jako',
};

export const chart = { figures: 'Liczby z wykresu', from: 'Od', to: 'Do', value: 'Wartość', count: 'Liczba' };

export const common = {
  none: '–',
  yes: 'tak',
  no: 'nie',
  untilFurther: 'bezterminowo',
  from: 'od',
  to: 'do',
  known: 'Stan wiedzy',
  print: 'Wydrukuj',
  show: 'Pokaż',
  details: 'Szczegóły',
};

export const statement = {
  uncertain: 'Oparte na wartościach, których nie drukuje żaden akt',
  uncertainIn: (statement: string) => `Wartości niepewne: ${statement}`,
  certainty: { printed: 'z aktu', reconstructed: 'odtworzone ze skanu', reported: 'podane w innym źródle', assumed: 'przyjęte', unknown: 'źródło nieznane' },
  differs: 'różni się',
  parts: (count: number) => pl(count, 'składnik', 'składniki', 'składników'),
  facts: 'Ustalenia',
};
