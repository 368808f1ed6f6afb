import { en } from '../plural.ts';
import type { Texts } from '../pl/index.ts';

export const stock: Texts['stock'] = {
  list: 'Dwellings',
  dwelling: 'Dwelling',
  address: 'Address',
  street: 'Street',
  buildingNumber: 'House number',
  number: 'Flat number',
  postcode: 'Postcode',
  district: 'District',
  building: 'Building',
  staircase: 'Staircase',
  holder: 'Holder',
  shared: 'Shared dwelling',
  none: 'There are no dwellings yet.',
  load: 'Load buildings and dwellings from files.',
  count: (count) => en(count, 'dwelling', 'dwellings'),
};
