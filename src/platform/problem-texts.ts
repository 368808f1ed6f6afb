/** Polish words of every problem: what is wrong and what to do. `{name}` stands for an argument. */
export const PROBLEM_TEXTS: Readonly<Record<string, string>> = {
  // What was given
  invalid_input: 'Niektóre dane są nieprawidłowe. Popraw wskazane pola i wyślij jeszcze raz.',
  body_not_json: 'Treść żądania nie jest poprawnym dokumentem JSON. Sprawdź przecinki, cudzysłowy i nawiasy.',
  body_too_large: 'Przesłana treść jest za duża. Podziel ją na mniejsze części.',
  body_type: 'Ten adres przyjmuje treść w formacie JSON. Dodaj nagłówek Content-Type: application/json.',
  route_unknown: 'Pod tym adresem nic nie ma. Lista adresów jest pod /api/docs.',
  method_unknown: 'Ten adres nie przyjmuje metody {method}. Dozwolone: {allowed}.',
  actor_unknown: 'Nie ma osoby o identyfikatorze „{actor}”. Do wyboru: {known}.',
  not_permitted: 'Rola tej osoby nie pozwala na tę czynność. Potrzebne uprawnienie: {permission}.',
  unexpected: 'Wystąpił nieoczekiwany błąd. Nic nie zapisano. Spróbuj ponownie, a jeśli błąd wróci, podaj administratorowi numer żądania.',
  unavailable: 'Baza danych chwilowo nie odpowiada. Spróbuj ponownie za chwilę.',
  // Law
  law_missing: 'Brakuje wartości prawa „{key}” na dzień {day}. Administrator prawa musi ją wczytać, zanim da się policzyć.',
  law_changed_under_reference: 'Wartość „{key}” od {from} zmieniono pod tym samym źródłem {reference}. Poprawiony odczyt wczytaj pod nowym źródłem.',
  law_reference_changed: 'Źródło „{reference}” jest już znane z innym tytułem. Nowy akt zapisz pod nowym kodem źródła.',
  law_two_values: 'Plik podaje dwie wartości „{key}” od tego samego dnia {from}. Zostaw jedną.',
  law_file: 'Plik prawa ma błędy. Popraw wskazane miejsca i wczytaj go jeszcze raz.',
  // Tariffs
  tariff_unknown: 'Nie ma taryfy „{tariff}”. Znane taryfy: {known}.',
  tariff_exists: 'Taryfa „{tariff}” od {from} jest już wczytana z innymi wartościami. Poprawiony odczyt wczytaj z nowym źródłem (reference).',
  tariff_refused: 'Taryfa łamie zasady programu i nie została wczytana. Popraw wskazane miejsca.',
  tariff_empty: 'Taryfa nie ma żadnej kategorii.',
  tariff_open_below: 'Najniższa kategoria {category} musi być otwarta w dół (bez pola from): suma punktów może być ujemna.',
  tariff_open_above: 'Najwyższa kategoria {category} musi być otwarta w górę (bez pola to).',
  tariff_range_reversed: 'Kategoria {category} kończy się wcześniej, niż się zaczyna.',
  tariff_gap: 'Między kategorią {lower} a {upper} jest luka albo zakładka. Następna musi zaczynać się o 1 punkt wyżej.',
  tariff_falling: 'Kategoria {upper} ma stawkę {rate} zł/m², niższą niż {below} zł/m² kategorii {lower}. Więcej punktów nie może dawać niższej stawki.',
  tariff_same_category: 'Dwie kategorie mają tę samą nazwę.',
  tariff_social_too_high: 'Stawka {rate} zł/m² przekracza połowę najniższej stawki w zasobie ({most} zł/m²).',
  tariff_highest_low: 'Najwyższa stawka {highest} zł/m² jest niższa niż {expected} zł/m², czyli 3 % wskaźnika {index} zł/m² w roku.',
  tariff_council_unknown: 'Nie wiadomo, kiedy poinformowano Radę Miasta. Powinna wiedzieć co najmniej {days} dni przed podpisaniem.',
  tariff_council_late: 'Radę Miasta poinformowano {informed}, a podpisanie zaplanowano na {signed}: to mniej niż {days} dni.',
  // Stock, leases, rents
  dwelling_unknown: 'Nie ma lokalu o kodzie „{dwelling}”.',
  building_unknown: 'Nie ma budynku o kodzie „{building}”.',
  lease_unknown: 'Nie ma umowy o numerze „{lease}”.',
  leases_unknown: 'Nie ma umów o numerach: {leases}.',
  lease_not_on: 'Umowa {lease} nie obowiązuje w dniu {day}.',
  tariff_none_on: 'W dniu {day} nie obowiązuje żadna znana taryfa. Najwcześniejsza znana zaczyna się {first}.',
  fact_not_found: 'W dniu {day} nie ma takiego ustalenia, więc nie można go zakończyć.',
  facts_changed_meanwhile: 'Te dane zmienił w tej chwili ktoś inny. Odśwież i zapisz jeszcze raz.',
  facts_being_written: 'Trwa zapis danych ({writer}). Przeliczenie zacznie się po jego zakończeniu; spróbuj za chwilę.',
  zone_twice: 'Budynek {building} ma już na te dni strefę. Zakończ ją albo popraw, zanim zapiszesz inną.',
  overlap: 'Na te dni jest już inny wpis tego samego rodzaju.',
  // Runs and decisions
  run_unknown: 'Nie ma przeliczenia o numerze {run}.',
  run_not_draft: 'Przeliczenie {run} nie jest projektem (stan: {state}), więc nie można go już zmieniać.',
  run_empty: 'Przeliczenie {run} nie ma żadnej zmiany do zatwierdzenia.',
  run_inputs_changed: 'Od przeliczenia zmieniły się dane {count} umów: {leases}. Przelicz zmienione i zatwierdź ponownie.',
  run_tariff_changed: 'Od przeliczenia zmieniło się prawo lub taryfa. Zrób nowe przeliczenie.',
  lease_not_in_run: 'Umowy {lease} nie ma w przeliczeniu {run}.',
  lease_left_out: 'Umowa {lease} jest już pominięta w przeliczeniu {run}.',
  lease_not_left_out: 'Umowa {lease} nie jest pominięta w przeliczeniu {run}.',
  reason_missing: 'Podaj powód.',
  decision_not_found: 'Nie ma takiej decyzji.',
  decision_not_draft: 'Tego projektu nie można już rozstrzygnąć: jego stan to „{state}” {by}.',
  decision_own: 'Osoba, która przygotowała projekt ({actor}), nie może go zatwierdzić ani odrzucić. Poproś inną osobę.',
  decision_taken: 'Ktoś inny właśnie rozstrzygnął ten projekt.',
  operation_unknown: 'Nie ma zadania o numerze {operation}.',
};

/** The text of a code with its arguments filled in; an unknown code shows itself. */
export function problemText(code: string, args: Readonly<Record<string, string>> = {}): string {
  const text = PROBLEM_TEXTS[code] ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? '').replace(/ \./g, '.');
}
