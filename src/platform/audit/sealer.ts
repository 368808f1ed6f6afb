/** Seals the audit trail again and again while the service runs. */
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connect.ts';
import { sealAudit } from './seal.ts';

const EVERY_MS = 60_000;

/** Begins; what it gives ends it, after sealing once more. A failure is told and tried again a minute later. */
export function startSealer(instance: { readonly db: Database; readonly clock: Clock }, failed: (error: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const seal = (): void => {
    running = running.then(() => sealAudit(instance)).catch(failed);
  };
  const timer = setInterval(seal, EVERY_MS);
  timer.unref();
  seal();
  return async () => {
    clearInterval(timer);
    seal();
    await running;
  };
}
