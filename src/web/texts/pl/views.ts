/** Words of kept views of lists. */
export const views = {
  heading: 'Moje widoki',
  save: 'Zapisz ten widok',
  saveTitle: 'Zapisz widok listy',
  saveHelp: (list: string) => `Widok zapamięta filtry i kolejność, które są teraz ustawione na liście „${list}”. Zobaczysz go nad listą; nikt poza Tobą go nie widzi.`,
  name: 'Nazwa widoku',
  nameHelp: 'Na przykład: Socjalne do końca roku. Nie wpisuj nazwisk.',
  replace: 'Zastąp widok o tej nazwie',
  saved: (name: string) => `Zapisano widok „${name}”.`,
  manage: 'Uporządkuj widoki',
  list: 'Lista',
  drop: 'Usuń',
  dropped: (name: string) => `Usunięto widok „${name}”.`,
  none: 'Nie masz jeszcze żadnych widoków',
  noneHelp: 'Ustaw na liście filtry albo kolejność i wybierz „Zapisz ten widok”.',
};
