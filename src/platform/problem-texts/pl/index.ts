/** All that is said of problems in Polish. */
export { ON_PAGE as PL_ON_PAGE } from './on-page.ts';
export type { ProblemCode, ProblemTexts } from './texts.ts';
export { PL } from './texts.ts';
export type { Titles } from './titles.ts';
export { TITLES as PL_TITLES } from './titles.ts';
