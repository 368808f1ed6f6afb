import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';

const parse = (env: Record<string, string>): ReturnType<typeof parseConfig> => parseConfig(env, '/srv');

describe('the proxies that are believed', () => {
  it('are none unless told', () => {
    expect(parse({}).trustProxy).toBeNull();
    expect(parse({ TRUST_PROXY: '' }).trustProxy).toBeNull();
  });

  it('are a number of them, or their addresses and networks', () => {
    expect(parse({ TRUST_PROXY: '1' }).trustProxy).toBe(1);
    expect(parse({ TRUST_PROXY: ' 10 ' }).trustProxy).toBe(10);
    expect(parse({ TRUST_PROXY: '10.0.0.5, 192.168.0.0/24,2001:db8::/32,::1' }).trustProxy).toEqual(['10.0.0.5', '192.168.0.0/24', '2001:db8::/32', '::1']);
  });

  it.each(['true', '0', '11', '-1', '1.5', 'loopback', 'proxy.example', '10.0.0.5,', '10.0.0.256', '10.0.0.0/0', '10.0.0.0/33', '::/129', '10.0.0.0/8/8', '*'])('cannot be %j: it would let everybody choose an address, or nobody knows what it means', (given) => {
    expect(() => parse({ TRUST_PROXY: given })).toThrow(ConfigError);
    expect(() => parse({ TRUST_PROXY: given })).toThrow(/^TRUST_PROXY: podaj liczbę pośredników/);
  });
});

describe('the token of the metrics', () => {
  it('is none unless told, and long enough not to be guessed', () => {
    expect(parse({}).metricsToken).toBeNull();
    expect(parse({ METRICS_TOKEN: 'a'.repeat(16) }).metricsToken).toBe('a'.repeat(16));
    for (const given of ['short', 'a'.repeat(201), 'with a blank in it', 'zażółć-gęślą-jaźń-1']) expect(() => parse({ METRICS_TOKEN: given })).toThrow(/METRICS_TOKEN: podaj co najmniej 16 znaków/);
  });
});
