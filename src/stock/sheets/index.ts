/** The stock's files, in the order in which they must be imported. */
export { buildings, staircases } from './buildings.ts';
export { dwellings, rooms } from './dwellings.ts';
export { observations } from './observations.ts';
export { businesses, traffic } from './surroundings.ts';
export { technical } from './technical.ts';
export { auxiliaryRooms, auxiliaryUsers } from './auxiliary.ts';
