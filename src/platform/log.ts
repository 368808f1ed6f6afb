/** The log of the service: one JSON object a line. Nothing personal gets in, whatever somebody hands it by mistake. */
import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';

/** Headers that prove who somebody is, wherever they stand in what is logged. */
const SECRETS = ['authorization', 'cookie', '["set-cookie"]', '["x-csrf-token"]', 'password', 'token', 'pesel'];
const PATHS = ['', '*', '*.*', '*.*.*'].flatMap((above) => SECRETS.map((name) => (above === '' || name.startsWith('[') ? above + name : `${above}.${name}`)));

/** A PESEL has 11 digits, an account number 26. Numbers of requests are left whole: a part of one may look the same. */
const NUMBERS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<!\d)(?:\d{26}|\d{11})(?!\d)/gi;

/** The line without numbers that look personal. What stands for them is a number too: the line stays JSON. */
function masked(line: string): string {
  return line.replace(NUMBERS, (found) => (found.includes('-') ? found : '9'.repeat(found.length)));
}

/** @param sink where lines go; the standard output by default */
export function createLog(level: string, sink?: DestinationStream): Logger {
  const options = { level, redact: { paths: PATHS, censor: '[hidden]' }, hooks: { streamWrite: masked } };
  return sink === undefined ? pino(options) : pino(options, sink);
}
