/** The word that was probably meant. */

/** As words are compared: composed, lower case, blanks outside dropped and inside single. */
export function fold(word: string): string {
  return word.normalize('NFC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('pl');
}

/** The nearest of `words` by edit distance, when it is near enough to be a typing mistake; Polish tails do not count. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const wanted = bare(word);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of words) {
    const cost = distance(wanted, bare(candidate));
    if (cost < least) [best, least] = [candidate, cost];
  }
  return best;
}

/** Without tails of letters, and with blanks and hyphens as underscores: how a header's name is most often mistyped. */
function bare(word: string): string {
  return fold(word).replace(/ł/gu, 'l').normalize('NFD').replace(/\p{M}/gu, '').replace(/[\s-]+/gu, '_').slice(0, 80);
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
