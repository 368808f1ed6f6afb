/** The few XML escapes that workbooks need. */

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of an attribute or element. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/giu, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

// What the workbook format itself escapes as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), and what the writer would drop or change.
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff]|\p{Cs}|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}-\u{3ffff}\u{10fffe}\u{10ffff}]|_(?=x[0-9a-f]{4}_)/giu;

/**
 * The text so that it comes back from a workbook unchanged. Words that every JavaScript object has as a property (`constructor`)
 * lose the writer's table of texts its footing, so their first letter is escaped too.
 */
export function workbookText(text: string): string {
  const safe = text.replace(UNSAFE, escaped);
  return safe in Object.prototype ? escaped(safe.charAt(0)) + safe.slice(1) : safe;
}

function escaped(characters: string): string {
  let codes = '';
  for (let index = 0; index < characters.length; index += 1) {
    codes += `_x${characters.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}_`;
  }
  return codes;
}
