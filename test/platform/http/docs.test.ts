import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { route } from '../../../src/platform/http/index.ts';
import { STYLE } from '../../../src/platform/http/docs/style.ts';
import { ROUTES } from './sample.ts';
import { bench } from './support.ts';

const { nobody } = bench({ routes: ROUTES, version: '1.2.3' });
const page = (await nobody.get('/api/docs').set('Host', 'kamienica.test:3000')).text;
const count = (pattern: RegExp): number => [...page.matchAll(pattern)].length;

describe('the readable description', () => {
  it('is a page in Polish that needs no identity', async () => {
    const answer = await nobody.get('/api/docs');
    expect([answer.status, answer.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toMatch(/^<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"/);
    expect(page).toContain('<title>Opis interfejsu – Kamienica</title>');
  });

  it('shows every operation with permission, event, parameters, body, example and answers', () => {
    expect(count(/<article /g)).toBe(ROUTES.length);
    for (const words of ['Lista umów', 'Rozpocznij przeliczenie', 'run.prepare', 'run.start', '/api/v1/leases/{lease}/rent', 'Liczba pozycji na stronie; od 1 do 200; domyślnie 50', 'gdy kind = „district”', 'lista: obiekt', 'Kod taryfy; znaków: od 1 do 60']) {
      expect(page).toContain(words);
    }
  });

  it('gives requests that can be copied into a terminal', () => {
    const text = page.replaceAll('&quot;', '"').replaceAll('&#39;', "'");
    expect(text).toContain("curl 'http://kamienica.test:3000/api/v1/leases/UN-0007/rent?day=2026-01-31' \\\n  -H 'X-Kamienica-As: anna.referent'");
    expect(text).toContain(`curl -X POST 'http://kamienica.test:3000/api/v1/runs' \\\n  -H 'X-Kamienica-As: anna.referent' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  "tariff": "KRK-2026"\n}'`);
  });

  it('holds the strict policy: no script, no inline style, no handler, nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|javascript:|<iframe|<img/i);
    expect([...page.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map((match) => match[1])).toEqual(['/api/docs.css', '/api/openapi.json']);
  });

  it('has landmarks, one main heading, headings in order, and names for all that scrolls', () => {
    for (const landmark of ['<header>', '<nav aria-label=', '<main id="tresc"', '<footer>']) expect(count(new RegExp(landmark, 'g'))).toBe(1);
    expect(page).toMatch(/<body><a class="skip" href="#tresc">/);
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map((match) => Number(match[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
    expect(count(/role="region"/g)).toBe(count(/role="region" aria-label="[^"]+" tabindex="0"/gi));
    expect(count(/<th[ >]/g)).toBe(count(/<th scope="(?:row|col)"/g));
  });

  it('has ids once each, and links that lead to them', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('escapes what declarations and requests bring', async () => {
    const odd = route({ method: 'GET', path: '/odd', permission: 'lease.read', audit: null, summary: '<b>"odd"</b>', tag: '<script>', output: z.strictObject({ a: z.string().meta({ description: '</pre><script>' }) }), handle: () => ({ a: '' }) });
    const answer = await bench({ routes: [odd] }).nobody.get('/api/docs').set('Host', 'x"><script>');
    expect(answer.text).not.toMatch(/<script|<b>/);
    expect(answer.text).toContain('http://localhost:3000/api/v1/odd');
  });
});

describe('its style sheet', () => {
  it('is a file of its own that may be kept a while', async () => {
    const answer = await nobody.get('/api/docs.css');
    expect([answer.status, answer.get('content-type'), answer.get('cache-control')]).toEqual([200, 'text/css; charset=utf-8', 'public, max-age=300']);
    expect(STYLE).not.toMatch(/url\(|@import/);
  });

  it('keeps a contrast of 4.5 in light and dark', () => {
    const schemes = [...STYLE.matchAll(/:root \{([^}]*--paper[^}]*)\}/g)].map((match) => new Map([...(match[1] ?? '').matchAll(/(--\w+): (#\w{6})/g)].map((pair) => [pair[1], pair[2] ?? ''])));
    expect(schemes).toHaveLength(2);
    for (const colours of schemes) {
      for (const ink of ['--ink', '--soft', '--link']) {
        for (const ground of ['--paper', '--block']) expect(contrast(colours.get(ink) ?? '', colours.get(ground) ?? '')).toBeGreaterThan(4.5);
      }
    }
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
