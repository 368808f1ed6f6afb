/** YAML as text only: every scalar stays a string, so that no decimal ever becomes a float and no day a timestamp. */
import { parseDocument } from 'yaml';
import type { Problems } from './files-problems.ts';

export type RawNode = string | readonly RawNode[] | RawMap;
export interface RawMap {
  readonly [key: string]: RawNode;
}

const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'powtórzone pole',
  TAB_AS_INDENT: 'tabulator we wcięciu, użyj spacji',
  BAD_INDENT: 'złe wcięcie',
  MISSING_CHAR: 'brak znaku (nawiasu, cudzysłowu, przecinka albo dwukropka)',
};

/** The file's top-level map, or null when the text cannot be read; the problems say why. */
export function parseYaml(text: string, file: string, problems: Problems): RawMap | null {
  const document = parseDocument(text, { schema: 'failsafe' });
  for (const error of document.errors) {
    const at = error.linePos?.[0];
    problems.add(file, at ? `wiersz ${at.line}, kolumna ${at.col}` : '', SYNTAX[error.code] ?? 'błąd składni YAML');
  }
  if (document.errors.length > 0) return null;
  try {
    const root: unknown = document.toJS();
    if (isRawMap(root)) return root;
    problems.add(file, '', 'plik ma zawierać pola „nazwa: wartość”');
  } catch (error) {
    // Unknown or too many aliases are found only when they are resolved.
    if (!(error instanceof Error)) throw error;
    problems.add(file, '', 'nieznana nazwa po znaku „*” albo za wiele powtórzeń');
  }
  return null;
}

export function isRawMap(node: unknown): node is RawMap {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

export function isRawList(node: unknown): node is readonly RawNode[] {
  return Array.isArray(node);
}
