/** YAML as text only: every scalar stays a string, so that no decimal ever becomes a float and no day a timestamp. */
import { parseDocument } from 'yaml';
import type { Problems } from './files-problems.ts';
import { lawFileText } from './files-words.ts';

export type RawNode = string | readonly RawNode[] | RawMap;
export interface RawMap {
  readonly [key: string]: RawNode;
}

/** Mistakes that have words of their own. */
const SYNTAX = ['DUPLICATE_KEY', 'TAB_AS_INDENT', 'BAD_INDENT', 'MISSING_CHAR'] as const;

/** The file's top-level map, or null when the text cannot be read; the problems say why. */
export function parseYaml(text: string, file: string, problems: Problems): RawMap | null {
  const document = parseDocument(text, { schema: 'failsafe' });
  for (const error of document.errors) {
    const at = error.linePos?.[0];
    problems.add(file, at ? lawFileText('at_line', { line: at.line, column: at.col }) : '', lawFileText(SYNTAX.find((code) => code === error.code) ?? 'yaml_broken'));
  }
  if (document.errors.length > 0) return null;
  try {
    const root: unknown = document.toJS();
    if (isRawMap(root)) return root;
    problems.add(file, '', lawFileText('no_map'));
  } catch (error) {
    // Unknown or too many aliases are found only when they are resolved.
    if (!(error instanceof Error)) throw error;
    problems.add(file, '', lawFileText('aliases'));
  }
  return null;
}

export function isRawMap(node: unknown): node is RawMap {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

export function isRawList(node: unknown): node is readonly RawNode[] {
  return Array.isArray(node);
}
