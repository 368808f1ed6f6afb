/** Who recorded what, when and why: every row of a fact rests on a change. */
import type { Instant } from '../platform/dates/instants.ts';
import { atHour } from '../platform/dates/instants.ts';
import type { Day } from './calendar.ts';
import { dayText } from './calendar.ts';
import type { Random } from './random.ts';
import type { ChangeRow, City } from './rows.ts';
import { TIMED_TABLES } from './tables.ts';

/** A change while the city is being made; `id` is provisional until all are known. */
export interface Change {
  readonly id: number;
  readonly day: Day;
  readonly at: Instant;
  /** `recorded` of what it opens, while that is open. */
  readonly open: string;
}

export type ChangeKind = 'survey' | 'import' | 'assert' | 'correct' | 'end' | 'lease';

const CLERKS = ['anna.referent', 'dawid.referent', 'ewa.referent', 'grzegorz.referent', 'halina.referent'];

/** Collects changes; recorded at office hours of the day they are given. */
export class Changes {
  readonly rows: ChangeRow[] = [];
  readonly #random: Random;
  readonly #hours = new Map<number, Instant>();
  readonly #ofDay = new Map<string, Change>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** A change of its own, by a clerk unless an actor is named. */
  add(day: Day, kind: ChangeKind, reason: string, actor?: string): Change {
    const at = this.#officeInstant(day);
    const id = this.rows.length + 1;
    this.rows.push({ id, recorded_at: at, actor: actor ?? this.#random.pick(CLERKS), kind, reason });
    return { id, day, at, open: `[${at},)` };
  }

  /** One change a day for all leases a day's desk enters or ends. */
  ofDay(day: Day, kind: ChangeKind, reason: string): Change {
    const key = `${day} ${kind} ${reason}`;
    const known = this.#ofDay.get(key);
    if (known !== undefined) return known;
    const change = this.add(day, kind, reason);
    this.#ofDay.set(key, change);
    return change;
  }

  /** 7:30 to 15:29 in Poland, to the microsecond. */
  #officeInstant(day: Day): Instant {
    const minute = 450 + this.#random.int(0, 479);
    const hour = Math.floor(minute / 60);
    let base = this.#hours.get(day * 24 + hour);
    if (base === undefined) {
      base = atHour(dayText(day), hour);
      this.#hours.set(day * 24 + hour, base);
    }
    const micro = this.#random.int(0, 59_999_999);
    const seconds = `${pad(Math.floor(micro / 1_000_000), 2)}.${pad(micro % 1_000_000, 6)}`;
    return `${base.slice(0, 14)}${pad(minute % 60, 2)}:${seconds}Z` as Instant;
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Numbers the changes in the order in which they were recorded, and the rows that rest on them. */
export function numberChanges(city: City): void {
  const sorted = [...city.changes].sort((a, b) => (a.recorded_at < b.recorded_at ? -1 : a.recorded_at > b.recorded_at ? 1 : a.id - b.id));
  const ids = new Int32Array(sorted.length + 1);
  sorted.forEach((change, index) => {
    ids[change.id] = index + 1;
  });
  for (const change of sorted) change.id = ids[change.id] ?? 0;
  city.changes.splice(0, city.changes.length, ...sorted);
  for (const table of TIMED_TABLES) {
    for (const row of city[table]) {
      if (!('change_id' in row)) continue;
      row.change_id = ids[row.change_id] ?? 0;
      if (row.closed_change_id !== null) row.closed_change_id = ids[row.closed_change_id] ?? 0;
    }
  }
}
