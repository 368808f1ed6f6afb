/** Pages that span several slices. */
import { basisPages } from './basis.tsx';
import { componentPages } from './components.tsx';
import { dwellingPages } from './dwelling/pages.ts';
import { homePages } from './home.tsx';
import { leasePages } from './lease/page.tsx';
import { operationPages } from './operation.tsx';
import { searchPages } from './search/page.tsx';

export const deskPages = [...basisPages, ...homePages, ...dwellingPages, ...leasePages, ...searchPages, ...operationPages, ...componentPages];
