/** Lists of persons whose data are to be erased, on pages. */
import { decidePages } from './decide.tsx';
import { listPages } from './lists.tsx';
import { entriesPages, onePages } from './one.tsx';

export const retentionPages = [...listPages, ...onePages, ...entriesPages, ...decidePages];
