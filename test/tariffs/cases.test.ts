/** RATE-1 … RATE-4: golden cases in `test/cases/tariffs`. */
import { goldenCases } from '../support/cases.ts';
import { category, tariff } from '../support/cases/tariffs.ts';

goldenCases('tariffs', { tariff, category });
