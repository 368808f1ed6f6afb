/** English words of the pages. */
import type { Texts } from '../pl/index.ts';
import { desk, found } from './desk.ts';
import { lease, rent } from './lease.ts';
import { chart, common, error, form, roles, search, shell, signIn, statement, table } from './shell.ts';
import { stock } from './stock.ts';

export const EN: Texts = { shell, roles, signIn, search, error, form, table, chart, common, statement, desk, found, stock, lease, rent };
