import { pl } from '../plural.ts';

export const stock = {
  list: 'Lokale',
  dwelling: 'Lokal',
  address: 'Adres',
  street: 'Ulica',
  buildingNumber: 'Numer domu',
  number: 'Numer lokalu',
  postcode: 'Kod pocztowy',
  district: 'Dzielnica',
  building: 'Budynek',
  staircase: 'Klatka',
  holder: 'Dysponent',
  shared: 'Lokal wspólny',
  none: 'Nie ma jeszcze żadnych lokali.',
  load: 'Wczytaj budynki i lokale z plików.',
  count: (count: number) => pl(count, 'lokal', 'lokale', 'lokali'),
};
