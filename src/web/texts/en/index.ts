/** English words of the pages. */
import type { Texts } from '../pl/index.ts';
import { trail } from './audit.ts';
import { desk, found, showcase } from './desk.ts';
import { dwelling, effect, finding } from './dwelling.ts';
import { basis, law, tariff, tariffForm } from './law.ts';
import { files, operation } from './files.ts';
import { lease, rent } from './lease.ts';
import { past } from './past.ts';
import { person, retention } from './persons.ts';
import { run, runCompare, runDecide, runDrafts, runLease, runNew, runView } from './runs.ts';
import { scenarios } from './scenarios.ts';
import { chart, common, error, form, roles, search, shell, signIn, statement, table } from './shell.ts';
import { stock } from './stock.ts';
import { account, users } from './users.ts';
import { views } from './views.ts';

export const EN: Texts = { shell, roles, signIn, search, error, form, table, chart, common, statement, desk, showcase, found, files, operation, stock, dwelling, past, finding, effect, law, basis, tariff, tariffForm, lease, rent, run, runNew, runView, runDrafts, runLease, runDecide, runCompare, scenarios, person, retention, account, users, views, trail };
