/** Polish words of every problem: what is wrong and what to do. They decide which codes there are. */
import { ACCESS } from './access.ts';
import { FACTS } from './facts.ts';
import { FIELDS } from './fields.ts';
import { FILES } from './files.ts';
import { LAW } from './law.ts';
import { PERSONS } from './persons.ts';
import { REQUEST } from './request.ts';
import { RUNS } from './runs.ts';
import { SERVICE } from './service.ts';

export const PL = { ...REQUEST, ...FIELDS, ...ACCESS, ...SERVICE, ...LAW, ...FACTS, ...PERSONS, ...FILES, ...RUNS };

export type ProblemCode = keyof typeof PL;
export type ProblemTexts = Readonly<Record<ProblemCode, string>>;
