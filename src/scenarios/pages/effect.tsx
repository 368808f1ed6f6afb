/** What a scenario does to the city, in figures, a drawing and tables. */
import type { VNode } from 'preact';
import { ZERO, dec, fixed2 } from '../../platform/money.ts';
import { at } from '../../web/address.ts';
import * as format from '../../web/format.ts';
import type { Bar } from '../../web/components/chart.tsx';
import { Histogram } from '../../web/components/chart.tsx';
import { Empty, Figures, Note, Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Money, Num, Signed } from '../../web/components/values.tsx';
import { useView } from '../../web/view.ts';
import type { Effect, LeaseEffect, LeaseException, Part, SpreadClass } from '../effect.ts';
import { reasonOf } from './shared.ts';

const MONTHS = dec('12');
const SHOWN = 10;
const MOST_EXCEPTIONS = 100;

/** `names` are the words for what is missing, by its key. */
export function EffectOf({ of, scenario, names }: { readonly of: Effect; readonly scenario: string; readonly names: ReadonlyMap<string, string> }): VNode {
  const { t: { scenarios: words } } = useView();
  const difference = of.after.minus(of.before);
  const moved = of.leases.filter((lease) => !lease.difference.isZero());
  const sorted = [...moved].sort((a, b) => b.difference.comparedTo(a.difference));
  const rises = sorted.filter((lease) => lease.difference.isPositive()).slice(0, SHOWN);
  const falls = sorted.filter((lease) => lease.difference.isNegative()).reverse().slice(0, SHOWN);
  return (
    <>
      <Figures
        of={[
          { name: words.before, value: <Money of={fixed2(of.before)} />, more: words.perMonth },
          { name: words.after, value: <Money of={fixed2(of.after)} />, more: words.perMonth },
          { name: words.difference, value: <Signed of={fixed2(difference)} unit="zł" />, more: <><Signed of={fixed2(difference.times(MONTHS))} unit="zł" /> {words.perYear}</> },
          { name: words.moved, value: <Num of={moved.length} />, more: <>{words.counted}: <Num of={of.leases.length} /></> },
        ]}
      />
      <Moved of={of.exceptions} />
      <Histogram title={words.spread} unit={words.percentClass} bars={of.spread.map((one) => barOf(one, words))} />
      <Parts id="zones" title={words.byZone} head={words.zone} of={of.byZone} />
      <Parts id="categories" title={words.byCategory} head={words.category} of={of.byCategory} />
      <Parts id="bases" title={words.byBasis} head={words.basis} of={of.byBasis} basis />
      <Leases id="rises" title={words.rises} none={words.noRises} of={rises} scenario={scenario} />
      <Leases id="falls" title={words.falls} none={words.noFalls} of={falls} scenario={scenario} />
      {of.exceptions.length === 0 ? null : <Exceptions of={of.exceptions} exempt={of.exempt} names={names} scenario={scenario} />}
    </>
  );
}

/** Leases that only one side can calculate are in no sum: what that leaves out is said where the sums stand. */
function Moved({ of }: { readonly of: readonly LeaseException[] }): VNode | null {
  const { language, t: { scenarios: words } } = useView();
  const told = (side: LeaseException['side'], say: (leases: number, rent: string) => string): string[] => {
    const those = of.filter((one) => one.side === side);
    const rent = those.reduce((sum, one) => sum.plus(one.rent ?? ZERO), ZERO);
    return those.length === 0 ? [] : [say(those.length, format.money(fixed2(rent), language))];
  };
  const lines = [...told('after', words.lost), ...told('before', words.gained)];
  return lines.length === 0 ? null : <Note>{lines.map((line) => <p key={line}>{line}</p>)}</Note>;
}

function barOf({ from, to, leases }: SpreadClass, words: { unchanged: string; below(to: string): string; above(from: string): string; between(from: string, to: string): string }): Bar {
  const shown = (edge: string): string => `${edge.replace('-', '−')} %`;
  if (from === '0' && to === '0') return { words: words.unchanged, count: leases };
  const rising = from !== null && !from.startsWith('-');
  return { words: from === null ? words.below(shown(to ?? '')) : to === null ? words.above(shown(from)) : words.between(from.replace('-', '−'), shown(to)), count: leases, tone: rising ? 'more' : 'less' };
}

function Parts({ id, title, head, of, basis = false }: { readonly id: string; readonly title: string; readonly head: string; readonly of: readonly Part[]; readonly basis?: boolean }): VNode {
  const { t, language } = useView();
  const { scenarios: words } = t;
  const percent = ({ before, after }: Part): string => (before.isZero() ? t.common.none : `${format.signed(after.minus(before).times(dec('100')).div(before).toFixed(2), language)}\u00a0%`);
  return (
    <Section id={id} title={title}>
      <Table
        caption={title} rows={of} keyOf={({ key }) => key}
        columns={[
          { key: 'key', words: head, head: true, cell: ({ key }) => (key === '' ? t.common.none : basis ? (t.lease.bases[key] ?? key) : key) },
          { key: 'difference', words: words.difference, end: true, cell: ({ before, after }) => <Signed of={fixed2(after.minus(before))} unit="zł" /> },
          { key: 'percent', words: words.percent, end: true, cell: percent },
          { key: 'before', words: words.before, end: true, cell: ({ before }) => <Money of={fixed2(before)} /> },
          { key: 'after', words: words.after, end: true, cell: ({ after }) => <Money of={fixed2(after)} /> },
          { key: 'leases', words: words.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
        ]}
      />
    </Section>
  );
}

function Leases({ id, title, none, of, scenario }: { readonly id: string; readonly title: string; readonly none: string; readonly of: readonly LeaseEffect[]; readonly scenario: string }): VNode {
  const { t } = useView();
  const { scenarios: words } = t;
  return (
    <Section id={id} title={title}>
      {of.length === 0 ? <Empty title={none} /> : (
        <Table
          caption={title} rows={of} keyOf={({ lease }) => lease}
          columns={[
            { key: 'lease', words: t.lease.lease, head: true, cell: ({ lease }) => <a class="code" href={at('/scenarios/:scenario/leases/:lease', { scenario, lease })}>{lease}</a> },
            { key: 'difference', words: words.difference, end: true, cell: ({ difference }) => <Signed of={fixed2(difference)} unit="zł" /> },
            { key: 'percent', words: words.percent, end: true, cell: ({ percent }) => <Signed of={percent === null ? null : fixed2(percent)} unit="%" /> },
            { key: 'category', words: words.category, cell: ({ categoryBefore, categoryAfter }) => (categoryBefore === categoryAfter ? (categoryBefore ?? t.common.none) : `${categoryBefore ?? t.common.none} → ${categoryAfter ?? t.common.none}`) },
            { key: 'before', words: words.before, end: true, cell: ({ before }) => <Money of={fixed2(before)} /> },
            { key: 'after', words: words.after, end: true, cell: ({ after }) => <Money of={fixed2(after)} /> },
          ]}
        />
      )}
    </Section>
  );
}

/** What the scenario itself made impossible comes first, then what it made possible. */
const SIDES = ['after', 'before', 'both'] as const;

function Exceptions({ of, exempt, names, scenario }: { readonly of: readonly LeaseException[]; readonly exempt: number; readonly names: ReadonlyMap<string, string>; readonly scenario: string }): VNode {
  const { t } = useView();
  const { scenarios: words } = t;
  const sorted = SIDES.flatMap((side) => of.filter((one) => one.side === side));
  const shown = sorted.slice(0, MOST_EXCEPTIONS);
  return (
    <Section id="exceptions" title={`${words.exceptions}: ${of.length}`}>
      <p>{words.exceptionsHelp} {words.exempt}: <Num of={exempt} />.</p>
      <Table
        caption={words.exceptionsBy} rows={reasonsOf(sorted, names)} keyOf={({ side, reason }) => `${side} ${reason}`}
        columns={[
          { key: 'reason', words: words.missing, head: true, cell: ({ reason }) => reason },
          { key: 'leases', words: words.leases, end: true, cell: ({ leases }) => <Num of={leases} /> },
          { key: 'side', words: words.sideHead, cell: ({ side }) => words.side[side] ?? side },
        ]}
      />
      <details open={shown.length <= SHOWN}>
        <summary>{words.exceptionLeases(of.length)}</summary>
        <Table
          caption={words.exceptions} rows={shown} keyOf={({ lease }) => lease}
          columns={[
            { key: 'lease', words: t.lease.lease, head: true, cell: ({ lease }) => <a class="code" href={at('/scenarios/:scenario/leases/:lease', { scenario, lease })}>{lease}</a> },
            { key: 'missing', words: words.missing, cell: (one) => <>{words.side[one.side] ?? one.side}: {reasonOf(one, names)} (<a class="code" href={at('/dwellings/:dwelling', { dwelling: one.dwelling })}>{one.dwelling}</a>)</> },
            { key: 'rent', words: words.otherRent, end: true, cell: ({ rent }) => <Money of={rent === null ? null : fixed2(rent)} /> },
          ]}
        />
        {shown.length === of.length ? null : <p class="soft">{words.exceptionsCut(shown.length, of.length)}</p>}
      </details>
    </Section>
  );
}

/** How many leases lack the same, on the same side; the most first. */
function reasonsOf(of: readonly LeaseException[], names: ReadonlyMap<string, string>): { side: LeaseException['side']; reason: string; leases: number }[] {
  const counts = new Map<string, { side: LeaseException['side']; reason: string; leases: number }>();
  for (const one of of) {
    const [reason, { side }] = [reasonOf(one, names), one];
    const known = counts.get(`${side} ${reason}`);
    if (known === undefined) counts.set(`${side} ${reason}`, { side, reason, leases: 1 });
    else known.leases += 1;
  }
  return [...counts.values()].sort((a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side) || b.leases - a.leases);
}
