/** What is shown for some minutes to whoever has just made it, so that a reload does not lose it: sealed in the session, in no address and no table. */
import { z } from 'zod';
import type { Instant } from '../platform/dates/instants.ts';
import { plusMicroseconds } from '../platform/dates/instants.ts';
import type { Memory } from './declared.ts';

export interface Passing<T> {
  /** Keeps it from now on. */
  keep(memory: Memory, value: T, now: Instant): Promise<void>;
  /** What was kept, and until when; what is too old is forgotten. */
  recall(memory: Memory, now: Instant): Promise<(T & { readonly until: string }) | null>;
}

const MINUTE = 60_000_000;

/** One such thing a session, under the name. */
export function passing<S extends z.ZodObject>(name: string, schema: S, minutes: number): Passing<z.output<S>> {
  const lasting = z.object({ until: z.string(), value: z.unknown() });
  return {
    keep: (memory, value, now) => memory.remember(name, JSON.stringify({ value, until: plusMicroseconds(now, minutes * MINUTE) })),
    async recall(memory, now) {
      const text = memory.recall(name);
      if (text === null) return null;
      const { value, until } = lasting.parse(JSON.parse(text));
      if (until > now) return { ...schema.parse(value), until };
      await memory.forget(name);
      return null;
    },
  };
}
