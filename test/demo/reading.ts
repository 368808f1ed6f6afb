/** Reads a generated city the way a question with a day and a "known at" would. */
import type { City, Times } from '../../src/demo/rows.ts';
import type { PlainDate } from '../../src/platform/dates/plain.ts';
import { parsePlainDate } from '../../src/platform/dates/plain.ts';

export const ANCHOR: PlainDate = parsePlainDate('2026-11-21');

export interface Range {
  readonly from: string;
  /** null = no end */
  readonly to: string | null;
}

export function range(text: string): Range {
  const [from = '', to = ''] = text.slice(1, -1).split(',');
  return { from, to: to === '' ? null : to };
}

export function overlap(a: string, b: string): boolean {
  const [x, y] = [range(a), range(b)];
  return (x.to === null || y.from < x.to) && (y.to === null || x.from < y.to);
}

/** Known today. */
export function known<T extends Times>(rows: readonly T[]): T[] {
  return rows.filter(({ recorded }) => recorded.endsWith(',)'));
}

/** Known today and holding on the day. */
export function holding<T extends Times>(rows: readonly T[], day: string = ANCHOR): T[] {
  return known(rows).filter(({ valid }) => {
    const { from, to } = range(valid);
    return from <= day && (to === null || day < to);
  });
}

export function grouped<T>(rows: readonly T[], key: (row: T) => string | number): Map<string | number, T[]> {
  const groups = new Map<string | number, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** Whether some dwelling was ever found like this, as we know today: `kitchen_kind=dark`, `height=240`. */
export function everFound(city: City, slot: string, value: string): boolean {
  const tables = [city.dwelling_options, city.staircase_options, city.building_options];
  const measures = [city.dwelling_measures, city.staircase_measures, city.building_measures];
  return (
    tables.some((rows) => rows.some((row) => row.slot === slot && row.option === value)) ||
    measures.some((rows) => rows.some((row) => row.slot === slot && row.value === value))
  );
}
