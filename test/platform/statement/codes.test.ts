/** Every code that a rule gives a line has words. The rules are read as source, so that a code no case meets is found too. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { LINE_CODES, isLineCode } from '../../../src/platform/statement/words/codes.ts';
import { lawOn } from '../../support/law.ts';

/** Sources that make lines of statements. */
function sources(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith(path.join('platform', 'statement')))
    .map((name) => path.join('src', name))
    .filter((name) => /import type \{[^}]*\bLine\b[^}]*\} from '[^']*statement\/types\.ts'/.test(readFileSync(name, 'utf8')));
}

/** Texts an expression may give; a template gives its fixed beginning and `*`. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node)) return [`${node.head.text}*`];
  throw new Error(`a line's code that cannot be read: ${node.getText()}`);
}

/** What the name `code` stands for in the function around the node: a constant of it, or an argument of its callers. */
function meaningOf(node: ts.Node, file: ts.SourceFile): string[] {
  let scope: ts.Node = node;
  while (!ts.isFunctionDeclaration(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  if (!ts.isFunctionDeclaration(scope)) throw new Error(`a code outside a function in ${file.fileName}`);
  const found: string[] = [];
  const position = scope.parameters.findIndex((parameter) => parameter.name.getText() === 'code');
  const name = scope.name?.text;
  const visit = (inner: ts.Node): void => {
    if (position < 0 && ts.isVariableDeclaration(inner) && inner.name.getText() === 'code' && inner.initializer) found.push(...textsOf(inner.initializer));
    if (position >= 0 && ts.isCallExpression(inner) && inner.expression.getText() === name) {
      const argument = inner.arguments[position];
      if (argument) found.push(...textsOf(argument));
    }
    ts.forEachChild(inner, visit);
  };
  visit(position < 0 ? scope : file);
  return found;
}

/** Codes of the object literals that have a rule and a code. */
function codesIn(name: string): string[] {
  const file = ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.ES2023, true);
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const property = (key: string): ts.ObjectLiteralElementLike | undefined => node.properties.find((entry) => entry.name?.getText() === key);
      const code = property('code');
      if (property('rule') && code) codes.push(...(ts.isPropertyAssignment(code) ? textsOf(code.initializer) : meaningOf(code, file)));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return codes;
}

describe('the codes of lines', () => {
  const given = sources().flatMap((name) => codesIn(name).map((code) => ({ name, code })));
  // A code that ends with the basis stands for one of each basis with a rate of its own.
  const bases = lawOn('2026-06-01').list('rate.fixed_bases');
  const codes = given.flatMap(({ name, code }) => (code.endsWith('*') ? bases.map((basis) => ({ name, code: code.replace('*', basis) })) : [{ name, code }]));

  test('are found in the rules', () => {
    expect(new Set(given.map(({ name }) => name)).size).toBeGreaterThanOrEqual(4);
    expect(codes.length).toBeGreaterThan(20);
  });

  test.each([...new Map(codes.map((entry) => [entry.code, entry])).values()])('$code of $name has words', ({ code }) => {
    expect(isLineCode(code)).toBe(true);
  });

  test('of the catalogue are all used', () => {
    const used = new Set(codes.map(({ code }) => code));
    expect(LINE_CODES.filter((code) => !used.has(code))).toEqual([]);
  });
});
