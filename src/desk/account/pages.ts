/** Everybody's own account. */
import { letterCodePages } from './letter-code.tsx';
import { accountPages as accountPage } from './page.tsx';
import { tokenPages } from './tokens.tsx';

export const accountPages = [...accountPage, ...tokenPages, ...letterCodePages];
