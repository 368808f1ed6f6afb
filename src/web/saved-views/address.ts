/** What of a list's address a view keeps. */
import type { SavedView } from './store.ts';

/** Filters and order in one order of names, whatever page of the list one is on. */
export function keptQuery(address: string): string {
  const query = new URLSearchParams(address.split('?')[1] ?? '');
  query.delete('page');
  query.sort();
  return query.toString();
}

/** Whether the address is one of the list that is declared at the path. */
export function isOfList(address: string, list: string): boolean {
  const [path = ''] = address.split('?');
  const [given, declared] = [path.split('/'), list.split('/')];
  return given.length === declared.length && declared.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
}

/** Where a view stands, on the same list as the address. */
export function viewAt(address: string, { query }: Pick<SavedView, 'query'>): string {
  const [path = ''] = address.split('?');
  return query === '' ? path : `${path}?${query}`;
}
