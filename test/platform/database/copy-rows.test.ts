/** Rows in COPY's text format. */
import { describe, expect, it } from 'vitest';
import { CopyRows, copyEscaped } from '../../../src/platform/database/copy-rows.ts';

describe('a text in a cell of COPY', () => {
  it.each([
    ['zwykły tekst', 'zwykły tekst'],
    ['dwa\twiersze\n', String.raw`dwa\twiersze\n`],
    ['powrót\r', String.raw`powrót\r`],
    ['C:\\dom', String.raw`C:\\dom`],
    ['\\N', String.raw`\\N`],
    ['', ''],
  ])('%j is escaped as %j', (text, escaped) => {
    expect(copyEscaped(text)).toBe(escaped);
  });
});

describe('rows', () => {
  it('come as they were written, text and bytes in turn', () => {
    const rows = new CopyRows();
    rows.raw('Łąkowa\t');
    rows.bytes(Buffer.from('żółw'));
    rows.raw('\n');
    expect(rows.take().toString()).toBe('Łąkowa\tżółw\n');
  });

  it('may be far longer than the room they began with', () => {
    const rows = new CopyRows();
    const long = 'ą'.repeat(300_000);
    for (let index = 0; index < 3; index += 1) rows.raw(long);
    expect(rows.length).toBe(1_800_000);
    expect(rows.take().toString()).toBe(long.repeat(3));
  });

  it('that were taken stay as they are while new ones are written', () => {
    const rows = new CopyRows();
    rows.raw('first\n');
    const first = rows.take();
    rows.raw('other\n');
    expect([first.toString(), rows.take().toString(), rows.length]).toEqual(['first\n', 'other\n', 0]);
  });
});
