/** Every kind of bad row with the words its sender reads. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importAll } from '../../src/exchange/index.ts';
import type { Place } from './support.ts';
import { importLines, place } from './support.ts';

let here: Place;

beforeAll(async () => {
  here = await place();
  await importAll(here.ctx, path.resolve('seeds/samples'), { reason: 'dane przykładowe' });
});
afterAll(() => here.close());

const HEADERS = {
  budynki: 'kod_budynku;ulica;numer;kod_pocztowy;dzielnica;własność;zarządca;od;do',
  klatki: 'kod_budynku;klatka',
  lokale: 'kod_lokalu;kod_budynku;klatka;numer;wspólny;dysponent;od;do',
  pomieszczenia: 'kod_lokalu;pomieszczenie;część;rodzaj;użytkowanie;wysokość;powierzchnia;od;do',
  ustalenia: 'przedmiot;kod;klatka;cecha;wartość;od;do',
  ruch: 'kod_budynku;ulica;odcinek;natężenie;odległość;od;do',
  sąsiedztwo: 'kod_lokalu;nazwa;otwarcie;zamknięcie;od;do',
  stan_techniczny: 'przedmiot;kod;klatka;instalacja;decyzja;od;do',
  pomocnicze: 'kod_pomieszczenia;kod_budynku;powierzchnia;od;do',
  pomocnicze_użytkownicy: 'kod_pomieszczenia;lokal;kod_lokalu;powierzchnia;od;do',
  umowy: 'numer_umowy;kod_lokalu;rodzaj;pokoje;eksmisja_wstrzymana;podstawa;dokument;stawka_własna;od;do',
  strony: 'numer_umowy;kod_osoby;nazwa;rola;od;do',
  czynsze: 'numer_umowy;kwota;stawka;powierzchnia;od;do',
  wstrzymania: 'numer_umowy;przyczyna;od;do',
} as const;

/** Sheet, row, column and reason. */
const CASES: readonly (readonly [keyof typeof HEADERS, string, string, string])[] = [
  ['budynki', 'B9;ul. Długa;1;31070;I;gmina;ZBK;2019-01-01;', 'kod_pocztowy', '„31070” nie ma postaci, jakiej tu trzeba: dwie cyfry, kreska, trzy cyfry, np. 31-070. Popraw oznaczenie.'],
  ['budynki', 'B9;ul. Długa;1;31-070;I;gmina;ZBK;2019-01-01;2018-12-31', 'do', 'Ostatni dzień (2018-12-31) jest wcześniejszy niż pierwszy (2019-01-01). Popraw daty.'],
  ['budynki', 'B9;ul. Długa;1;31-070;I;gmina;ZBK;1019-01-01;', 'od', 'Data 1019-01-01 jest spoza dopuszczalnych lat (1900–2100). Sprawdź rok.'],
  ['budynki', 'B9;ul. Długa;1;31-070;I;gmina;ZBK;1899-12-31;', 'od', 'Data 1899-12-31 jest spoza dopuszczalnych lat (1900–2100). Sprawdź rok.'],
  ['budynki', 'B9;ul. Długa;1;31-070;I;gmina;ZBK;2019-01-01;2101-01-01', 'do', 'Data 2101-01-01 jest spoza dopuszczalnych lat (1900–2100). Sprawdź rok.'],
  ['klatki', 'B9;1', 'kod_budynku', 'Nie ma budynku o kodzie „B9”. Popraw kod albo dodaj budynek w pliku „budynki”.'],
  ['lokale', 'L9;B9;;1;nie;ZBK;2019-01-01;', 'kod_budynku', 'Nie ma budynku o kodzie „B9”. Popraw kod albo dodaj budynek w pliku „budynki”.'],
  ['lokale', 'L9;B00001;7;1;nie;ZBK;2019-01-01;', 'klatka', 'W budynku „B00001” nie ma klatki „7”. Popraw ją albo dodaj w pliku „klatki”.'],
  ['lokale', 'B00001-005;B00002;;1;nie;ZBK;2019-01-01;', 'kod_budynku', 'Lokal „B00001-005” jest zapisany w budynku „B00001” i nie można go przenieść do innego. Popraw kod.'],
  ['pomieszczenia', 'L9;P1;1;pokój;własne;od 2,20 m;10,00;2019-01-01;', 'kod_lokalu', 'Nie ma lokalu o kodzie „L9”. Popraw kod albo dodaj lokal w pliku „lokale”.'],
  ['pomieszczenia', 'B00001-005;P1;1;pokój;własne;od 2,20 m;0;2019-01-01;', 'powierzchnia', 'Liczba „0” jest za mała. Najmniejsza dopuszczalna to 0,01.'],
  ['ustalenia', 'lokal;B00001-005;;ogrzewannie;c.o.;2019-01-01;', 'cecha', 'Cechy „ogrzewannie” nie ma w prawie na dzień 2019-01-01. Czy chodzi o „ogrzewanie”? Popraw nazwę cechy.'],
  ['ustalenia', 'lokal;B00001-005;;ogrzewanie;pieeowe;2019-01-01;', 'wartość', '„pieeowe” nie jest wartością cechy „ogrzewanie”. Czy chodzi o „piecowe”? Wpisz jedną z: c.o.; elektryczne; gazowe; mieszane (stałe urządzenia elektryczne lub gazowe); piecowe; brak.'],
  ['ustalenia', 'budynek;B00001;;strefa;D;2019-01-01;', 'wartość', '„D” nie jest wartością cechy „strefa”. Wpisz jedną z: strefa „S” – specjalna; strefa „A” – miejska; strefa „B” – przejściowa; strefa „C” – peryferyjna.'],
  ['ustalenia', 'lokal;B00001-005;;winda;jest;2019-01-01;', 'przedmiot', 'Cecha „winda” ma inny przedmiot: klatka. Popraw przedmiot.'],
  ['ustalenia', 'lokal;B00001-005;;lokal wspólny;tak;2019-01-01;', 'cecha', 'Cechy „lokal wspólny” nie zapisuje się jako ustalenia. Podaje się ją w pliku „lokale”, w kolumnie „wspólny”.'],
  ['ustalenia', 'lokal;B00001-005;;wysokość największego pokoju;2,85;2019-01-01;', 'wartość', 'Wartość 2,85 cm cechy „wysokość największego pokoju” jest niedorzeczna: dopuszczalne są od 100 do 800 cm. Sprawdź liczbę i jednostkę.'],
  ['ustalenia', 'lokal;B00001-005;;wysokość największego pokoju;wysoki;2019-01-01;', 'wartość', '„wysoki” nie jest liczbą. Wpisz liczbę z przecinkiem, np. 12,5. Cecha „wysokość największego pokoju” to liczba w cm.'],
  ['ustalenia', 'klatka;B00001;;winda;jest;2019-01-01;', 'klatka', 'Wpis o klatce musi wskazywać klatkę. Wpisz jej oznaczenie.'],
  ['ustalenia', 'lokal;B00001-005;1;ogrzewanie;c.o.;2019-01-01;', 'klatka', 'Klatkę podaje się tylko wtedy, gdy przedmiotem jest klatka. Usuń ją albo popraw przedmiot.'],
  ['ustalenia', 'klatka;B00001;9;winda;jest;2019-01-01;', 'klatka', 'W budynku „B00001” nie ma klatki „9”. Popraw ją albo dodaj w pliku „klatki”.'],
  ['ustalenia', 'lokal;L9;;ogrzewanie;c.o.;2019-01-01;', 'kod', 'Nie ma lokalu o kodzie „L9”. Popraw kod albo dodaj lokal w pliku „lokale”.'],
  ['ruch', 'B00001;ul. Józefa Ditla;;1000-3000;10;2019-01-01;', 'ulica', 'Ulicy „ul. Józefa Ditla” nie ma w załączniku nr 4 w wykazie „1000-3000”. Czy chodzi o „ul. Józefa Dietla”? Popraw ulicę albo natężenie.'],
  ['ruch', 'B00001;ul. Józefa Dietla;;powyżej 3000;10;2019-01-01;', 'natężenie', 'Ulicy „ul. Józefa Dietla” nie ma w załączniku nr 4 w wykazie „powyżej 3000”. Ta ulica stoi w wykazie: „1000-3000”. Popraw ulicę albo natężenie.'],
  ['ruch', 'B9;ul. Józefa Dietla;;1000-3000;10;2019-01-01;', 'kod_budynku', 'Nie ma budynku o kodzie „B9”. Popraw kod albo dodaj budynek w pliku „budynki”.'],
  ['sąsiedztwo', 'B00001-005;Bar;18:00;25:00;2019-01-01;', 'zamknięcie', 'Takiej godziny nie ma: 25:00. Wpisz godzinę od 00:00 do 23:59.'],
  ['stan_techniczny', 'budynek;B00001;;zagrożenie;;2024-01-01;', 'decyzja', 'Zagrożenie życia lub zdrowia wymaga decyzji nadzoru budowlanego. Podaj jej numer.'],
  ['pomocnicze', 'B00002-PP1;B00001;6,40;2019-01-01;', 'kod_budynku', 'Pomieszczenie „B00002-PP1” jest zapisane w budynku „B00002” i nie można go przenieść do innego. Popraw kod.'],
  ['pomocnicze_użytkownicy', 'B00002-PP9;lokal nr 3;;40,00;2019-01-01;', 'kod_pomieszczenia', 'Nie ma pomieszczenia pomocniczego o kodzie „B00002-PP9”. Popraw kod albo dodaj je w pliku „pomocnicze”.'],
  ['pomocnicze_użytkownicy', 'B00002-PP1;lokal nr 3;B00002-001;40,00;2019-01-01;', 'kod_lokalu', 'Użytkownik to albo lokal z zasobu (wtedy kod_lokalu bez powierzchni), albo cudzy lokal (wtedy powierzchnia bez kodu). Podaj jedno z dwojga.'],
  ['umowy', 'U9;L9;na czas nieoznaczony;;;punkty;;;2020-01-01;', 'kod_lokalu', 'Nie ma lokalu o kodzie „L9”. Popraw kod albo dodaj lokal w pliku „lokale”.'],
  ['umowy', 'ZBK/2020/00012;B00002-001;na czas nieoznaczony;;;punkty;;;2020-03-01;', 'kod_lokalu', 'Umowa „ZBK/2020/00012” dotyczy lokalu „B00001-005”. Umowę na inny lokal zapisz pod innym numerem.'],
  ['umowy', 'U9;B00001-006;na czas nieoznaczony;P7;;punkty;;;2015-01-01;2015-12-31', 'pokoje', 'W lokalu „B00001-006” nie ma pomieszczenia „P7”. Popraw je albo dodaj w pliku „pomieszczenia”.'],
  ['umowy', 'U9;B00001-006;na czas nieoznaczony;K1;;punkty;;;2020-01-01;2020-12-31', 'pokoje', 'Pomieszczenie „K1” lokalu „B00001-006” jest wspólne, więc nie można go nająć na wyłączność. Usuń je z listy.'],
  ['umowy', 'U9;B00001-005;na czas nieoznaczony;;;przetarg lub oferty;;20,00;2010-01-01;2010-12-31', 'dokument', 'Taka podstawa stawki wymaga dokumentu. Podaj dokument, na którym się opiera.'],
  ['umowy', 'U9;B00001-005;na czas nieoznaczony;;tak;punkty;;;2010-01-01;2010-12-31', 'eksmisja_wstrzymana', 'Wstrzymanie eksmisji dotyczy tylko zajmowania bez tytułu. Popraw rodzaj albo wpisz „nie”.'],
  ['umowy', 'U9;B00001-005;na czas oznaczony;;;punkty;;;2010-01-01;2009-12-31', 'do', 'Ostatni dzień (2009-12-31) jest wcześniejszy niż pierwszy (2010-01-01). Popraw daty.'],
  ['strony', 'U9;O-000123;Jan Przykładowy;najemca;2020-03-01;', 'numer_umowy', 'Nie ma umowy o numerze „U9”. Popraw numer albo dodaj umowę w pliku „umowy”.'],
  ['strony', 'ZBK/2020/00012;O-9;;najemca;2020-03-01;', 'nazwa', 'Osoby o kodzie „O-9” jeszcze nie ma. Podaj jej nazwę.'],
  ['strony', 'ZBK/2020/00012;O-000123;Kto Inny;najemca;2020-03-01;', 'nazwa', 'Osoba o kodzie „O-000123” jest już zapisana pod inną nazwą. Popraw kod albo nazwę.'],
  ['czynsze', 'U9;100,00;;;2020-03-01;', 'numer_umowy', 'Nie ma umowy o numerze „U9”. Popraw numer albo dodaj umowę w pliku „umowy”.'],
  ['czynsze', 'ZBK/2020/00012;-1;;;2020-03-01;', 'kwota', 'Liczba „-1” jest ujemna, a tu nie może być mniejsza niż 0. Popraw ją.'],
  ['wstrzymania', 'U9;spór;2020-03-01;', 'numer_umowy', 'Nie ma umowy o numerze „U9”. Popraw numer albo dodaj umowę w pliku „umowy”.'],
];

/** Rejected rows of a sheet by their line: all bad rows of a sheet stand in one file, which is imported once. */
const rejected = new Map<string, Promise<Map<string, readonly string[]>>>();

function rejectedOf(sheet: keyof typeof HEADERS): Promise<Map<string, readonly string[]>> {
  const known = rejected.get(sheet);
  if (known !== undefined) return known;
  const lines = CASES.filter(([name]) => name === sheet).map(([, line]) => line);
  const found = importLines(here, sheet, [HEADERS[sheet], ...lines]).then((report) => {
    expect(report).toMatchObject({ rows: lines.length, rejected: lines.length });
    return new Map(report.rejects.map((line) => [cells(line)[0] ?? '', cells(line)]));
  });
  rejected.set(sheet, found);
  return found;
}

describe('a bad row is rejected with its column and its reason', () => {
  it.each(CASES)('%s: %s', async (sheet, line, column, words) => {
    const place = CASES.filter(([name]) => name === sheet).findIndex(([, row]) => row === line);
    const [, at, why] = (await rejectedOf(sheet)).get(String(place + 2)) ?? [];
    expect([at, why]).toEqual([column, words]);
  });
});

/** The first cells of a CSV line, with quotes taken away. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/gu)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

describe('rows of one file that contradict one another', () => {
  it('reject the later one, which names the earlier', async () => {
    const zone = (value: string, from: string, until = ''): string => `budynek;B00002;;strefa;${value};${from};${until}`;
    const report = await importLines(here, 'ustalenia', [HEADERS.ustalenia, zone('C', '2019-01-01', '2021-12-31'), zone('A', '2019-01-01'), zone('B', '2020-01-01', '2020-12-31'), zone('B', '2022-01-01')]);
    expect(report).toMatchObject({ rows: 4, added: 2, rejected: 2 });
    expect(report.rejects.map((line) => cells(line).slice(0, 3))).toEqual([
      ['3', 'od', 'Wiersz 2 tego pliku podaje od tego samego dnia co innego. Zostaw jeden z tych wierszy.'],
      ['4', 'od', 'Wiersz 2 tego pliku podaje na te same dni (2019-01-01 – 2021-12-31) inny wpis. Popraw dni jednego z nich.'],
    ]);
  });
});

describe('a row beside an earlier one about the same thing that is rejected itself', () => {
  it('is taken when it is good, and rejected for its own reason when it is not', async () => {
    const row = (code: string, staircase = ''): string => `L88;${code};${staircase};88;nie;ZBK;2019-01-01;`;
    const report = await importLines(here, 'lokale', [HEADERS.lokale, row('B9'), row('B9'), row('B00001', '7'), row('B00001', '1'), row('B00001', '1'), row('B00001')]);
    expect(report).toMatchObject({ rows: 6, added: 1, duplicates: 1, rejected: 4 });
    expect(report.rejects.map((line) => cells(line).slice(0, 2))).toEqual([['2', 'kod_budynku'], ['3', 'kod_budynku'], ['4', 'klatka'], ['7', 'od']]);
  });
});

describe('a row that is only doubtful', () => {
  it('is taken and counted: a rent that is not its rate times its area', async () => {
    const report = await importLines(here, 'czynsze', [HEADERS.czynsze, 'ZBK/2021/00003;100,00;10,00;12,00;2021-01-01;']);
    expect(report).toMatchObject({ added: 1, rejected: 0, warnings: 1 });
    expect(report.warningsTold).toEqual([{
      line: 2, text: 'Czynsz 100,00 zł różni się od iloczynu stawki i powierzchni (120,00 zł).',
      reasons: [{ code: 'rent_product', args: { amount: '100,00', product: '120,00' } }],
    }]);
  });

  it('is taken and counted: a segment that is not on the list', async () => {
    const report = await importLines(here, 'ruch', [HEADERS.ruch, 'B00002;ul. Józefa Dietla;przy moście;1000-3000;12;2019-01-01;']);
    expect(report).toMatchObject({ added: 1, warnings: 1 });
    expect(report.warningsTold[0]?.text).toBe('Odcinka „przy moście” ulicy ul. Józefa Dietla nie ma w wykazie. Odcinki w wykazie: cała ulica.');
  });
});

describe('the file of rejected rows', () => {
  it('can be corrected and imported as it is', async () => {
    const bad = await importLines(here, 'lokale', [HEADERS.lokale, 'L77;B00001;7;7;nie;ZBK;2019-01-01;']);
    const corrected = bad.rejects.join('\r\n').replace('B00001;7;7', 'B00001;1;7');
    expect(await importLines(here, 'lokale', [`wiersz;kolumna;powód;${HEADERS.lokale}`, corrected])).toMatchObject({ rows: 1, added: 1, rejected: 0 });
  });
});
