/**
 * Effects computed lately: a scenario is looked at page by page, and computed again only when it, the law or the city has changed. One is
 * computed at a time: each takes a processor for seconds.
 */
import { scopeOf } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database/connect.ts';
import { row } from '../platform/database/connect.ts';
import { kept } from '../platform/kept.ts';
import type { LawBook } from '../platform/law/book.ts';
import { tariffBook } from '../tariffs/read.ts';
import type { Effect } from './effect.ts';
import type { EffectInput } from './engine.ts';
import { effectOf } from './engine.ts';

/** So many are kept; the one longest unused goes first. */
const MOST = 6;

interface Opened {
  readonly effects: Map<string, Promise<Effect>>;
  /** Of those, the ones that are done. */
  readonly done: Set<string>;
  last: Promise<unknown>;
}

const opened = new WeakMap<Database, Opened>();

function openedOf(db: Database): Opened {
  const found = opened.get(db) ?? { effects: new Map<string, Promise<Effect>>(), done: new Set<string>(), last: Promise.resolve() };
  opened.set(db, found);
  return found;
}

let books = 0;
/** The law's shelf gives another book when the law has changed. */
const numberOf = kept<LawBook, number>(() => (books += 1));

/** What the effect depends on, as a text: the question, who asks, and how far city and law have come. */
async function keyOf(ctx: Context, input: EffectInput): Promise<string> {
  const [book, tariffs, { changes }] = await Promise.all([
    ctx.law.book(ctx.db), tariffBook(ctx.db, ctx.clock.now()), row<{ changes: string }>(ctx.db, 'select coalesce(max(id), 0) as changes from changes'),
  ]);
  return JSON.stringify([input, scopeOf(ctx), changes, numberOf(book), tariffs.all.map(({ code, knownFrom, knownTo }) => [code, knownFrom, knownTo])]);
}

/** The effect, computed now or lately. */
export async function openedEffect(ctx: Context, input: EffectInput): Promise<Effect> {
  const key = await keyOf(ctx, input);
  const { effects, done } = openedOf(ctx.db);
  const known = effects.get(key);
  if (known !== undefined) {
    effects.delete(key);
    effects.set(key, known);
    return known;
  }
  const mine = openedOf(ctx.db);
  const computing = mine.last.then(() => effectOf(ctx, input));
  mine.last = computing.catch(() => undefined);
  effects.set(key, computing);
  for (const oldest of [...effects.keys()].slice(0, Math.max(0, effects.size - MOST))) {
    effects.delete(oldest);
    done.delete(oldest);
  }
  try {
    const effect = await computing;
    done.add(key);
    return effect;
  } catch (error) {
    effects.delete(key);
    throw error;
  }
}

/** Whether it is there without computing. */
export async function isOpened(ctx: Context, input: EffectInput): Promise<boolean> {
  return openedOf(ctx.db).done.has(await keyOf(ctx, input));
}
