/** What a dwelling is worth in points and how large it is, line by line with the places in the act. */
import type { VNode } from 'preact';
import type { Context } from '../../platform/context.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { RenderedStatement } from '../../platform/statement/rendered.ts';
import type { ValueView } from '../../rents/explain.ts';
import { valueOn } from '../../rents/explain.ts';
import type { NamedMissing } from '../../rents/present.ts';
import { Presenter } from '../../rents/present.ts';
import { at } from '../../web/address.ts';
import { Empty, Figures, Note } from '../../web/components/parts.tsx';
import { StatementView } from '../../web/components/statement.tsx';
import { Num } from '../../web/components/values.tsx';
import * as format from '../../web/format.ts';
import { mayHere, useView } from '../../web/view.ts';
import type { View } from '../../web/view.ts';
import { calculable } from './look.ts';

export interface AskedValue {
  /** Null where the law of the day says too little: `why`. */
  readonly value: ValueView | null;
  readonly why: string | null;
  readonly points: RenderedStatement | null;
  readonly area: RenderedStatement | null;
  readonly missing: readonly NamedMissing[];
}

/** @throws DomainError `dwelling_unknown` */
export async function askedValue(ctx: Context, view: View, asked: { readonly dwelling: string; readonly day: PlainDate; readonly knownOn: PlainDate | undefined }): Promise<AskedValue> {
  const value = await calculable(() => valueOn(ctx, asked));
  if (typeof value === 'string') return { value: null, why: value, points: null, area: null, missing: [] };
  const { day, knownAt, statement, missing } = value;
  const present = new Presenter(ctx, view.language);
  const rendered = await present.render(statement, day, knownAt);
  return {
    value, why: null,
    points: value.points === null ? null : under(rendered, 'points'), area: value.area === null ? null : under(rendered, 'area'),
    missing: await present.name(missing, day, knownAt),
  };
}

/** The lines below one of the two results, and what is uncertain about them. */
function under(rendered: RenderedStatement, root: string): RenderedStatement {
  const parents = new Map(rendered.lines.map(({ id, parent }) => [id, parent]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id) ?? null;
    return parent === null ? id : rootOf(parent);
  };
  const lines = rendered.lines.filter(({ id, parent }) => parent !== null && rootOf(id) === root);
  const ids = new Set(lines.map(({ id }) => id));
  return { ...rendered, lines, uncertain: rendered.uncertain.filter((value) => value.lines.some((id) => ids.has(id))) };
}

export function ValuePart({ asked: { value, why, points, area, missing }, dwelling }: { readonly asked: AskedValue; readonly dwelling: string }): VNode {
  const { t, language } = useView();
  if (value === null) return <Note><p><strong>{t.dwelling.noLaw}</strong></p><p>{why}</p></Note>;
  return (
    <>
      <Figures
        of={[
          { name: t.dwelling.points, value: value.points === null ? t.common.none : t.dwelling.pointsOf(format.number(value.points, language)) },
          { name: t.dwelling.area, value: <Num of={value.area} unit="m²" places={2} /> },
        ]}
      />
      {missing.length === 0 ? null : <MissingNote of={missing} dwelling={dwelling} title={t.dwelling.missing} />}
      {points === null ? null : (
        <>
          <h3>{t.dwelling.pointLines}</h3>
          {points.lines.length === 0 ? <Empty title={t.dwelling.noPoints} /> : <StatementView name="points" of={points} label={t.dwelling.pointLines} />}
        </>
      )}
      {area === null ? null : (
        <>
          <h3>{t.dwelling.areaLines}</h3>
          <StatementView name="area" of={area} label={t.dwelling.areaLines} />
        </>
      )}
      <p class="soft">{t.rent.print}</p>
    </>
  );
}

/** What is missing, each with the way to record it where it is a finding. */
export function MissingNote({ of, dwelling, title }: { readonly of: readonly NamedMissing[]; readonly dwelling: string; readonly title: string }): VNode {
  const view = useView();
  const { t } = view;
  const recordable = ({ subject, what }: NamedMissing): boolean => subject !== 'lease' && subject !== 'law' && !NO_FINDINGS.has(what) && mayHere(view, 'facts.write');
  return (
    <Note tone="bad">
      <p>
        <strong>{title}</strong>
      </p>
      <ul>
        {of.map((entry) => (
          <li key={entry.what}>{recordable(entry) ? <a href={at('/dwellings/:dwelling/findings/new', { dwelling }, { slot: entry.what })} aria-label={t.dwelling.recordThis(entry.name)}>{entry.name}</a> : entry.name}</li>
        ))}
      </ul>
      {of.some(recordable) ? <p>{t.dwelling.missingHelp}</p> : null}
    </Note>
  );
}

/** Missing of a dwelling, and recorded otherwise than as a finding of a slot. */
const NO_FINDINGS: ReadonlySet<string> = new Set(['rooms', 'usable_area']);
