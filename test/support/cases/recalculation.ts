/** Cases of a recalculation: a lease with its rents in force, its facts through time, and the steps that are proposed. */
import { parseInstant } from '../../../src/platform/dates/instants.ts';
import type { PlainDate } from '../../../src/platform/dates/plain.ts';
import { dec } from '../../../src/platform/money.ts';
import { timelineOf } from '../../../src/rents/assemble.ts';
import type { RentInForce } from '../../../src/rents/read.ts';
import type { Step } from '../../../src/rents/rules/recalculate.ts';
import { recalculate } from '../../../src/rents/rules/recalculate.ts';
import { lawChanges, runFrame } from '../../../src/rents/runs/frame.ts';
import type { Tariff } from '../../../src/tariffs/rules.ts';
import { BOOK, KNOWN, TARIFFS, day, tariffBookOf, tariffNamed } from '../law.ts';
import { Facts, missingText } from './facts.ts';
import type { Input } from './format.ts';
import { shownStatement, termsOf } from './statements.ts';

const IN_FORCE = /^from (\S+)(?: to (\S+))? ([\d.]+) zł(?: last increase (\S+))?(?: set (\S+))?$/;

/** `from 2024-01-01 to 2025-05-01 320.00 zł last increase 2024-01-01 set 2023-09-20`; set at noon, by default on its first day. */
function inForceFrom(text: string, index: number): RentInForce {
  const match = IN_FORCE.exec(text);
  if (!match) throw new Error(`not a rent in force: ${text}`);
  const [, from = '', to, amount = '', lastIncrease, set] = match;
  return {
    rentId: String(index + 1), from: day(from), to: to === undefined ? null : day(to), amount: dec(amount), rate: null,
    lastIncrease: lastIncrease === undefined ? null : day(lastIncrease), lineAmounts: null, fixedAt: parseInstant(`${set ?? from}T12:00:00Z`),
  };
}

/** The run's tariff, with rates the case changes: `rate of: VI 5.00`. */
function tariffOf(input: Input): Tariff {
  const base = tariffNamed(input.or('tariff', 'krk-2025'));
  const rates = new Map(input.all('rate of').map((text): [string, string] => [text.split(' ')[0] ?? '', text.split(' ')[1] ?? '']));
  const from = input.one('tariff from');
  return {
    ...base,
    from: from === undefined ? base.from : day(from),
    categories: base.categories.map((category) => ({ ...category, rate: dec(rates.get(category.category) ?? category.rate.toFixed()) })),
  };
}

export function recalculation(input: Input): string {
  const terms = termsOf(input);
  const facts = new Facts(input);
  const tariff = tariffOf(input);
  const rents = input.all('in force').map(inForceFrom);
  const businessDate = day(input.or('business date', '2026-01-15'));
  const frameInputs = {
    law: BOOK, tariffs: tariffBookOf([...TARIFFS.all.filter(({ code }) => code !== tariff.code), tariff]), tariff, businessDate,
    delivered: day(input.or('delivered', '2026-01-31')), knownAt: KNOWN,
  };
  const from = rents[0]?.from ?? terms.starts;
  const held = input.one('held') ?? null;
  const lease = {
    id: '1', number: 'U-1', dwellingId: '1', starts: terms.starts, ends: terms.ends, changes: [],
    on: (asked: PlainDate) => (asked >= terms.starts && (terms.ends === null || asked < terms.ends) ? terms : null),
    heldOn: () => held,
  };
  const timeline = timelineOf({ lease, facts: facts.timeline(from), rents }, lawChanges(frameInputs, from));
  const show = input.one('show');
  return recalculate(runFrame(frameInputs), timeline).map((step) => stepText(step, show)).join('\n') || 'nothing';
}

function stepText(step: Step, show: string | undefined): string {
  const { outcome, reason, from, to, amountBefore, rent, percent, warnings, missing } = step;
  const days = from === null ? '' : ` from ${from}${to === null ? '' : ` to ${to}`}`;
  const amounts = rent === null ? (amountBefore === null ? '' : `: ${amountBefore.toFixed(2)} zł stays`) : `: ${amountBefore === null ? '' : `${amountBefore.toFixed(2)} → `}${rent.amount.toFixed(2)} zł`;
  const change = percent === null || percent.isZero() ? '' : ` (${percent.gt(0) ? '+' : ''}${percent.toFixed(2)} %)`;
  const line = `${outcome}${reason === null ? '' : ` ${reason}`}${days}${amounts}${change}${warnings.length === 0 ? '' : `, warnings ${warnings.join(' ')}`}`;
  const explained = rent !== null && show !== undefined ? [shownStatement(rent.statement.lines, from ?? '2026-01-15', show).replace(/^/gm, '    ')] : [];
  return [line, ...(missing.length === 0 ? [] : [missingText(missing)]), ...explained].join('\n');
}
