/** A form with one file: its fields are read first, the file is handed on as it arrives, and nothing of it is kept here. */
import type { BusboyFileStream, BusboyInstance } from '@fastify/busboy';
import { Busboy } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './problem.ts';

export interface SentFile {
  /** Name of its field. */
  readonly field: string;
  /** Its name on the sender's disk, without folders. */
  readonly name: string;
  /** Its bytes, once. They end with an HttpProblem where the form breaks off, is too large, or goes on behind the file. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface SentForm {
  /** What stands before the file. */
  readonly entries: URLSearchParams;
  /** Null where none was chosen. */
  readonly file: SentFile | null;
  /** Whatever was not read is thrown away as it comes, so that the sender hears the answer. */
  release(): void;
}

/** All fields together, bytes. */
const FIELDS_LIMIT = 256 * 1024;
const LIMITS = { fieldSize: 64 * 1024, fields: 20, files: 1, parts: 21, headerPairs: 10, headerSize: 8 * 1024 };
const MULTIPART = /^multipart\/form-data(?:;|$)/i;

export function isMultipart(req: Pick<IncomingMessage, 'headers'>): boolean {
  return MULTIPART.test(req.headers['content-type'] ?? '');
}

/**
 * The form up to its file, or the whole of it where there is none.
 * @param fileLimit bytes
 * @throws HttpProblem 400 `form_broken`, 413 `body_too_large`
 */
export async function openForm(req: IncomingMessage, fileLimit: number): Promise<SentForm> {
  const parser = parserOf(req, fileLimit);
  const passage = new FormPassage(req, parser, fileLimit);
  req.pipe(parser);
  try {
    const file = await passage.opened;
    return { entries: passage.entries, file, release: () => passage.release() };
  } catch (error) {
    passage.release();
    throw error;
  }
}

function parserOf(req: IncomingMessage, fileSize: number): BusboyInstance {
  try {
    return new Busboy({ headers: { ...req.headers, 'content-type': req.headers['content-type'] ?? '' }, limits: { ...LIMITS, fileSize } });
  } catch {
    // No boundary: where a part ends nobody can say.
    req.resume();
    throw broken();
  }
}

/** One form on its way through the parser. */
class FormPassage {
  readonly entries = new URLSearchParams();
  /** The file as soon as it begins; null at the end of a form without one. */
  readonly opened: Promise<SentFile | null>;
  readonly #req: IncomingMessage;
  readonly #parser: BusboyInstance;
  readonly #ended: Promise<void>;
  #file: BusboyFileStream | null = null;
  #fail: (problem: HttpProblem) => void = () => undefined;

  constructor(req: IncomingMessage, parser: BusboyInstance, fileLimit: number) {
    this.#req = req;
    this.#parser = parser;
    this.#ended = new Promise<void>((resolve, reject) => {
      this.#fail = (problem) => {
        reject(problem);
        this.release(problem);
      };
      parser.on('finish', resolve);
    });
    // Whoever waits for the file or its end hears of it; nobody need wait.
    this.#ended.catch(() => undefined);
    this.#watch(fileLimit);
    this.opened = this.#opening();
  }

  /** Lets go of the request. Nothing that it still brings is looked at. */
  release(problem = broken()): void {
    if (this.#parser.writableFinished) return;
    this.#req.unpipe(this.#parser);
    this.#req.resume();
    this.#file?.destroy(problem);
  }

  #watch(fileLimit: number): void {
    let size = 0;
    this.#req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > FIELDS_LIMIT + (this.#file === null ? 0 : fileLimit)) this.#fail(tooLarge());
    });
    this.#req.on('close', () => {
      if (!this.#req.complete) this.#fail(broken());
    });
    this.#parser.on('error', () => this.#fail(broken()));
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) this.#parser.on(limit, () => this.#fail(broken()));
    this.#parser.on('field', (name: string | undefined, value: string, _nameCut, valueCut) => {
      // Behind the file nobody has read the fields when it is decided what may be done with it.
      if (this.#file !== null || name === undefined) this.#fail(broken());
      else if (valueCut) this.#fail(tooLarge());
      else this.entries.append(name, value);
    });
  }

  async #opening(): Promise<SentFile | null> {
    const begun = new Promise<SentFile | null>((resolve) => {
      this.#parser.on('file', (field: string | undefined, stream: BusboyFileStream, name: string | undefined) => {
        this.#file = stream;
        // An error that comes before anybody reads is told to whoever reads then.
        stream.on('error', () => this.#fail(broken()));
        stream.on('limit', () => this.#fail(tooLarge()));
        if (name !== undefined && name !== '') resolve({ field: field ?? '', name: cleaned(name), bytes: this.#bytes(stream) });
        // The field of a form in which none was chosen.
        else stream.resume();
      });
    });
    return Promise.race([begun, this.#ended.then(() => null)]);
  }

  async *#bytes(stream: BusboyFileStream): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk;
    } catch (error) {
      await this.#ended;
      throw error;
    }
    await this.#ended;
  }
}

const LONGEST_NAME = 200;

function cleaned(name: string): string {
  return name.replace(/^.*[/\\]/u, '').replace(/\p{Cc}/gu, '').slice(0, LONGEST_NAME);
}

function broken(): HttpProblem {
  return new HttpProblem(400, 'form_broken');
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, 'body_too_large');
}
