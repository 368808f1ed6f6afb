/** The pages of what if. */
import { scenarioLeasePages } from './lease.tsx';
import { scenarioListPages } from './list.tsx';
import { scenarioOnePages } from './one.tsx';

export const scenarioPages = [...scenarioListPages, ...scenarioOnePages, ...scenarioLeasePages];
