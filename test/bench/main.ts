/** `npm run bench [-- NAME …]`: one JSON object a line. */
import { deskBench } from './desk.ts';
import { recalculationBench } from './recalculation.ts';
import { rentRequestBench } from './rent-request.ts';
import { valuationBench } from './valuation.ts';

const BENCHES: Readonly<Record<string, (print: (result: object) => void) => Promise<void>>> = {
  recalculation: recalculationBench,
  valuation: valuationBench,
  'rent-request': rentRequestBench,
  desk: deskBench,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
  process.stderr.write(`no bench ${unknown}; there are: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
  await BENCHES[name]?.((result) => process.stdout.write(`${JSON.stringify({ bench: name, ...result })}\n`));
}
