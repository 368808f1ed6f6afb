/**
 * Files of who is limited to districts: an export reads what lies in them (each kind's own `read`), an import refuses rows about the rest.
 * What a row is about is said here of every kind of file; a kind of which it is not said is for those alone who see the whole city.
 */
import { leasesFor } from '../leases/sql.ts';
import type { Scope } from '../platform/access/scope.ts';
import { CITY, districtNames, scopeBindings } from '../platform/access/scope.ts';
import type { Queryable } from '../platform/database/connect.ts';
import { rows } from '../platform/database/connect.ts';
import { DomainError } from '../platform/errors.ts';
import type { Reason, ReasonCode } from '../platform/exchange/reasons.ts';
import { reason } from '../platform/exchange/reasons.ts';
import type { ImportRow } from '../platform/exchange/types.ts';
import { auxiliaryRoomsFor, buildingsFor, dwellingsFor } from '../stock/sql.ts';

type Thing = 'building' | 'dwelling' | 'room' | 'lease';

interface Named {
  readonly thing: Thing;
  readonly code: string;
  /** Column of the file in which it is named. */
  readonly column: string;
}

interface About {
  /** The thing whose row it is. */
  readonly of: (row: Cells) => Named;
  /** What the thing belongs to, where the row may be the first that names it. */
  readonly under?: (row: Cells) => Named;
  /** What else the row names. */
  readonly besides?: (row: Cells) => Named | null;
  /** The row itself says where the thing lies. */
  readonly district?: (row: Cells) => string;
}

type Cells = Readonly<Record<string, unknown>>;

function cell(row: Cells, key: string): string {
  const value = row[key];
  return typeof value === 'string' ? value : '';
}

const COLUMNS: Readonly<Record<Thing, string>> = { building: 'kod_budynku', dwelling: 'kod_lokalu', room: 'kod_pomieszczenia', lease: 'numer_umowy' };

const named = (thing: Thing) => (row: Cells): Named => ({ thing, code: cell(row, thing), column: COLUMNS[thing] });

/** Rows about a building, one of its staircases or a dwelling. */
const subject = (row: Cells): Named => ({ thing: row['subject'] === 'dwelling' ? 'dwelling' : 'building', code: cell(row, 'code'), column: 'kod' });

/** By name of the kind of file; null = its own reader and writer ask whom the reader sees. */
const ABOUT: Readonly<Record<string, About | null>> = {
  budynki: { of: named('building'), district: (row) => cell(row, 'district') },
  klatki: { of: named('building') },
  lokale: { of: named('dwelling'), under: named('building') },
  pomieszczenia: { of: named('dwelling') },
  ustalenia: { of: subject },
  ruch: { of: named('building') },
  sąsiedztwo: { of: named('dwelling') },
  stan_techniczny: { of: subject },
  pomocnicze: { of: named('room'), under: named('building') },
  pomocnicze_użytkownicy: { of: named('room'), besides: (row) => (cell(row, 'dwelling') === '' ? null : named('dwelling')(row)) },
  osoby: null,
  umowy: { of: named('lease'), under: named('dwelling') },
  strony: { of: named('lease') },
  czynsze: { of: named('lease') },
  wstrzymania: { of: named('lease') },
};

/** What is said of the kind of file. @throws DomainError `sheet_needs_whole_city` when nothing is */
function aboutOf(sheet: string): About | null {
  const found = ABOUT[sheet];
  if (found === undefined) throw new DomainError('forbidden', 'sheet_needs_whole_city', { sheet });
  return found;
}

/** That whoever has the scope may have files of the kind. @throws DomainError `sheet_needs_whole_city` */
export function requireSheet(scope: Scope, sheet: string): void {
  if (scope.kind === 'city') return;
  aboutOf(sheet);
}

const CODES: Readonly<Record<Thing, (scope: Scope) => string>> = {
  building: (scope) => `select b.code from ${buildingsFor(scope)}`,
  dwelling: (scope) => `select d.code from ${dwellingsFor(scope)}`,
  room: (scope) => `select a.code from ${auxiliaryRoomsFor(scope)}`,
  lease: (scope) => `select l.number as code from ${leasesFor(scope)}`,
};

/** Of the codes asked for those of things that are in the scope. */
async function codesIn(db: Queryable, scope: Scope, thing: Thing, asked: readonly string[]): Promise<ReadonlySet<string>> {
  const bindings = { ...scopeBindings(scope), asked: [...new Set(asked)] };
  const found = await rows<{ code: string }>(db, `select q.code from (${CODES[thing](scope)}) q where q.code = any(:asked::text[])`, bindings);
  return new Set(found.map(({ code }) => code));
}

/** Why rows are refused that are about what lies elsewhere; lines that are not told are the writer's own. */
export async function foreignRows(db: Queryable, scope: Scope, sheet: string, given: readonly ImportRow<object>[]): Promise<ReadonlyMap<number, Reason>> {
  if (scope.kind === 'city') return new Map();
  const about = aboutOf(sheet);
  if (about === null) return new Map();
  const known = await knownOf(db, scope, given.flatMap(({ value }) => namesIn(about, value as Cells)));
  const reasons = given.map(({ line, value }) => [line, refusal(about, value as Cells, scope, known)] as const);
  return new Map(reasons.filter((entry): entry is readonly [number, Reason] => entry[1] !== null));
}

function namesIn({ of, under, besides }: About, row: Cells): Named[] {
  return [of(row), under?.(row) ?? null, besides?.(row) ?? null].filter((one): one is Named => one !== null);
}

interface Known {
  /** In the scope. */
  own(named: Named): boolean;
  /** Anywhere in the city. */
  there(named: Named): boolean;
}

async function knownOf(db: Queryable, scope: Scope, names: readonly Named[]): Promise<Known> {
  const own = new Set<string>();
  const there = new Set<string>();
  for (const thing of Object.keys(CODES) as Thing[]) {
    const codes = names.filter((one) => one.thing === thing).map(({ code }) => code);
    if (codes.length === 0) continue;
    for (const code of await codesIn(db, scope, thing, codes)) own.add(`${thing} ${code}`);
    for (const code of await codesIn(db, CITY, thing, codes)) there.add(`${thing} ${code}`);
  }
  return { own: ({ thing, code }) => own.has(`${thing} ${code}`), there: ({ thing, code }) => there.has(`${thing} ${code}`) };
}

const UNKNOWN: Readonly<Record<Thing, ReasonCode>> = { building: 'building_unknown', dwelling: 'dwelling_unknown', room: 'auxiliary_unknown', lease: 'lease_unknown' };

/** What lies elsewhere is not there, as for any reader; but a code that is taken there cannot be given to something new. */
function refusal({ of, under, besides, district }: About, row: Cells, scope: Scope, known: Known): Reason | null {
  const thing = of(row);
  const other = besides?.(row) ?? null;
  const parent = under?.(row) ?? null;
  if (other !== null && !known.own(other)) return unknown(other);
  if (parent !== null && !known.own(parent)) return unknown(parent);
  if (district !== undefined && !(scope.kind === 'districts' && scope.districts.includes(district(row)))) return outside(scope, 'dzielnica');
  if (known.own(thing)) return null;
  const founds = under !== undefined || district !== undefined;
  if (!founds) return unknown(thing);
  return known.there(thing) ? outside(scope, thing.column) : null;
}

function unknown({ thing, code, column }: Named): Reason {
  return reason(column, UNKNOWN[thing], { [thing]: code });
}

function outside(scope: Scope, column: string): Reason {
  return reason(column, 'outside_districts', { districts: districtNames(scope) });
}
