import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../support/audit-dependencies.ts';

const zero = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 };
const reported = (vulnerabilities: object, counts: object = {}): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { ...zero, ...counts }, dependencies: { prod: 1 } } });
const lodash = (severity: string): object => ({
  lodash: { name: 'lodash', severity, isDirect: true, via: [{ source: 1, name: 'lodash', title: 'Prototype Pollution', url: 'https://github.com/advisories/GHSA-1', severity }], range: '<4.17.21', nodes: [], fixAvailable: true },
  above: { name: 'above', severity, isDirect: true, via: ['lodash'], range: '*', nodes: [], fixAvailable: false },
});

describe('what the registry says of the dependencies', () => {
  it('passes without a finding, and with those below high', () => {
    expect(verdictOf(reported({}))).toEqual({ passes: true, lines: ['Known vulnerabilities in production: 0 critical, 0 high, 0 moderate, 0 low.'] });
    expect(verdictOf(reported(lodash('moderate'), { moderate: 2 })).passes).toBe(true);
  });

  it.each(['high', 'critical'])('does not pass with a finding that is %s, which is named', (severity) => {
    const { passes, lines } = verdictOf(reported(lodash(severity), { [severity]: 2 }));
    expect(passes).toBe(false);
    expect(lines.slice(1)).toEqual([`${severity}: lodash <4.17.21 Prototype Pollution https://github.com/advisories/GHSA-1`, `${severity}: above * via lodash`]);
  });

  it('does not pass when its list and its count disagree', () => {
    expect(verdictOf(reported({}, { high: 1 })).passes).toBe(false);
    expect(verdictOf(reported(lodash('critical'))).passes).toBe(false);
  });

  it('passes, and says so in one line, when it does not answer', () => {
    const refused = { message: '405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk', statusCode: 405, body: '', error: { summary: '', detail: '' } };
    expect(verdictOf(JSON.stringify(refused))).toEqual({ passes: true, lines: [`Dependencies were not checked, the registry does not answer: ${refused.message}`] });
    const offline = { message: 'request to https://registry.npmjs.org/-/npm/v1/security/advisories/bulk failed, reason: getaddrinfo ENOTFOUND', error: { code: 'ENOTFOUND', summary: 'x\ny', detail: '' } };
    expect(verdictOf(JSON.stringify(offline)).lines).toHaveLength(1);
    expect(verdictOf(JSON.stringify({ error: { code: 'ENOAUDIT', summary: 'no\nendpoint', detail: '' } })).lines).toEqual(['Dependencies were not checked, the registry does not answer: no']);
  });

  it.each(['', 'null', '[]', '{}', 'npm: command not found', '{"vulnerabilities":{}}'])('does not pass when it is neither: %j', (answer) => {
    expect(verdictOf(answer).passes).toBe(false);
  });

  it('becomes the outcome of the script', () => {
    const run = (answer: string): string => execFileSync(process.execPath, ['--import', 'tsx', 'test/support/audit-dependencies.ts'], { input: answer, encoding: 'utf8' });
    expect(run(reported({}))).toContain('0 critical');
    expect(() => run(reported(lodash('high'), { high: 2 }))).toThrow();
  });
});
