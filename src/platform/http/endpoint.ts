/** From a request to its answer: who, whether they may, what they give, what they get. */
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { AdmissionSettings } from './admission.ts';
import { admitted } from './admission.ts';
import { bodyReader, refuseBody } from './body.ts';
import type { Route } from './declared.ts';
import type { Upload } from './files.ts';
import { sendDownload, withUpload } from './files.ts';
import { pageLinks } from './list.ts';
import type { Reply } from './output.ts';
import { HttpProblem } from './problem.ts';
import { readQuery } from './query.ts';

/** An answer that breaks its own schema: refused (500), or reported in the log and sent all the same. */
export type OutputCheck = 'refuse' | 'report';

export interface EndpointSettings extends AdmissionSettings {
  readonly base: string;
  readonly outputCheck: OutputCheck;
}

export function endpoint(route: Route, settings: EndpointSettings): RequestHandler {
  const readBody = bodyReader(route.bodyLimit);
  return (req, res) =>
    admitted(req, res, route, settings, async (ctx, log) => {
      const query = readQuery(req.url);
      if (route.body === null && route.uploadLimit === null) refuseBody(req);
      const body = route.body === null ? undefined : await readBody(req, res);
      const run = (upload: Upload | null): Promise<Reply> => route.run({ ctx, log, upload }, { params: req.params, query, body });
      const running = route.uploadLimit === null ? run(null) : withUpload(req, route.uploadLimit, run);
      const reply = await (route.method === 'GET' ? within(running, route, log) : running);
      checkAnswer(route, reply, settings.outputCheck, log);
      if (reply.download === undefined) send(req, res, route, reply, { base: settings.base, values: query.values });
      else await sendDownload(res, reply.download);
    });
}

/** A question that takes too long is answered with 503; what it still does in the background changes nothing. */
export async function within<T>(running: Promise<T>, route: Pick<Route, 'path' | 'answerWithin'>, log: Logger): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      log.warn({ path: route.path }, 'too slow');
      reject(new HttpProblem(503, 'too_slow', { seconds: String(Math.ceil(route.answerWithin / 1000)) }));
    }, route.answerWithin);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Error when the answer breaks its schema and that is to be refused */
function checkAnswer(route: Route, reply: Reply, check: OutputCheck, log: Logger): void {
  const result = route.answer?.safeParse(reply.body);
  if (result === undefined || result.success) return;
  // Places and codes only: the values may be personal.
  const flaws = result.error.issues.slice(0, 10).map((issue) => `${issue.path.map(String).join('.')} ${issue.code}${issue.code === 'unrecognized_keys' ? ` ${issue.keys.join(', ')}` : ''}`);
  const told = `the answer of ${route.method} ${route.path} breaks its schema: ${flaws.join('; ')}`;
  if (check === 'refuse') throw new Error(told);
  log.error({ path: route.path, flaws }, 'answer breaks its schema');
}

function send(req: Request, res: Response, route: Route, reply: Reply, { base, values }: { base: string; values: Readonly<Record<string, string>> }): void {
  if (reply.location !== undefined) res.set('Location', `${base}${reply.location}`);
  if (reply.page !== undefined) res.set('Link', pageLinks(`${req.baseUrl}${req.path}`, values, reply.page));
  res.status(route.status);
  if (route.answer === null) res.end();
  else res.json(reply.body);
}
