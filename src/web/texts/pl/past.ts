/** Words of what changed about a dwelling. */
import { HEIGHTS_PL, ROOMS_PL } from '../../../platform/statement/words/rooms.ts';
import { pl } from '../plural.ts';

const parts = (words: readonly (string | null)[]): string => words.filter((word) => word !== null && word !== '').join(', ');

export const past = {
  heading: 'Co się zmieniało',
  title: (dwelling: string) => `Historia lokalu ${dwelling}`,
  link: 'Cała historia lokalu',
  help: 'Każdy zapis o lokalu, jego klatce i budynku, od najnowszego: kto, kiedy i dlaczego zapisał, co odtąd się liczy i co przestało się liczyć.',
  entries: (added: number, closed: number) => parts([added === 0 ? null : pl(added, 'nowy wpis', 'nowe wpisy', 'nowych wpisów'), closed === 0 ? null : `${pl(closed, 'wpis przestał', 'wpisy przestały', 'wpisów przestało')} się liczyć`]),
  added: 'Zapisano',
  closed: 'Przestało się liczyć',
  proven: (words: string, evidence: string) => `${words} (dowód: ${evidence})`,
  slot: (name: string, value: string, about: string) => `${name}: ${value} (${about})`,
  place: (number: string, staircase: string, holder: string, shared: boolean) => parts([`Lokal nr ${number}`, `klatka ${staircase}`, `dysponent ${holder}`, shared ? 'lokal wspólny' : null]),
  address: (address: string, district: string, ownership: string, manager: string) => `Budynek: ${parts([address, district, `własność: ${ownership}`, `zarządca: ${manager}`])}`,
  room: (room: string, part: string, kind: string, area: string, height: string, common: boolean) => `Pomieszczenie ${parts([part === '1' ? room : `${room} (część ${part})`, kind, `${area} m²`, height, common ? 'używane wspólnie' : null])}`,
  traffic: (street: string, band: string, distance: string) => `Ulica w pobliżu: ${parts([street, band, `odległość ${distance} m`])}`,
  business: (name: string, opens: string, closes: string) => `Działalność obok lokalu: ${name}, czynna ${opens}–${closes}`,
  technical: (installation: string, about: string, decision: string | null) => `Stan techniczny (${about}): ${parts([installation, decision === null ? null : `decyzja ${decision}`])}`,
  rooms: ROOMS_PL,
  heights: HEIGHTS_PL,
  bands: { over_3000: 'powyżej 3000 pojazdów na godzinę', '1000_3000': 'od 1000 do 3000 pojazdów na godzinę', '500_1000': 'od 500 do 1000 pojazdów na godzinę' } as Record<string, string>,
  ownerships: { municipal: 'gmina', community: 'wspólnota', state: 'Skarb Państwa', unclear: 'nieustalona' } as Record<string, string>,
  installations: { water_sewage: 'instalacja wodno-kanalizacyjna do wymiany', electric: 'instalacja elektryczna do wymiany', gas: 'instalacja gazowa do wymiany', heating: 'instalacja grzewcza do wymiany', danger: 'zagrożenie życia lub zdrowia' } as Record<string, string>,
};
