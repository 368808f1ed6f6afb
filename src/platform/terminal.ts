/** Lines and progress on a terminal: a bar where there is one, plain lines without. */

export interface ProgressBar {
  update(done: number, total: number | null, message?: string): void;
  end(line?: string): void;
}

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const WIDTH = 24;
const LINE_PAUSE_MS = 5_000;
const BAR_PAUSE_MS = 100;

/** Rows a second and time left; `now` in milliseconds is passed in. */
export function progressText(done: number, total: number | null, elapsedMs: number): string {
  const perSecond = elapsedMs > 0 ? Math.floor((done * 1000) / elapsedMs) : 0;
  const rate = `${formatCount(perSecond)} wierszy/s`;
  if (total === null || total === 0) return `${formatCount(done)} · ${rate}`;
  const percent = Math.min(100, Math.floor((done * 100) / total));
  const left = perSecond > 0 ? ` · pozostało ${formatSeconds(Math.ceil((total - done) / perSecond))}` : '';
  return `${String(percent).padStart(3)} % · ${formatCount(done)} z ${formatCount(total)} · ${rate}${left}`;
}

/** A whole number in Polish form, with thin gaps between thousands. */
export function formatCount(count: number | string): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}

function formatSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function progressBar(output: Output, label: string, clockMs: () => number = () => performance.now()): ProgressBar {
  const started = clockMs();
  let last = -Infinity;
  const draw = (done: number, total: number | null): void => {
    const text = progressText(done, total, clockMs() - started);
    if (output.isTTY !== true) {
      output.write(`${label}: ${text}\n`);
      return;
    }
    const full = total === null || total === 0 ? 0 : Math.min(WIDTH, Math.floor((done * WIDTH) / total));
    output.write(`\r\u001b[K${label} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`.slice(0, (output.columns ?? 120) + 4));
  };
  return {
    update(done, total) {
      const now = clockMs();
      if (now - last < (output.isTTY === true ? BAR_PAUSE_MS : LINE_PAUSE_MS)) return;
      last = now;
      draw(done, total);
    },
    end(line) {
      if (output.isTTY === true) output.write('\r\u001b[K');
      if (line !== undefined) output.write(`${line}\n`);
    },
  };
}

/** Rows in columns, aligned by their widest cell; numbers to the right where the head says so with `>`. */
export function textTable(head: readonly string[], body: readonly (readonly string[])[]): string {
  const right = head.map((title) => title.startsWith('>'));
  const titles = head.map((title) => title.replace(/^>/, ''));
  const widths = titles.map((title, index) => Math.max(title.length, ...body.map((cells) => (cells[index] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => (right[index] === true ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0))).join('  ').trimEnd();
  return [line(titles), line(widths.map((width) => '─'.repeat(width))), ...body.map(line)].join('\n');
}
