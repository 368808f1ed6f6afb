/**
 * The door of the server: shut while the service starts, open while it serves, shut again while what was begun is brought to its end.
 * Who comes to a shut door is told so with 503, and the process says that it lives.
 */
import type { RequestListener, ServerResponse } from 'node:http';
import { problem } from '../problems.ts';
import { ALIVE, LIVE } from './health.ts';
import { PROBLEM_TYPE } from './problem.ts';

export interface Gate {
  readonly listener: RequestListener;
  /** Opens: from now on the application answers. */
  open(application: RequestListener): void;
  /** Shuts, and waits until what is being answered is answered, but no longer than `most` ms. */
  drain(most: number): Promise<void>;
}

export function gate(): Gate {
  let application: RequestListener | null = null;
  let code: 'starting' | 'stopping' = 'starting';
  const running = new Set<ServerResponse>();
  let empty: (() => void) | null = null;
  return {
    listener(req, res) {
      if (application === null) {
        refuse(req.url === LIVE, code, res);
        return;
      }
      running.add(res);
      res.once('close', () => {
        running.delete(res);
        if (running.size === 0) empty?.();
      });
      application(req, res);
    },
    open(given) {
      application = given;
    },
    async drain(most) {
      application = null;
      code = 'stopping';
      // Whoever keeps the connection would be refused on it: it ends with the answer.
      for (const res of running) if (!res.headersSent) res.setHeader('Connection', 'close');
      if (running.size === 0) return;
      await new Promise<void>((resolve) => {
        const impatient = setTimeout(resolve, most);
        empty = () => {
          clearTimeout(impatient);
          resolve();
        };
      });
    },
  };
}

function refuse(asksForLife: boolean, code: string, res: ServerResponse): void {
  const always = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', Connection: 'close' };
  if (asksForLife) {
    res.writeHead(200, { ...always, 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(ALIVE));
    return;
  }
  const told = problem(503, code);
  res.writeHead(told.status, { ...always, 'Content-Type': `${PROBLEM_TYPE}; charset=utf-8`, 'Retry-After': '5' }).end(JSON.stringify(told));
}
