/** The address if it leads to a page of our own, else another: nobody is sent on to a stranger's site by a link to ours. */
export function ownPath(to: string, otherwise: string): string {
  const own = /^\/(?![/\\])/.test(to) && URL.canParse(to, 'http://own') && new URL(to, 'http://own').host === 'own';
  return own ? to : otherwise;
}
