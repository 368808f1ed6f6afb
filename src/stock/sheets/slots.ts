/** What may be observed, in the words of files: a slot by its key or Polish name, its value by option key, Polish word or number. */
import type { PlainDate } from '../../platform/dates/plain.ts';
import { lawOn } from '../../platform/exchange/law.ts';
import type { Reason } from '../../platform/exchange/reasons.ts';
import { reason } from '../../platform/exchange/reasons.ts';
import type { Setting } from '../../platform/exchange/types.ts';
import type { Law } from '../../platform/law/book.ts';
import type { Slot, Subject } from '../../platform/law/types.ts';
import { dec } from '../../platform/money.ts';
import { CellError, cellText, decimal } from '../../platform/tabular/index.ts';
import { fold, nearest } from '../../platform/tabular/nearest.ts';
import { SUBJECT_WORDS } from './columns.ts';

/** Follows from the parts of the dwelling that are let, and is no fact of its own. */
const DERIVED = 'shared_dwelling';

interface Observed {
  readonly subject: Subject;
  readonly slot: string;
  readonly value: string;
  readonly from: PlainDate;
}

type Judged = { readonly slot: Slot; readonly value: string } | { readonly reasons: readonly Reason[] };

/** Slot and value in the words of the program, or what is wrong with them. */
export function judge(row: Observed, setting: Setting): Judged {
  const law = lawOn(setting, row.from);
  const slot = findSlot(law, row.slot);
  if (slot === undefined) {
    const names = [...law.slots.values()].filter(({ subject }) => subject === row.subject).map(({ name }) => name);
    return { reasons: [reason('cecha', 'slot_unknown', { text: row.slot, day: row.from, nearest: nearest(row.slot, names) ?? '' })] };
  }
  if (slot.slot === DERIVED) return { reasons: [reason('cecha', 'slot_derived', { slot: slot.name })] };
  if (slot.subject !== row.subject) return { reasons: [reason('przedmiot', 'slot_of_other', { slot: slot.name, subject: subjectWord(slot.subject) })] };
  return slot.shape === 'option' ? judgeOption(slot, row, law) : judgeMeasure(slot, row.value);
}

export function subjectWord(subject: Subject): string {
  return Object.entries(SUBJECT_WORDS).find(([, code]) => code === subject)?.[0] ?? subject;
}

const byName = new WeakMap<Law, Map<string, Slot>>();

function findSlot(law: Law, text: string): Slot | undefined {
  const slot = law.slots.get(text);
  if (slot !== undefined) return slot;
  let names = byName.get(law);
  if (names === undefined) {
    names = new Map([...law.slots.values()].map((one) => [fold(one.name), one]));
    byName.set(law, names);
  }
  return names.get(fold(text));
}

function judgeOption(slot: Slot, { value, from }: Observed, law: Law): Judged {
  const wanted = fold(value);
  const found = slot.options.find((option) => fold(option) === wanted) ?? slot.options.find((option) => fold(optionWord(slot, option)) === wanted);
  const words = slot.options.map((option) => optionWord(slot, option));
  if (found === undefined) {
    return { reasons: [reason('wartość', 'option_unknown', { text: value, slot: slot.name, nearest: nearest(value, words) ?? '', words: words.join('; ') })] };
  }
  if (slot.slot === 'zone' && !law.zones.some(({ zone }) => zone === found)) {
    return { reasons: [reason('wartość', 'zone_unknown', { text: value, day: from, words: law.zones.map(({ zone }) => zone).join(', ') })] };
  }
  return { slot, value: found };
}

const PLACES = 4;

function judgeMeasure(slot: Slot, text: string): Judged {
  const unit = unitWord(slot);
  try {
    const value = decimal('wartość', { help: '', example: '12,5', places: PLACES }).read(text);
    const low = slot.min !== null && value.lt(dec(slot.min));
    const high = slot.max !== null && value.gt(dec(slot.max));
    if (!low && !high) return { slot, value: value.toFixed() };
    const range = [slot.min === null ? '' : `od ${slot.min}`, slot.max === null ? '' : `do ${slot.max}`, unit].filter((part) => part !== '').join(' ');
    const shown = [value.toFixed().replace('.', ','), unit].filter((part) => part !== '').join(' ');
    return { reasons: [reason('wartość', 'measure_absurd', { text: shown, slot: slot.name, range: range.replaceAll('.', ',') })] };
  } catch (error) {
    if (!(error instanceof CellError)) throw error;
    return { reasons: [reason('wartość', 'measure_form', { problem: cellText(error.code, error.args), slot: slot.name, unit })] };
  }
}

/** The unit as it is written in Polish; a bare number has none. */
export function unitWord({ unit }: Pick<Slot, 'unit'>): string {
  if (unit === null || unit === '1') return '';
  return unit === 'm2' ? 'm²' : unit;
}

function optionWord(slot: Slot, option: string): string {
  return slot.optionNames[option] ?? option;
}

/** Slot and value as files write them; what the law of that day does not know keeps its key. */
export function worded(law: Law, slot: string, value: string): { slot: string; value: string } {
  const known = law.slots.get(slot);
  if (known === undefined) return { slot, value };
  return { slot: known.name, value: known.shape === 'option' ? optionWord(known, value) : dec(value).toFixed().replace('.', ',') };
}
