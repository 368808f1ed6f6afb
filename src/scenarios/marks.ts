/** Which lines of a statement rest on what a scenario changes: never does a changed value look like the act's own. Pure. */
import type { Law } from '../platform/law/book.ts';
import { limitPlace } from '../platform/law/limits.ts';
import type { RenderedLine, RenderedStatement, UncertainValue } from '../platform/statement/rendered.ts';
import type { Line } from '../platform/statement/types.ts';
import { highestRate } from '../tariffs/rules.ts';
import type { Sides } from './engine.ts';
import type { Changed } from './values.ts';

/** Of each line that rests on something changed, by its id: what. */
export type Marks = ReadonlyMap<string, readonly Changed[]>;

/** `changed` is everything that differs, another tariff laid in place of the one compared with among it under the key `tariff`. */
export function marksOf(lines: readonly Line[], changed: readonly Changed[], sides: Sides): Marks {
  const marks = lines.map((line) => [line.id, changed.filter(({ key }) => restsOn(line, key, sides))] as const);
  return new Map(marks.filter(([, found]) => found.length > 0));
}

function restsOn(line: Line, key: string, sides: Sides): boolean {
  const { id, code } = line;
  if (id === 'rate.floor') return (key === 'tariff' || key.startsWith('rates.') || key === 'socialRate') && !highestRate(sides.before.tariff).eq(highestRate(sides.after.tariff));
  // The order in force before the programme is not what is compared.
  if (line.law === undefined || id === 'rate.before') return false;
  const source = line.law.slice(0, line.law.lastIndexOf('@'));
  if (source.startsWith('tariff.')) return key === 'tariff' || ofCategory(line, key, sides) || (code === 'social_rate' && key === 'socialRate') || (code === 'temporary_room_rate' && key === 'temporaryRoomRate');
  if (source.startsWith('item.')) return key === `items.${source.slice('item.'.length)}` || itemOfLimit(key) === source.slice('item.'.length);
  // Where no item applies, it may be because a limit of the group's was moved.
  if (source.startsWith('group.')) return groupOfLimit(sides.before.law, key) === source.slice('group.'.length);
  return key === `parameters.${source}`;
}

/** A category's rate, its least points, and those of the one above, before which it ends. */
function ofCategory({ code, args }: Line, key: string, { after: { tariff: { categories } } }: Sides): boolean {
  const name = args?.['category'];
  if (code !== 'category_rate' || name === undefined) return false;
  const above = categories[categories.findIndex(({ category }) => category === name) + 1]?.category;
  return key === `rates.${name}` || key === `points.${name}` || (above !== undefined && key === `points.${above}`);
}

function itemOfLimit(key: string): string | null {
  return key.startsWith('limits.') ? (limitPlace(key.slice('limits.'.length))?.item ?? null) : null;
}

function groupOfLimit(law: Law, key: string): string | null {
  const item = itemOfLimit(key);
  return law.items.find((one) => one.item === item)?.group ?? null;
}

/** The statement of the scenario's side: what rests on a changed value is assumed, and listed among what is uncertain with `told` for a note. */
export function assumedIn(statement: RenderedStatement, marks: Marks, told: (changed: readonly Changed[]) => string): RenderedStatement {
  const isMarked = ({ id }: Pick<RenderedLine, 'id'>): boolean => marks.has(id);
  // Notes say how a value was read in the act: of a value that the act does not have they say nothing.
  const lines = statement.lines.map((line): RenderedLine => (isMarked(line) ? { ...line, certainty: 'assumed', strength: null, note: null } : line));
  const kept = statement.uncertain.flatMap((value): UncertainValue[] => {
    const left = value.lines.filter((id) => !marks.has(id));
    return left.length === 0 ? [] : [{ ...value, lines: left }];
  });
  const added = lines.filter(isMarked).flatMap(({ id, text, reference }): UncertainValue[] => (reference === null
    ? []
    : [{ key: `scenario.${id}`, name: text, certainty: 'assumed', strength: null, reference, note: told(marks.get(id) ?? []), lines: [id] }]));
  return { ...statement, lines, uncertain: [...added, ...kept] };
}
