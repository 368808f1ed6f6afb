/** The law of `seeds/law` in memory, as it stands once it is loaded: no database needed. */
import { BEGINNING_OF_TIME } from '../../src/platform/dates/instants.ts';
import type { Instant } from '../../src/platform/dates/instants.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';
import type { Law, Recorded } from '../../src/platform/law/book.ts';
import { LawBook } from '../../src/platform/law/book.ts';
import type { LawFiles } from '../../src/platform/law/files.ts';
import { readLawFolder } from '../../src/platform/law/files.ts';
import type { Provenance } from '../../src/platform/law/types.ts';
import type { TariffLookup } from '../../src/platform/statement/render.ts';
import { TariffBook } from '../../src/tariffs/read.ts';
import type { Tariff } from '../../src/tariffs/rules.ts';

/** Everything is known at this instant. */
export const KNOWN = '2100-01-01T00:00:00.000000Z' as Instant;

/** Open values end where the next of their key starts, and all are known from the beginning of time. */
export function closed<T extends Provenance>(values: readonly T[], key: (value: T) => string): Recorded<T>[] {
  return values.map((value) => {
    const next = values
      .filter((other) => key(other) === key(value) && other.from > value.from)
      .map(({ from }) => from)
      .sort()[0];
    const to = next !== undefined && (value.to === null || next < value.to) ? next : value.to;
    return { ...value, to, knownFrom: BEGINNING_OF_TIME, knownTo: null };
  });
}

export function lawBookOf(files: LawFiles): LawBook {
  return new LawBook({
    references: files.references,
    slots: closed(files.slots, ({ slot }) => slot),
    groups: closed(files.groups, ({ group }) => group),
    items: closed(files.items, ({ item }) => item),
    zones: closed(files.zones, ({ zone }) => zone),
    traffic: closed(files.traffic, ({ band, street, segment }) => `${band} ${street} ${segment}`),
    parameters: closed(files.parameters, ({ key }) => key),
    holidays: closed(files.holidays, ({ name }) => name),
  });
}

const FILES = readLawFolder('seeds/law');

/** The law of Kraków. */
export const BOOK = lawBookOf(FILES);

/** Its tariffs. */
export const TARIFFS = tariffBookOf(FILES.tariffs);

export function tariffBookOf(tariffs: readonly Tariff[]): TariffBook {
  const stored = closed(tariffs, () => 'tariff').map((tariff, index) => ({ ...tariff, id: String(index + 1), loadedBy: 'test' }));
  return new TariffBook(stored, KNOWN);
}

export function lawOn(day: string): Law {
  return BOOK.at(parsePlainDate(day), KNOWN);
}

/** @throws Error when there is none of the code */
export function tariffNamed(code: string, tariffs = TARIFFS): Tariff {
  const found = tariffs.named(code);
  if (found === null) throw new Error(`no tariff ${code}`);
  return found;
}

export const TARIFF_LOOKUP: TariffLookup = (code) => TARIFFS.named(code);

export function day(text: string): PlainDate {
  return parsePlainDate(text);
}
