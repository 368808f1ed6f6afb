/** VAL-1 … VAL-8, VAL-11 … VAL-16: golden cases in `test/cases/valuation`. */
import { goldenCases } from '../support/cases.ts';
import { points } from '../support/cases/statements.ts';

goldenCases('valuation', { points });
