/** A declared page as the router and the checks of access see it. */
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { Permission } from '../platform/access/roles.ts';
import type { Context } from '../platform/context.ts';
import type { Download } from '../platform/http/files.ts';
import type { SentFile } from '../platform/http/multipart.ts';
import type { RawQuery } from '../platform/http/query.ts';
import type { NoticeKind, View } from './view.ts';

/** What a page shows. */
export interface Shown {
  readonly title: string;
  readonly body: ComponentChildren;
  /** The way here, from the top: address and words. */
  readonly crumbs?: readonly Crumb[];
  /** A table takes the whole width. */
  readonly wide?: boolean;
}

export interface Crumb {
  readonly to: string;
  readonly words: string;
}

/** Where one stands in the navigation. */
export interface NavPlace {
  readonly place: number;
  readonly words: (view: View) => string;
  /** Other addresses that belong to the room, with all beneath them. */
  readonly also?: readonly string[];
  /** Only for those who see the whole city: to the others its pages are closed. */
  readonly wholeCity?: boolean;
}

/** What was done: where to go, and what to say there. */
export interface Done {
  readonly to: string;
  readonly notice?: { readonly kind: NoticeKind; readonly words: string };
}

/** What a page is given. */
export interface Visit {
  readonly ctx: Context;
  readonly view: View;
  /** As the path's schemas read them. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: RawQuery;
  /** What a form sent; empty for a question. */
  readonly entries: URLSearchParams;
  /** The file behind them, which nobody has read yet. */
  readonly file: SentFile | null;
  /** What a form held when the session had ended. */
  readonly kept: Readonly<Record<string, string>> | null;
  /** The form comes from an earlier session of the same browser: it is shown again instead of done. */
  readonly stale: boolean;
  readonly memory: Memory;
}

/** What a session remembers of a person's questions that no address may carry: names and numbers of people. */
export interface Memory {
  recall(name: string): string | null;
  remember(name: string, value: string): Promise<void>;
  forget(name: string): Promise<void>;
}

/** What is told of a refusal without throwing it: the trail hears of it all the same. */
interface Refusing {
  readonly refusal?: unknown;
}

export type PageAnswer = Refusing & { readonly kind: 'page'; readonly status: number; readonly shown: Shown };
export type DoneAnswer = Refusing & { readonly kind: 'done'; readonly done: Done };

export type Answer =
  | PageAnswer
  | DoneAnswer
  | { readonly kind: 'download'; readonly download: Download };

export interface PageRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly permission: Permission;
  /** Event of the audit trail that its command writes. */
  readonly audit: string | null;
  readonly params: z.ZodObject;
  readonly nav: NavPlace | null;
  /** It is a list of which views can be kept; what the list is called. */
  readonly list?: (view: View) => string;
  /** It takes a form with a file of so many bytes. */
  readonly fileLimit?: number;
  readonly answer: (visit: Visit) => Promise<Answer>;
}

const PATH = /^\/$|^(?:\/(?::[a-z][A-Za-z0-9]*|[a-z0-9-]+))+$/;

/** @throws Error when the declaration contradicts itself: the program does not start with it */
export function declaredPage(route: PageRoute): PageRoute {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '').sort();
  const inSchema = Object.keys(route.params.shape).sort();
  if (!PATH.test(route.path)) throw new Error(`${route.path} is not of the form /words/:name`);
  if (inPath.join() !== inSchema.join()) throw new Error(`${route.path}: params has [${inSchema.join(', ')}], the path [${inPath.join(', ')}]`);
  return route;
}
