/** Words of what changed about a dwelling. */
import { HEIGHTS_EN, ROOMS_EN } from '../../../platform/statement/words/rooms.ts';
import type { Texts } from '../pl/index.ts';
import { en } from '../plural.ts';

const parts = (words: readonly (string | null)[]): string => words.filter((word) => word !== null && word !== '').join(', ');

export const past: Texts['past'] = {
  heading: 'What changed',
  title: (dwelling) => `History of dwelling ${dwelling}`,
  link: 'The whole history of the dwelling',
  help: 'Everything recorded about the dwelling, its staircase and its building, the newest first: who recorded it, when and why, what counts since then and what no longer counts.',
  entries: (added, closed) => parts([added === 0 ? null : en(added, 'new entry', 'new entries'), closed === 0 ? null : en(closed, 'entry no longer counts', 'entries no longer count')]),
  added: 'Recorded',
  closed: 'No longer counts',
  proven: (words, evidence) => `${words} (evidence: ${evidence})`,
  slot: (name, value, about) => `${name}: ${value} (${about})`,
  place: (number, staircase, holder, shared) => parts([`Dwelling no. ${number}`, `staircase ${staircase}`, `held by ${holder}`, shared ? 'shared dwelling' : null]),
  address: (address, district, ownership, manager) => `Building: ${parts([address, district, `owned by: ${ownership}`, `managed by: ${manager}`])}`,
  room: (room, part, kind, area, height, common) => `Room ${parts([part === '1' ? room : `${room} (part ${part})`, kind, `${area} m²`, height, common ? 'used in common' : null])}`,
  traffic: (street, band, distance) => `Street nearby: ${parts([street, band, `${distance} m away`])}`,
  business: (name, opens, closes) => `Business beside the dwelling: ${name}, open ${opens}–${closes}`,
  technical: (installation, about, decision) => `Technical state (${about}): ${parts([installation, decision === null ? null : `decision ${decision}`])}`,
  rooms: ROOMS_EN,
  heights: HEIGHTS_EN,
  bands: { over_3000: 'over 3000 vehicles an hour', '1000_3000': '1000 to 3000 vehicles an hour', '500_1000': '500 to 1000 vehicles an hour' },
  ownerships: { municipal: 'the city', community: 'a community of owners', state: 'the State Treasury', unclear: 'not established' },
  installations: { water_sewage: 'water and sewage to be replaced', electric: 'electric installation to be replaced', gas: 'gas installation to be replaced', heating: 'heating to be replaced', danger: 'danger to life or health' },
};
