/** The rents' file. */
export { rents } from './rents.ts';
