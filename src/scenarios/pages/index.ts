/** The pages of what if. */
import { scenarioChangePages } from './changes.tsx';
import { scenarioLeasePages } from './lease.tsx';
import { scenarioListPages } from './list.tsx';
import { scenarioManagePages } from './manage.tsx';
import { scenarioOnePages } from './one.tsx';

export const scenarioPages = [...scenarioListPages, ...scenarioOnePages, ...scenarioChangePages, ...scenarioManagePages, ...scenarioLeasePages];
