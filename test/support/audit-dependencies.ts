/**
 * Asks the registry for known vulnerabilities of what runs in production: high and critical ones fail. A registry that does not answer
 * is said in one line and passes: it says nothing of the dependencies. Reads the answer of `npm audit --json` from the standard input.
 */
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const counts = z.object({ low: z.number(), moderate: z.number(), high: z.number(), critical: z.number() });
const advice = z.object({ title: z.string(), url: z.string().optional() });
const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string().optional(), via: z.array(z.union([z.string(), advice])) })),
  metadata: z.object({ vulnerabilities: counts }),
});
const refusal = z.object({ message: z.string().optional(), statusCode: z.number().optional(), error: z.object({ code: z.string().nullish(), summary: z.string().nullish() }) });

export interface Verdict {
  readonly passes: boolean;
  readonly lines: readonly string[];
}

const GRAVE: ReadonlySet<string> = new Set(['high', 'critical']);

/** What the answer of `npm audit --json` means. What is neither a report nor a refusal of the registry does not pass. */
export function verdictOf(answer: string): Verdict {
  const said = parsed(answer);
  const found = report.safeParse(said);
  if (found.success) return judged(found.data);
  const refused = refusal.safeParse(said);
  if (refused.success) {
    const { message, error, statusCode } = refused.data;
    const why = [message, error.summary, error.code, statusCode?.toString()].find((words) => typeof words === 'string' && words !== '') ?? 'no reason given';
    return { passes: true, lines: [`Dependencies were not checked, the registry does not answer: ${why.split('\n', 1).join('')}`] };
  }
  return { passes: false, lines: [`npm audit gave neither a report nor a refusal: ${answer.slice(0, 200)}`] };
}

function judged({ vulnerabilities, metadata }: z.output<typeof report>): Verdict {
  const grave = Object.entries(vulnerabilities).filter(([, { severity }]) => GRAVE.has(severity));
  const { low, moderate, high, critical } = metadata.vulnerabilities;
  const summary = `Known vulnerabilities in production: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low.`;
  const lines = grave.map(([name, { severity, range, via }]) => `${severity}: ${name} ${range ?? ''} ${via.map((one) => (typeof one === 'string' ? `via ${one}` : `${one.title} ${one.url ?? ''}`)).join('; ')}`);
  // The list and the count should agree; whichever is worse counts.
  return { passes: grave.length === 0 && high + critical === 0, lines: [summary, ...lines] };
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer) as unknown;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) {
  const { passes, lines } = verdictOf(await text(process.stdin));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = passes ? 0 : 1;
}
