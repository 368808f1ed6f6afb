/** How an event is bound to all events before it. Pure. */
import { createHash } from 'node:crypto';

/** An event as the database keeps it: JSON in its stored letters. */
export interface StoredEvent {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly event: string;
  readonly requestId: string | null;
  readonly targets: string;
  readonly details: string;
}

/** What the first event is bound to. */
export const BEGINNING = Buffer.alloc(32);

const VERSION = 1;

/** Everything the event says, in the letters that are hashed. */
export function sealedText({ id, at, actor, event, requestId, targets, details }: StoredEvent): string {
  return JSON.stringify([VERSION, id, at, actor, event, requestId, targets, details]);
}

/** SHA-256 of the hash before and everything the event says. */
export function sealOf(before: Buffer, event: StoredEvent): Buffer {
  return createHash('sha256').update(before).update(sealedText(event)).digest();
}
