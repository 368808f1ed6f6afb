/** TIME-1, TIME-2: golden cases in `test/cases/platform`. */
import { goldenCases } from '../../support/cases.ts';
import { term } from '../../support/cases/tariffs.ts';

goldenCases('platform', { term });
