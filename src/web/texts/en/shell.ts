import { en } from '../plural.ts';
import type { Texts } from '../pl/index.ts';

export const shell: Texts['shell'] = {
  skip: 'Skip to content',
  navigation: 'Navigation',
  menu: 'Menu',
  crumbs: 'Path to this page',
  language: 'Language',
  colours: 'Colours',
  themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
  interface: 'Programming interface',
  licence: 'Kamienica, open-source software (EUPL-1.2)',
};

export const roles: Texts['roles'] = {
  clerk: 'clerk', supervisor: 'supervisor', law_administrator: 'law administrator', collections: 'collections', auditor: 'auditor', tenant: 'tenant', system: 'system',
};

export const signIn: Texts['signIn'] = {
  heading: 'Sign in',
  out: 'Sign out',
  staff: 'Sign in as staff',
  tenant: 'Sign in as a tenant',
  none: 'Sign-in is not configured. Tell the administrator.',
  intro: 'Kamienica runs a city’s municipal housing. Every złoty here has its paragraph, its fact and its date.',
  kept: 'The session ended before the form was sent. What you typed was kept: check it and send it again.',
};

export const search: Texts['search'] = {
  label: 'Search for an address, dwelling, lease or person',
  placeholder: 'Address, dwelling, lease, person',
  go: 'Search',
};

export const error: Texts['error'] = {
  notFound: 'Not found',
  noPage: 'There is nothing at this address. Check it or go back to the start.',
  home: 'Back to the start',
  number: 'Request number, by which the administrator can find the error:',
};

export const form: Texts['form'] = {
  summary: 'Correct the form',
  optional: 'optional',
  dayHint: 'Day, month and year, for example 31.01.2026',
  choose: 'choose',
  any: 'any',
  save: 'Save',
  preview: 'Show the effect',
  cancel: 'Cancel',
  stale: 'The form came from an earlier session. Nothing has been saved yet: check it and send it again.',
  staleButton: 'The page came from an earlier session. Nothing was changed: choose again.',
};

export const table: Texts['table'] = {
  region: (caption) => `Table: ${caption}`,
  filter: 'Filter',
  clear: 'Clear filters',
  filters: 'Filters',
  sortBy: (column) => `Sort by ${column}`,
  rows: (from, to, total) => `${from}–${to} of ${en(total, 'row', 'rows')}`,
  none: 'Nothing matches these filters.',
  pages: 'Pages',
  first: 'First',
  previous: 'Previous',
  next: 'Next',
  last: 'Last',
  page: (page, last) => `Page ${page} of ${last}`,
  exportAs: 'Download all as',
};

export const chart: Texts['chart'] = { figures: 'Figures of the chart', from: 'From', to: 'To', value: 'Value', count: 'Count' };

export const common: Texts['common'] = {
  none: '–',
  yes: 'yes',
  no: 'no',
  untilFurther: 'until further notice',
  from: 'from',
  to: 'to',
  known: 'As known',
  print: 'Print',
  show: 'Show',
  details: 'Details',
};

export const statement: Texts['statement'] = {
  uncertain: 'Rests on values that no act prints',
  uncertainIn: (statement) => `Uncertain values: ${statement}`,
  certainty: { printed: 'from the act', reconstructed: 'reconstructed from a scan', reported: 'reported elsewhere', assumed: 'assumed', unknown: 'source unknown' },
  differs: 'differs',
  parts: (count) => en(count, 'part', 'parts'),
  facts: 'Facts',
};
