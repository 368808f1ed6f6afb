/** VAL-9, VAL-10: golden cases in `test/cases/stock`. */
import { goldenCases } from '../support/cases.ts';
import { auxiliary, shares } from '../support/cases/shares.ts';
import { area } from '../support/cases/statements.ts';

goldenCases('stock', { area, shares, auxiliary });
