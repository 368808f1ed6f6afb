/** RATE-5 … RATE-10, VAL-6, NOT-1 … NOT-5: golden cases in `test/cases/rents`. */
import { goldenCases } from '../support/cases.ts';
import { recalculation } from '../support/cases/recalculation.ts';
import { rate, rent } from '../support/cases/statements.ts';
import { limits, month } from '../support/cases/tariffs.ts';

goldenCases('rents', { rate, rent, month, limits, recalculation });
