/** Kinds and heights of rooms in words, for statements of version 1 and for pages. */

type Named = Readonly<Record<string, string>>;

export const ROOMS_PL: Named = {
  room: 'pokój',
  kitchen: 'kuchnia',
  pantry: 'spiżarnia',
  hall: 'przedpokój',
  alcove: 'alkowa',
  corridor: 'korytarz',
  bathroom: 'łazienka',
  bathroom_wc: 'łazienka z w.c.',
  wc: 'w.c.',
  storage: 'pomieszczenie gospodarcze',
  balcony: 'balkon',
  terrace: 'taras',
  loggia: 'loggia',
  mezzanine: 'antresola',
  wall_cupboard: 'szafa lub schowek w ścianie',
  laundry: 'pralnia',
  drying_room: 'suszarnia',
  pram_room: 'wózkownia',
  attic: 'strych',
  cellar: 'piwnica',
  shed: 'komórka',
};

export const HEIGHTS_PL: Named = {
  from_220: 'wysokość 2,20 m i więcej',
  from_140: 'wysokość od 1,40 m do mniej niż 2,20 m',
  under_140: 'wysokość poniżej 1,40 m',
};

export const ROOMS_EN: Named = {
  room: 'room',
  kitchen: 'kitchen',
  pantry: 'pantry',
  hall: 'hall',
  alcove: 'alcove',
  corridor: 'corridor',
  bathroom: 'bathroom',
  bathroom_wc: 'bathroom with w.c.',
  wc: 'w.c.',
  storage: 'store room',
  balcony: 'balcony',
  terrace: 'terrace',
  loggia: 'loggia',
  mezzanine: 'mezzanine',
  wall_cupboard: 'wall cupboard',
  laundry: 'laundry',
  drying_room: 'drying room',
  pram_room: 'pram room',
  attic: 'attic',
  cellar: 'cellar',
  shed: 'shed',
};

export const HEIGHTS_EN: Named = {
  from_220: '2.20 m high or more',
  from_140: 'from 1.40 m to under 2.20 m high',
  under_140: 'under 1.40 m high',
};
