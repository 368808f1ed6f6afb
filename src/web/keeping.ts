/** What is kept in the session between two pages: notices to say once, and what was typed when a session ended. */
import type { Request } from 'express';
import { saveSession, signedInOf } from '../platform/access/sessions.ts';
import type { Clock } from '../platform/clock.ts';
import type { Memory } from './declared.ts';
import { describeError } from '../platform/problems.ts';
import type { Secrets } from '../platform/secrets/index.ts';
import { FILLED_BY } from './forms/state.ts';
import type { Notice } from './view.ts';

declare module 'express-session' {
  interface SessionData {
    notices?: readonly Notice[];
    /** Questions about people, sealed, by name. */
    memory?: Readonly<Record<string, string>>;
  }
}

const PLACE = 'sessions.kept_form';
/** A form longer than this is not kept, characters. */
const LONGEST_KEPT = 60_000;

/** Where no sessions are kept there is nothing to keep. */
function sessionOf(req: Request): Request['session'] | undefined {
  return (req as Partial<Request>).session;
}

/** The session's own word, or nothing without a session. */
export function csrfOf(req: Request, clock: Clock): string {
  return signedInOf(req, clock)?.csrf ?? '';
}

/** Says it on the next page. */
export async function tellNext(req: Request, notice: Notice): Promise<void> {
  const session = sessionOf(req);
  if (session === undefined) return;
  session.notices = [...(session.notices ?? []), notice].slice(-5);
  await saveSession(req);
}

/** What is to be said on this page. */
export function takeNotices(req: Request): readonly Notice[] {
  const session = sessionOf(req);
  const notices = session?.notices ?? [];
  if (session !== undefined) delete session.notices;
  return notices;
}

interface Kept {
  readonly by: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Keeps what was typed until its author is back. */
export async function keepForm(req: Request, secrets: Secrets, path: string, entries: URLSearchParams): Promise<void> {
  const session = sessionOf(req);
  const by = entries.get(FILLED_BY);
  const values = Object.fromEntries([...entries].filter(([name]) => !name.startsWith('_')));
  const text = JSON.stringify({ by, values });
  if (session === undefined || by === null || text.length > LONGEST_KEPT) return;
  session.keptForm = { path, sealed: secrets.seal(text, PLACE) };
  await saveSession(req);
}

/** What the author typed into this form before the session ended; it is given once. */
export function takeKeptForm(req: Request, secrets: Secrets, path: string, author: string): Kept['values'] | null {
  const session = sessionOf(req);
  const kept = session?.keptForm;
  if (session === undefined || kept?.path !== path) return null;
  delete session.keptForm;
  const opened = openedOrNull(secrets, kept.sealed, PLACE);
  if (opened === null) return null;
  const { by, values } = JSON.parse(opened) as Kept;
  return by === author ? values : null;
}

/** Keys were changed in between: what cannot be opened is not there any more. */
function openedOrNull(secrets: Secrets, sealed: string, place: string): string | null {
  try {
    return secrets.open(sealed, place);
  } catch (error) {
    if (describeError(error).code === 'secret_unreadable') return null;
    throw error;
  }
}

const MEMORY = 'sessions.memory';

/** What this session remembers. Without sessions it lasts for the request. */
export function memoryOf(req: Request, secrets: Secrets): Memory {
  const session = sessionOf(req);
  let own: Readonly<Record<string, string>> = {};
  const keep = async (now: Readonly<Record<string, string>>): Promise<void> => {
    own = now;
    if (session === undefined) return;
    session.memory = now;
    await saveSession(req);
  };
  return {
    recall: (name) => {
      const sealed = (session?.memory ?? own)[name];
      return sealed === undefined ? null : openedOrNull(secrets, sealed, MEMORY);
    },
    remember: (name, value) => keep({ ...(session?.memory ?? own), [name]: secrets.seal(value, MEMORY) }),
    forget: (name) => keep(Object.fromEntries(Object.entries(session?.memory ?? own).filter(([other]) => other !== name))),
  };
}
