/** Polish words of the pages, room by room. */
import { desk, found } from './desk.ts';
import { lease, rent } from './lease.ts';
import { chart, common, error, form, roles, search, shell, signIn, statement, table } from './shell.ts';
import { stock } from './stock.ts';

export const PL = { shell, roles, signIn, search, error, form, table, chart, common, statement, desk, found, stock, lease, rent };

export type Texts = typeof PL;
