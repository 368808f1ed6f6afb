/** A form between what was typed and what the command takes. */

export interface FormState<T = unknown> {
  /** What the fields hold, as typed. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** What is wrong, by name of the field, in words that say what to do. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole; null when nothing is. */
  readonly summary: string | null;
  /** What the command's schema made of it; null as long as anything is wrong. */
  readonly value: T | null;
  /** It was asked what would happen. */
  readonly previewed: boolean;
}

/** What a field holds. */
export function valueOf(state: FormState, name: string): string {
  return state.values[name]?.[0] ?? '';
}

/** A button's name that asks to see what would happen; the form is shown again with its values checked. */
export const PREVIEW = '_preview';

/** A button's name that asks for the form again as it stands, with room for more rows. */
export const AGAIN = '_again';

/** Name of the field in which a form says who filled it in: what was typed is given back to nobody else. */
export const FILLED_BY = '_by';
