/** Files in the browser: what kinds there are, sending, trial and loading, downloads. */
import { kindPages } from './files.tsx';
import { importPages } from './import.tsx';
import { overviewPages } from './overview.tsx';
import { uploadPages } from './upload.tsx';

export const exchangePages = [...overviewPages, ...kindPages, ...uploadPages, ...importPages];
