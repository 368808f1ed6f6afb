/** Asking what may hang. */

/** The work did not end in time; it may go on. */
export class TooLate extends Error {
  constructor() {
    super('not in time');
    this.name = 'TooLate';
  }
}

/**
 * Runs the work once at a time, however many ask and however long it hangs, and lets nobody wait longer than `within` ms: watching must
 * not use up the connections that are watched over. What it gives throws TooLate, or what the work throws.
 */
export function timely<T>(work: () => Promise<T>, within: number): () => Promise<T> {
  let running: Promise<T> | null = null;
  const begin = async (): Promise<T> => {
    try {
      return await work();
    } finally {
      running = null;
    }
  };
  return async () => {
    running ??= begin();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TooLate()), within);
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
