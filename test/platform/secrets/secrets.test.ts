import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableSecret } from '../../../src/platform/secrets/index.ts';
import { describeError } from '../../../src/platform/problems.ts';
import { ROTATED, ROTATING, SECRETS } from '../../support/secrets.ts';

const PESEL = '44051401359';

describe('a sealed value', () => {
  it('opens at its own place, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, place) => {
      const whole = Buffer.from(value).toString();
      expect(SECRETS.open(SECRETS.seal(whole, place), place)).toBe(whole);
    }), { numRuns: 200 });
  });

  it('tells the name of its key and nothing of itself, not even that it is the same', () => {
    const [one, two] = [SECRETS.seal(PESEL, 'persons/1/pesel'), SECRETS.seal(PESEL, 'persons/1/pesel')];
    expect(one).toMatch(/^test1:[A-Za-z0-9+/]+=*$/);
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split(':')[1] ?? '', 'base64').toString('latin1')).not.toContain('440514');
  });

  it('does not open at the place of another person or another field', () => {
    const sealed = SECRETS.seal(PESEL, 'persons/1/pesel');
    for (const place of ['persons/2/pesel', 'persons/1/document', '']) expect(() => SECRETS.open(sealed, place)).toThrow(UnreadableSecret);
  });

  it('does not open when any one of its letters was altered', () => {
    const sealed = SECRETS.seal(PESEL, 'here');
    const [key = '', text = ''] = sealed.split(':');
    const bytes = Buffer.from(text, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => SECRETS.open(`${key}:${altered.toString('base64')}`, 'here')).toThrow(UnreadableSecret);
    }
    for (const nonsense of ['', 'test1', 'test1:', 'test1:AAAA', `test1:${bytes.subarray(0, 20).toString('base64')}`, PESEL]) {
      expect(() => SECRETS.open(nonsense, 'here')).toThrow(UnreadableSecret);
    }
  });

  it('opens under an older key that is still listed, and not once it is gone; the refusal says what to do', () => {
    const sealed = SECRETS.seal(PESEL, 'here');
    expect(ROTATING.open(sealed, 'here')).toBe(PESEL);
    expect(ROTATING.seal(PESEL, 'here')).toMatch(/^test2:/);
    let told: unknown;
    try {
      ROTATED.open(sealed, 'here');
    } catch (error) {
      told = error;
    }
    expect(describeError(told)).toMatchObject({ status: 503, code: 'secret_unreadable', detail: expect.stringContaining('„test1”') as string });
  });

  it('cannot be passed off as one of another key', () => {
    const sealed = SECRETS.seal(PESEL, 'here');
    expect(() => ROTATING.open(sealed.replace('test1', 'test2'), 'here')).toThrow(UnreadableSecret);
  });
});

describe('a keyed hash', () => {
  it('is the same for the same value, purpose and key, and another for any other', () => {
    const hex = (bytes: Buffer): string => bytes.toString('hex');
    expect(hex(SECRETS.hash(PESEL, 'pesel'))).toBe(hex(SECRETS.hash(PESEL, 'pesel')));
    const all = [SECRETS.hash(PESEL, 'pesel'), SECRETS.hash(PESEL, 'other'), SECRETS.hash('44051401360', 'pesel'), ROTATED.hash(PESEL, 'pesel')].map(hex);
    expect(new Set(all).size).toBe(4);
    expect(SECRETS.hash(PESEL, 'pesel')).toHaveLength(32);
  });

  it('is found under every key that is listed, the current one first', () => {
    expect(ROTATING.hashes(PESEL, 'pesel')).toEqual([ROTATED.hash(PESEL, 'pesel'), SECRETS.hash(PESEL, 'pesel')]);
    expect(ROTATING.hash(PESEL, 'pesel')).toEqual(ROTATED.hash(PESEL, 'pesel'));
  });
});
