/** What every component may know of who looks, in which words and from where. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Permission } from '../platform/access/roles.ts';
import { may } from '../platform/access/roles.ts';
import type { Actor } from '../platform/context.ts';
import type { Instant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { Language } from '../platform/statement/words/codes.ts';
import type { Texts } from './texts/index.ts';

export type Theme = 'auto' | 'light' | 'dark';
export type NoticeKind = 'good' | 'info' | 'bad';

/** Said once, on the next page. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly words: string;
}

export interface NavEntry {
  readonly to: string;
  readonly words: string;
  readonly here: boolean;
}

export interface View {
  readonly t: Texts;
  readonly language: Language;
  readonly theme: Theme;
  /** Null before sign-in. */
  readonly actor: Actor | null;
  /** When the session ends in any case; null without one. */
  readonly signedInUntil: Instant | null;
  /** Word of the session that forms bring along; empty without a session. */
  readonly csrf: string;
  /** Path and query of this page. */
  readonly address: string;
  readonly today: PlainDate;
  readonly notices: readonly Notice[];
  readonly nav: readonly NavEntry[];
}

export const ViewContext = createContext<View | null>(null);

/** The view of the page that is being rendered. @throws Error outside a page */
export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('a component stands outside a page');
  return view;
}

/** Whether whoever looks may do that: what they may not is not offered. */
export function mayHere({ actor }: Pick<View, 'actor'>, permission: Permission): boolean {
  return actor !== null && may(actor, permission);
}
