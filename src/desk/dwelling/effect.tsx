/** What a finding would do: points and rents before and after, the lines that change, and how far it reaches. */
import type { VNode } from 'preact';
import { dec, fixed2, plain } from '../../platform/money.ts';
import type { RenderedLine } from '../../platform/statement/rendered.ts';
import { at } from '../../web/address.ts';
import { Empty, Figures, Note, Section } from '../../web/components/parts.tsx';
import { StatementView } from '../../web/components/statement.tsx';
import { Table } from '../../web/components/table.tsx';
import { Day, Money, Signed } from '../../web/components/values.tsx';
import * as format from '../../web/format.ts';
import { useView } from '../../web/view.ts';
import type { Compared, EffectLook, LeaseLook } from './look.ts';
import { MissingNote } from './value.tsx';

export function EffectPart({ of, dwelling }: { readonly of: EffectLook | string; readonly dwelling: string }): VNode {
  const { t } = useView();
  if (typeof of === 'string') return <Section id="effect" title={t.effect.title}><Note><p><strong>{t.effect.noLaw}</strong></p><p>{of}</p></Note></Section>;
  const { effect, reach, value, missing, leases } = of;
  const same = value.changed.size === 0 && effect.before.points === effect.after.points && (leases ?? []).every(({ changed }) => changed.size === 0);
  return (
    <Section id="effect" title={t.effect.title}>
      <p>
        {t.effect.day} <Day of={effect.day} />. <strong>{t.effect.unsaved}</strong>
      </p>
      {reach === null ? null : <Note>{t.effect.reach[reach.subject](reach.dwellings)}</Note>}
      <PointsBoth before={effect.before.points} after={effect.after.points} />
      {same ? <Note>{t.effect.none}</Note> : null}
      {missing.length === 0 ? null : <MissingNote of={missing} dwelling={dwelling} title={t.effect.missing} />}
      {value.changed.size === 0 || effect.before.points === null || effect.after.points === null ? null : <ChangedLines of={value} />}
      <h3>{t.effect.rents}</h3>
      {leases === null ? <Empty title={t.effect.noTariff} /> : leases.length === 0 ? <Empty title={t.effect.noLease} /> : <Rents of={leases} />}
    </Section>
  );
}

function PointsBoth({ before, after }: { readonly before: string | null; readonly after: string | null }): VNode {
  const { t, language } = useView();
  const shown = (points: string | null): string => (points === null ? t.effect.unknown : t.dwelling.pointsOf(format.number(points, language)));
  const difference = before === null || after === null ? null : plain(dec(after).minus(dec(before)));
  return (
    <Figures
      of={[
        { name: t.dwelling.points, value: shown(after), more: t.effect.was(shown(before)) },
        ...(difference === null ? [] : [{ name: t.effect.difference, value: <Signed of={difference} places={0} /> }]),
      ]}
    />
  );
}

interface Pair {
  readonly id: string;
  readonly before: RenderedLine | null;
  readonly after: RenderedLine | null;
}

/** Only the lines that change, what goes beside what comes. */
function ChangedLines({ of: { before, after, changed } }: { readonly of: Compared }): VNode {
  const { t } = useView();
  const find = (lines: readonly RenderedLine[], id: string): RenderedLine | null => lines.find((line) => line.id === id) ?? null;
  const pairs = [...changed].map((id): Pair => ({ id, before: find(before.lines, id), after: find(after.lines, id) }));
  return (
    <>
      <h3>{t.effect.lines}</h3>
      <Table
        caption={t.effect.lines}
        rows={pairs}
        keyOf={({ id }) => id}
        columns={[
          { key: 'line', words: t.effect.line, head: true, cell: (pair) => (pair.after ?? pair.before)?.text ?? pair.id },
          { key: 'before', words: t.effect.before, cell: (pair) => <Side of={pair.before} /> },
          { key: 'after', words: t.effect.after, cell: (pair) => <Side of={pair.after} /> },
        ]}
      />
    </>
  );
}

function Side({ of }: { readonly of: RenderedLine | null }): VNode {
  const { t } = useView();
  if (of === null) return <>{t.common.none}</>;
  return (
    <>
      <span class="num">{of.amount?.text ?? t.common.none}</span>
      {of.observed.map(({ name, value }) => (
        <div key={name} class="soft">{name}: {value}</div>
      ))}
    </>
  );
}

function Rents({ of }: { readonly of: readonly LeaseLook[] }): VNode {
  const { t } = useView();
  const difference = ({ effect: { before, after } }: LeaseLook): string | null => (before.amount === null || after.amount === null ? null : fixed2(dec(after.amount).minus(dec(before.amount))));
  const amount = (of: string | null): VNode => (of === null ? <>{t.effect.unknown}</> : <Money of={of} />);
  return (
    <>
      <p class="soft">{t.effect.rentsHelp}</p>
      <Table
        caption={t.effect.rents}
        rows={of}
        keyOf={({ effect }) => effect.lease}
        columns={[
          { key: 'lease', words: t.lease.lease, head: true, cell: ({ effect: { lease } }) => <a href={at('/leases/:lease', { lease })}>{lease}</a> },
          { key: 'before', words: t.effect.before, end: true, cell: ({ effect }) => amount(effect.before.amount) },
          { key: 'after', words: t.effect.after, end: true, cell: ({ effect }) => amount(effect.after.amount) },
          { key: 'difference', words: t.effect.difference, end: true, cell: (look) => <Signed of={difference(look)} unit="zł" /> },
        ]}
      />
      {of.map(({ effect: { lease }, after, changed }, index) =>
        after === null || changed.size === 0 ? null : (
          <details key={lease}>
            <summary>{t.effect.statement(lease)}</summary>
            <StatementView name={`after-${index}`} of={after} marked={changed} label={t.effect.statement(lease)} />
          </details>
        ),
      )}
    </>
  );
}
