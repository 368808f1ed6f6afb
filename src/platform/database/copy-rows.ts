/** Rows in the text format of `COPY`. No database is needed to write them. */

const SPECIAL = /[\\\n\r\t]/;
const ALL_SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as it stands in a cell of COPY's text format. */
export function copyEscaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (character) => ESCAPES[character] ?? character) : text;
}

const SIZE = 1 << 16;
/** A character takes at most three bytes in UTF-8 for each unit of its length. */
const MOST_BYTES = 3;

/** Rows in COPY's text format as bytes: what thousands of rows share is encoded once and only copied here. */
export class CopyRows {
  #size = SIZE;
  #bytes = Buffer.allocUnsafeSlow(SIZE);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Text as it is: cells are parted by `\t`, rows end with `\n`, a null is `\\N`. */
  raw(text: string): void {
    this.#reserve(text.length * MOST_BYTES);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** All rows so far; the next ones begin anew. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    // Room for as much as before and a little more, so that it rarely has to grow.
    this.#size = Math.max(this.#size, this.#length + SIZE);
    this.#bytes = Buffer.allocUnsafeSlow(this.#size);
    this.#length = 0;
    return taken;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + more));
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
  }
}
