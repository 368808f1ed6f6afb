/** Pages that span several slices. */
import { accountPages } from './account/pages.ts';
import { trailPages } from './audit/pages.ts';
import { basisPages } from './basis.tsx';
import { componentPages } from './components.tsx';
import { dwellingPages } from './dwelling/pages.ts';
import { homePages } from './home.tsx';
import { leasePages } from './lease/page.tsx';
import { operationPages } from './operation.tsx';
import { searchPages } from './search/page.tsx';
import { usersPages } from './users/pages.ts';

export const deskPages = [...basisPages, ...homePages, ...dwellingPages, ...leasePages, ...searchPages, ...operationPages, ...componentPages, ...accountPages, ...usersPages, ...trailPages];
