/** The stock's tables of facts, as the fact writer knows them. */
import type { FactTable } from '../platform/facts/write.ts';
import type { Subject } from '../platform/law/types.ts';

const EVIDENCE = { evidence: 'text' };

function options(subject: Subject): FactTable {
  return { table: `${subject}_options`, key: { [`${subject}_id`]: 'bigint', slot: 'text' }, value: { option: 'text', ...EVIDENCE } };
}

function measures(subject: Subject): FactTable {
  return { table: `${subject}_measures`, key: { [`${subject}_id`]: 'bigint', slot: 'text' }, value: { value: 'numeric', ...EVIDENCE } };
}

/** Options and measures by subject. */
export const OBSERVED: Readonly<Record<Subject, { readonly option: FactTable; readonly measure: FactTable }>> = {
  building: { option: options('building'), measure: measures('building') },
  staircase: { option: options('staircase'), measure: measures('staircase') },
  dwelling: { option: options('dwelling'), measure: measures('dwelling') },
};
