/** Pages that span several slices. */
import { componentPages } from './components.tsx';
import { homePages } from './home.tsx';
import { leasePages } from './lease/page.tsx';
import { searchPages } from './search/page.tsx';

export const deskPages = [...homePages, ...leasePages, ...searchPages, ...componentPages];
