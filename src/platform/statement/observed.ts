/** The facts a line rests on, in words: values of the law's slots, or the finding that gave the item. */
import { shownMeasure } from './numbers.ts';
import type { Observed } from './rendered.ts';
import type { Sources } from './sources.ts';
import type { Line } from './types.ts';
import type { Language, Words } from './words/codes.ts';

/** Arguments of the line that are facts, in the order in which the rule gave them. */
export function observed({ code, args = {} }: Line, sources: Sources, words: Words, language: Language): Observed[] {
  if (code !== 'item' && code !== 'no_item') return [];
  const found = Object.entries(args).flatMap(([name, value]): Observed[] => {
    const slot = name === 'item' || name === 'group' ? null : sources.slot(name);
    if (slot === null) return [];
    return [{ name: slot.name, value: slot.shape === 'option' ? (slot.optionNames[value] ?? value) : shownMeasure(value, slot.unit, language) }];
  });
  return [...found, ...finding(args, words, language)];
}

/** A street with its distance, a business with its hours. */
function finding(args: Readonly<Record<string, string>>, words: Words, language: Language): Observed[] {
  const { street, segment = '', distance, business, opens, closes } = args;
  if (street !== undefined && distance !== undefined) {
    return [
      { name: words.findings.street, value: segment === '' ? street : `${street} (${segment})` },
      { name: words.findings.distance, value: shownMeasure(distance, 'm', language) },
    ];
  }
  if (business === undefined || opens === undefined || closes === undefined) return [];
  return [{ name: words.findings.business, value: `${business} ${opens}–${closes}` }];
}
