/** Words of kept views of lists. */
import type { Texts } from '../pl/index.ts';

export const views: Texts['views'] = {
  heading: 'My views',
  save: 'Save this view',
  saveTitle: 'Save a view of the list',
  saveHelp: (list) => `The view will keep the filters and the order that are set on the list “${list}” now. It stands above the list; nobody but you sees it.`,
  name: 'Name of the view',
  nameHelp: 'For example: Social leases to the end of the year. Do not put in anybody’s name.',
  replace: 'Replace the view of this name',
  saved: (name) => `The view “${name}” is saved.`,
  manage: 'Tidy up views',
  list: 'List',
  drop: 'Delete',
  dropped: (name) => `The view “${name}” is deleted.`,
  none: 'You have no views yet',
  noneHelp: 'Set filters or an order on a list and choose “Save this view”.',
};
