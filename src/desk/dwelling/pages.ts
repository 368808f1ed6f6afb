/** The rooms of a dwelling: itself, recording a finding about it, ending one. */
import { endPages } from './end.tsx';
import { dwellingPage } from './page.tsx';
import { pastPage } from './past.tsx';
import { recordPages } from './record.tsx';

export const dwellingPages = [...dwellingPage, ...pastPage, ...recordPages, ...endPages];
