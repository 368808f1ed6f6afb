/** Contexts of several people on a test database. */
import { personOf } from '../../src/platform/access/people.ts';
import type { MovableClock } from '../../src/platform/clock.ts';
import { movableClock } from '../../src/platform/clock.ts';
import type { Context } from '../../src/platform/context.ts';
import { atHour } from '../../src/platform/dates/instants.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { LawShelf } from '../../src/platform/law/store.ts';
import type { TestDatabase } from './database.ts';
import { SECRETS } from './secrets.ts';

export interface People {
  readonly clock: MovableClock;
  readonly anna: Context;
  readonly dawid: Context;
  readonly barbara: Context;
  readonly cezary: Context;
}

/** People at nine in the morning of the day. */
export function people(database: TestDatabase, day: PlainDate): People {
  const clock = movableClock(atHour(day, 9));
  const law = new LawShelf();
  const as = (code: string): Context => ({ db: database.db, databaseUrl: database.url, clock, actor: personOf(code), requestId: null, law, secrets: SECRETS });
  return { clock, anna: as('anna.referent'), dawid: as('dawid.referent'), barbara: as('barbara.kierownik'), cezary: as('cezary.prawo') };
}
