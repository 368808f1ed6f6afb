/** An example request for the terminal. */
import { may } from '../../access/roles.ts';
import { IDENTITIES, IDENTITY_HEADER } from '../identify.ts';
import type { Operation } from '../openapi/model.ts';
import { SECURITY } from '../openapi/operation.ts';

/** One of the development's people who has the permission; or a token, where nobody has it or there are no such people. */
function whoAsks(operation: Operation): string {
  const person = IDENTITIES.find((actor) => may(actor, operation['x-permission']));
  const byHeader = operation.security.some((way) => SECURITY.header in way);
  return byHeader && person !== undefined ? quoted(`${IDENTITY_HEADER}: ${person.code}`) : '"Authorization: Bearer $KAMIENICA_TOKEN"';
}

/** The operation as a call of curl; `url` is base and path with `{names}`. */
export function curlOf(verb: string, url: string, operation: Operation): string {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const asked = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const address = inPath.reduce((at, { name, example }) => at.replace(`{${name}}`, encodeURIComponent(text(example))), url);
  const query = asked.map(({ name, example }) => `${encodeURIComponent(name)}=${encodeURIComponent(text(example))}`).join('&');
  const body = operation.requestBody?.content['application/json']?.example;
  const parts = [
    `curl${verb === 'get' ? '' : ` -X ${verb.toUpperCase()}`} ${quoted(query === '' ? address : `${address}?${query}`)}`,
    `-H ${whoAsks(operation)}`,
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ];
  return parts.join(' \\\n  ');
}

function text(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example);
}

/** For a POSIX shell. */
function quoted(words: string): string {
  return `'${words.replaceAll("'", `'\\''`)}'`;
}
