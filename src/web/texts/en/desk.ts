import { en } from '../plural.ts';
import type { Texts } from '../pl/index.ts';

export const desk: Texts['desk'] = {
  home: 'Start',
  hello: (name) => `Good day, ${name}`,
  tasks: 'Waiting for a decision',
  noTasks: 'Nothing waits for a decision.',
  task: 'What',
  decides: 'Who decides',
  yours: 'Waits for you',
  ownHand: 'Another supervisor, as it is your own work',
  othersDecide: 'A supervisor',
  notReady: 'Still being calculated',
  retentionList: (list) => `List of data to erase ${list}`,
  persons: (count) => en(count, 'person', 'persons'),
  stock: 'The stock today',
  leasesToday: 'Leases in force',
  dwellingsToday: 'Dwellings in the stock',
  socialToday: 'social leases among them',
  yourLeases: 'Your leases',
  noLeases: 'We do not see your lease yet.',
  noLeasesHelp: 'If you have a letter with a code, confirm with it who you are. The residents’ office sends a code on request.',
  components: 'Parts of the pages',
};

export const showcase: Texts['showcase'] = {
  values: 'Values', notices: 'Notices', form: 'Form', actions: 'Actions and progress', tables: 'Tables', statement: 'Statement', charts: 'Charts', timeline: 'Timeline',
  row: 'Row of fields', file: 'File', groups: 'Table with headings of groups',
  progress: 'Recalculating leases', histogram: 'Distribution of changes', sent: 'The form was right. Nothing was saved.',
};

export const found: Texts['found'] = {
  heading: 'Search',
  places: 'Dwellings',
  leases: 'Leases',
  persons: 'Persons',
  nothing: (q) => `Nothing was found for “${q}”.`,
  help: 'Type a street with house and flat number (Długa 12/3), the code of a dwelling, the beginning of a lease number or a surname. Type a PESEL in full.',
  begin: 'What are you looking for?',
  more: (shown, total) => `Showing ${shown} of ${total}. Be more precise.`,
  nothingYet: 'No dwelling and no lease number fits. Persons are found by the button “Search”.',
  suggested: (shown, total) => (shown === total ? `${total} found. Choose with the down arrow or go on searching.` : `${total} found, ${shown} shown. Type more, choose with the down arrow or search.`),
};
