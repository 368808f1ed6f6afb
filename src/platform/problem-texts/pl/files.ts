/** Imports and exports. */
export const FILES = {
  import_file: 'Pliku „{file}” nie można wczytać. {reason}',
  import_file_missing: 'Wybierz plik z dysku.',
  import_file_too_large: 'Plik jest za duży: może mieć najwyżej {limit}. Podziel go na części, każdą z wierszem nazw kolumn.',
  import_file_empty: 'Plik „{file}” jest pusty. Wybierz plik z danymi.',
  import_other_kind: 'Plik „{file}” wygląda na rodzaj „{other}”, a nie „{sheet}”. Wczytaj go jako „{other}” albo wybierz inny plik.',
  import_not_a_trial: 'Zadanie {operation} nie jest zakończoną próbą wczytania. Wyślij plik jeszcze raz na próbę.',
  import_not_yours: 'Próbę {operation} zrobiła inna osoba ({actor}). Plik wczytuje ten, kto go przysłał: wyślij go sam na próbę.',
  import_file_gone: 'Pliku próby {operation} nie ma już na serwerze: został wczytany albo minęła godzina. Wyślij go jeszcze raz na próbę.',
  import_sheet_unknown: 'Nie ma rodzaju pliku „{sheet}”. Znane rodzaje: {known}.',
  import_not_recognised: 'Nie wiadomo, jakie dane są w pliku „{file}”. Nazwij go jak jeden z rodzajów ({known}) albo wskaż rodzaj.',
  sheet_needs_whole_city: 'Pliki rodzaju „{sheet}” dotyczą całego miasta, więc wczytują je i pobierają tylko osoby bez ograniczenia do dzielnic. Poproś jedną z nich.',
  import_folder_empty: 'W folderze „{folder}” nie ma żadnego pliku do wczytania. Pliki muszą nazywać się jak rodzaje: {known}.',
  known_from_future: 'Dane nie mogą być znane od {instant}: ta chwila jeszcze nie nadeszła.',
  known_from_too_early: 'Dane nie mogą być znane od {instant}, bo później, o {latest}, zapisano już inne dane lub przeliczenie. Podaj późniejszą chwilę albo pomiń ją.',
};
