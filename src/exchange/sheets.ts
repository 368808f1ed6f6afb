/** All kinds of files, in the order in which they must be imported. */
import { FileError } from '../platform/tabular/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { Exchange } from '../platform/exchange/types.ts';
import { holds, leases, parties } from '../leases/sheets/index.ts';
import { personsSeen } from '../leases/sql.ts';
import { persons } from '../persons/sheets/index.ts';
import { rents } from '../rents/sheets/index.ts';
import { auxiliaryRooms, auxiliaryUsers, buildings, businesses, dwellings, observations, rooms, staircases, technical, traffic } from '../stock/sheets/index.ts';

/** A kind of file whose row type only itself needs to know. */
export type AnyExchange = Exchange<object>;

export const SHEETS: readonly AnyExchange[] = [
  buildings, staircases, dwellings, rooms, observations, traffic, businesses, technical, auxiliaryRooms, auxiliaryUsers, persons(personsSeen), leases, parties, rents, holds,
];

export function sheetNames(): string {
  return SHEETS.map(({ sheet }) => sheet.name).join(', ');
}

/** The kind of file of that name. @throws DomainError `import_sheet_unknown` */
export function sheetNamed(name: string): AnyExchange {
  const found = SHEETS.find(({ sheet }) => sheet.name === name.normalize('NFC'));
  if (!found) throw new DomainError('not found', 'import_sheet_unknown', { sheet: name, known: sheetNames() });
  return found;
}

/** What a file as a whole is refused for, as a problem. */
export function fileProblem(error: unknown, fileName: string): unknown {
  if (!(error instanceof FileError)) return error;
  return new DomainError('invalid', 'import_file', { ...error.args, file: fileName, reason: error.code });
}
