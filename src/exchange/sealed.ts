/** What waits on the disk and may tell sensitive data: a piece a line, each sealed for its place in this file. */
import { createReadStream } from 'node:fs';
import type { Secrets } from '../platform/secrets/index.ts';

export async function* sealedLines(secrets: Secrets, place: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let line = 0;
  for await (const piece of pieces) yield `${secrets.seal(piece, `${place}/${(line += 1)}`)}\n`;
}

/** @throws UnreadableSecret */
export async function* openedLines(secrets: Secrets, place: string, file: string): AsyncGenerator<string> {
  let line = 0;
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines) yield secrets.open(one, `${place}/${(line += 1)}`);
  }
}
