import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGES } from '../../src/app.ts';
import { rolesWith } from '../../src/platform/access/roles.ts';
import { at, changed } from '../../src/web/address.ts';
import { assets } from '../../src/web/assets.ts';
import { ownPath } from '../../src/platform/access/own-path.ts';
import * as format from '../../src/web/format.ts';
import { textsIn } from '../../src/web/texts/index.ts';
import { pl } from '../../src/web/texts/plural.ts';
import { contrast } from '../support/contrast.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');

describe('the style sheet', () => {
  const tokens = readFileSync(path.join(SRC, 'web/style/tokens.css'), 'utf8');
  const colours = new Map([...tokens.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }] as const));
  const of = (name: string, theme: 'light' | 'dark'): string => colours.get(name)?.[theme] ?? '';
  const PAIRS = [
    ...['ink', 'soft', 'accent', 'brick'].flatMap((ink) => ['paper', 'ground', 'hover'].map((ground) => [ink, ground] as const)),
    ...['good', 'bad', 'info', 'warn'].flatMap((tone) => [[tone, `${tone}-ground`], ['ink', `${tone}-ground`], ['soft', `${tone}-ground`]] as const),
    ['accent', 'info-ground'], ['accent', 'bad-ground'], ['accent-ink', 'accent'], ['paper', 'ink'], ['ink', 'mark'], ['soft', 'mark'], ['bad', 'paper'],
  ] as const;

  it.each(['light', 'dark'] as const)('keeps a contrast of 4.5 for every text on its ground, %s', (theme) => {
    expect(PAIRS.map(([ink, ground]) => ({ pair: `${ink} on ${ground}`, contrast: contrast(of(ink, theme), of(ground, theme)) })).filter((pair) => !(pair.contrast >= 4.5))).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('keeps a contrast of 3 for what is drawn or bounds a field, %s', (theme) => {
    const drawn = ['edge', 'less', 'more', 'same', 'accent'].flatMap((ink) => [`${ink} on paper`]);
    expect(drawn.filter((pair) => contrast(of(pair.split(' ')[0] ?? '', theme), of('paper', theme)) < 3)).toEqual([]);
  });

  it('names no colour outside the tokens', () => {
    for (const name of readdirSync(path.join(SRC, 'web/style')).filter((file) => file.endsWith('.css') && file !== 'tokens.css' && file !== 'print.css')) {
      const text = readFileSync(path.join(SRC, 'web/style', name), 'utf8').replaceAll(/::backdrop \{[^}]*\}/g, '');
      expect({ name, found: text.match(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/gi) }).toEqual({ name, found: null });
    }
  });

  it('is, with both scripts, far less than 60 kB packed', () => {
    const { style, htmx, script } = assets();
    expect([style, htmx, script].reduce((sum, one) => sum + one.packed.br.length, 0)).toBeLessThan(30_000);
  });
});

/** Every text of a catalogue with its place. */
function leaves(value: unknown, place: readonly string[] = []): [place: string, text: unknown][] {
  if (typeof value !== 'object' || value === null) return [[place.join('.'), value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...place, key]));
}

describe('the catalogue', () => {
  it('says something everywhere, in both languages, with the same arguments', () => {
    const [polish, english] = [leaves(textsIn('pl')), leaves(textsIn('en'))];
    expect(english.map(([place]) => place).sort()).toEqual(polish.map(([place]) => place).sort());
    for (const [place, text] of [...polish, ...english]) expect({ place, empty: text === '' }).toEqual({ place, empty: false });
  });

  it('holds no text that no page says', () => {
    const sources = files(SRC).filter((file) => !file.includes(`${path.sep}texts${path.sep}`)).map((file) => readFileSync(file, 'utf8')).join('\n');
    const said = (key: string): boolean => new RegExp(`\\.${key}\\b|['"]${key}['"]|\\b${key}\\b[,}]`).test(sources);
    // Words looked up by a code of the data are named by that code.
    expect(leaves(textsIn('pl')).map(([place]) => place).filter((place) => !place.split('.').slice(1, 2).some((key) => said(key)))).toEqual([]);
  });

  it('counts as Polish does', () => {
    expect([0, 1, 2, 4, 5, 12, 14, 21, 22, 25, 112, 122, 1_000].map((count) => pl(count, 'umowa', 'umowy', 'umów').replaceAll('\u00a0', ' '))).toEqual([
      '0 umów', '1 umowa', '2 umowy', '4 umowy', '5 umów', '12 umów', '14 umów', '21 umów', '22 umowy', '25 umów', '112 umów', '122 umowy', '1 000 umów',
    ]);
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(path.join(folder, entry.name)) : /\.tsx?$/.test(entry.name) ? [path.join(folder, entry.name)] : []));
}

describe('values', () => {
  it('are written as people read them', () => {
    expect([format.money('1234.5', 'pl'), format.money('-0.5', 'pl'), format.money('1234.5', 'en')].map((shown) => shown.replaceAll('\u00a0', ' '))).toEqual(['1 234,50 zł', '-0,50 zł', '1,234.50 zł']);
    expect([format.signed('12.5', 'pl'), format.signed('-12.5', 'pl'), format.signed('0.00', 'pl')]).toEqual(['+12,50', '−12,50', '0,00']);
    expect([format.day('2026-01-31', 'pl'), format.day('2026-01-31', 'en').replaceAll('\u00a0', ' ')]).toEqual(['31.01.2026', '31 Jan 2026']);
    expect(format.moment('2026-07-31T22:30:00Z', 'pl')).toBe('01.08.2026, 00:30');
  });
});

describe('addresses', () => {
  it('are filled, encoded and changed', () => {
    expect(at('/leases/:lease', { lease: 'ZBK/2019/00001' }, { day: '2026-01-31', known_on: null })).toBe('/leases/ZBK%2F2019%2F00001?day=2026-01-31');
    expect(changed('/leases?sort=-to&page=3&kind=', { page: null, district: 'VII Zwierzyniec' })).toBe('/leases?sort=-to&district=VII+Zwierzyniec');
  });

  it('lead nowhere but to us', () => {
    for (const foreign of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/\t/[', '', 'leases', '/%09/[']) expect({ foreign, to: new URL(ownPath(foreign, '/'), 'http://own').host }).toEqual({ foreign, to: 'own' });
    expect(ownPath('/leases?kind=social', '/')).toBe('/leases?kind=social');
  });
});

describe('every page', () => {
  it('has a permission that some role grants, and a command of a page names its event or is a question', () => {
    expect(PAGES.filter(({ permission }) => rolesWith(permission).length === 0).map(({ path: of }) => of)).toEqual([]);
    expect(PAGES.filter(({ method, audit }) => method === 'POST' && audit === null).map(({ path: of }) => of)).toEqual(['/search', '/components', '/account/tokens/made', '/audit', '/files/import', '/files/:sheet/import', '/tariffs/new/upload']);
  });
});

describe('the page of components', () => {
  it('has every one of them', () => {
    const folder = path.join(SRC, 'web/components');
    const made = readdirSync(folder).flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^export function ([A-Z]\w+)/gm)].map((match) => match[1] ?? ''));
    // Parts of others, and the list, which stands on pages of its own.
    const within = new Set(['FormMarks', 'Hidden', 'QuestionForm', 'List']);
    const shown = readFileSync(path.join(SRC, 'desk/components.tsx'), 'utf8');
    expect(made.filter((name) => !within.has(name) && !shown.includes(`<${name}`))).toEqual([]);
  });
});
