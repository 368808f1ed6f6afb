import { pl } from '../plural.ts';

export const desk = {
  home: 'Początek',
  hello: (name: string) => `Dzień dobry, ${name}`,
  tasks: 'Czeka na rozstrzygnięcie',
  noTasks: 'Nic nie czeka na rozstrzygnięcie.',
  task: 'Co',
  decides: 'Kto rozstrzyga',
  yours: 'Czeka na Ciebie',
  ownHand: 'Inny kierownik, bo to Twoja praca',
  othersDecide: 'Kierownik',
  notReady: 'Jeszcze się liczy',
  retentionList: (list: string) => `Lista usunięcia danych ${list}`,
  persons: (count: number) => pl(count, 'osoba', 'osoby', 'osób'),
  stock: 'Zasób dziś',
  leasesToday: 'Umowy obowiązujące',
  dwellingsToday: 'Lokale w zasobie',
  socialToday: 'w tym najem socjalny',
  yourLeases: 'Twoje umowy',
  noLeases: 'Nie widzimy jeszcze Twojej umowy.',
  noLeasesHelp: 'Jeżeli masz list z kodem, potwierdź nim, kim jesteś. Kod prześle na życzenie punkt obsługi mieszkańców.',
  components: 'Elementy stron',
};

export const showcase = {
  values: 'Wartości', notices: 'Komunikaty', form: 'Formularz', actions: 'Czynności i postęp', tables: 'Tabele', statement: 'Uzasadnienie', charts: 'Wykresy', timeline: 'Oś czasu',
  row: 'Wiersz pól', file: 'Plik', groups: 'Tabela z nagłówkami grup',
  progress: 'Przeliczanie umów', histogram: 'Rozkład zmian', sent: 'Formularz był poprawny. Niczego nie zapisano.',
};

export const found = {
  heading: 'Szukaj',
  places: 'Lokale',
  leases: 'Umowy',
  persons: 'Osoby',
  nothing: (q: string) => `Nic nie znaleziono dla „${q}”.`,
  help: 'Wpisz ulicę z numerem domu i lokalu (Długa 12/3), kod lokalu, początek numeru umowy albo nazwisko. PESEL wpisz w całości.',
  begin: 'Czego szukasz?',
  more: (shown: number, total: number) => `Pokazano ${shown} z ${total}. Doprecyzuj wyszukiwanie.`,
  nothingYet: 'Nie pasuje żaden lokal ani numer umowy. Osoby znajdziesz przyciskiem „Szukaj”.',
  suggested: (shown: number, total: number) => (shown === total ? `Pasuje: ${total}. Wybierz strzałką w dół albo szukaj dalej.` : `Pasuje: ${total}, pokazano ${shown}. Wpisz więcej, wybierz strzałką w dół albo szukaj.`),
};
