/** What a problem is called: by its status, or by its code where that has a name of its own. */
export const TITLES = {
  400: 'Niepoprawne żądanie',
  401: 'Nie wiadomo, kto pyta',
  403: 'Brak uprawnienia',
  404: 'Nie znaleziono',
  405: 'Niedozwolona metoda',
  408: 'Żądanie trwało za długo',
  409: 'Stan się zmienił',
  413: 'Za duża treść',
  414: 'Za długi adres',
  415: 'Nieobsługiwany format',
  422: 'Nieprawidłowe dane',
  429: 'Za dużo prób',
  431: 'Za duże nagłówki',
  500: 'Błąd',
  503: 'Chwilowo niedostępne',
  too_many_requests: 'Za dużo żądań',
};

export type Titles = Readonly<Record<keyof typeof TITLES, string>>;
