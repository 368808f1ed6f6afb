/** Two hundred clerks in a process of their own: sign in, look at pages at a steady pace, tell how long each took. */
import { once } from 'node:events';
import type { Browser } from '../support/browser.ts';
import { round } from './city.ts';
import { signedIn } from './desk-sign-in.ts';

const CLERKS = 200;
const VIEWS_A_SECOND = 50;
const SECONDS = 30;
const WARM_VIEWS = 500;

const STAFF = ['anna.referent', 'dawid.referent', 'hanna.podgorze', 'barbara.kierownik', 'filip.windykacja', 'edyta.audytor'];

interface View {
  readonly ms: number;
  readonly status: number;
}

/** So many views, begun at their time however long those before them take. */
async function views(clerks: readonly Browser[], paths: readonly string[], count: number, perSecond: number): Promise<View[]> {
  const began = performance.now();
  const running: Promise<View>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = began + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const clerk = clerks[(index * 7) % clerks.length];
    const path = paths[index % paths.length] ?? '/';
    // From when it was due: a service that falls behind does not look quick.
    if (clerk !== undefined) running.push(clerk.get(path).then(({ status }) => ({ ms: performance.now() - due, status })));
  }
  return Promise.all(running);
}

function summaryOf(seen: readonly View[]): object {
  const sorted = seen.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0, 1);
  // A clerk limited to a district does not find what lies elsewhere.
  return { views: seen.length, failed: seen.filter(({ status }) => status >= 500).length, notFound: seen.filter(({ status }) => status === 404).length, medianMs: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

const [{ origin, paths }] = (await once(process, 'message')) as [{ origin: string; paths: readonly string[] }];
const clerks: Browser[] = [];
for (let index = 0; index < CLERKS; index += 1) clerks.push(await signedIn(origin, STAFF[index % STAFF.length] ?? ''));
await views(clerks, paths, WARM_VIEWS, VIEWS_A_SECOND);
const measured = await views(clerks, paths, VIEWS_A_SECOND * SECONDS, VIEWS_A_SECOND);
process.send?.({ clerks: CLERKS, perSecond: VIEWS_A_SECOND, ...summaryOf(measured) });
