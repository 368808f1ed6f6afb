/** Addresses of our own pages: the state of a list stands in them, so that it can be kept and handed on. */

/** A path with its parameters, encoded: `at('/leases/:lease', { lease: 'ZBK/2019/00001' })`. */
export function at(path: string, params: Readonly<Record<string, string>> = {}, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const values = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== undefined && entry[1] !== '');
  return values.length === 0 ? filled : `${filled}?${new URLSearchParams(values).toString()}`;
}

/** The address with some of its parameters changed; null takes one away. */
export function changed(address: string, changes: Readonly<Record<string, string | null>>): string {
  const [path = '', search = ''] = address.split('?');
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  for (const [name, value] of [...query]) if (value === '') query.delete(name);
  const rest = query.toString();
  return rest === '' ? path : `${path}?${rest}`;
}
