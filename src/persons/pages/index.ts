/** Pages of persons. There is no list of them: whoever needs a person searches for that person. */
import type { PageRoute } from '../../web/declared.ts';
import { correctPages } from './correct.tsx';
import { letterCodePages } from './letter-code.tsx';
import { newPages } from './new.tsx';
import { onePages } from './one.tsx';
import type { AboutPersons } from './told.ts';

export const personPages = (about: AboutPersons): readonly PageRoute[] => [...newPages(about), ...onePages(about), ...correctPages(about), ...letterCodePages(about)];
