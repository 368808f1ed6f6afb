/** English words of every problem. A code without them does not compile. */
import type { ProblemTexts } from '../pl/texts.ts';
import { ACCESS } from './access.ts';
import { FACTS } from './facts.ts';
import { FIELDS } from './fields.ts';
import { FILES } from './files.ts';
import { LAW } from './law.ts';
import { PERSONS } from './persons.ts';
import { REQUEST } from './request.ts';
import { RUNS } from './runs.ts';
import { SERVICE } from './service.ts';

export const EN: ProblemTexts = { ...REQUEST, ...FIELDS, ...ACCESS, ...SERVICE, ...LAW, ...FACTS, ...PERSONS, ...FILES, ...RUNS };

export { ON_PAGE as EN_ON_PAGE } from './on-page.ts';
export { TITLES as EN_TITLES } from './titles.ts';
