/** Single values: money, numbers, days, states. */
import type { ComponentChildren, VNode } from 'preact';
import { addDays, parsePlainDate } from '../../platform/dates/plain.ts';
import * as format from '../format.ts';
import { useView } from '../view.ts';

/** An amount in złoty; nothing where there is none. */
export function Money({ of }: { readonly of: string | null }): VNode {
  const { language, t } = useView();
  return of === null ? <>{t.common.none}</> : <data value={of} class="money">{format.money(of, language)}</data>;
}

/** A decimal with its unit. */
export function Num({ of, unit, places = 0 }: { readonly of: string | number | null; readonly unit?: string; readonly places?: number }): VNode {
  const { language, t } = useView();
  if (of === null) return <>{t.common.none}</>;
  return <data value={String(of)} class="num">{`${format.number(of, language, places)}${unit === undefined ? '' : `\u00a0${unit}`}`}</data>;
}

/** A difference with its sign. */
export function Signed({ of, unit, places = 2 }: { readonly of: string | null; readonly unit?: string; readonly places?: number }): VNode {
  const { language, t } = useView();
  if (of === null) return <>{t.common.none}</>;
  return <data value={of} class="num">{`${format.signed(of, language, places)}${unit === undefined ? '' : `\u00a0${unit}`}`}</data>;
}

/** A plain day. */
export function Day({ of }: { readonly of: string | null }): VNode {
  const { language, t } = useView();
  return of === null ? <>{t.common.none}</> : <time datetime={of}>{format.day(of, language)}</time>;
}

/** An instant, as the clock in Poland shows it. */
export function Moment({ of }: { readonly of: string | null }): VNode {
  const { language, t } = useView();
  return of === null ? <>{t.common.none}</> : <time datetime={of}>{format.moment(of, language)}</time>;
}

/** The last day of something that ends before `before`, its first day without it. */
export function LastDay({ before }: { readonly before: string | null }): VNode {
  const { t } = useView();
  return before === null ? <>{t.common.untilFurther}</> : <Day of={addDays(parsePlainDate(before), -1)} />;
}

/** From a day until the last one; `to` is the first day on which it no longer holds. */
export function Span({ from, to }: { readonly from: string; readonly to: string | null }): VNode {
  const { t } = useView();
  return (
    <>
      {t.common.from} <Day of={from} /> {to === null ? t.common.untilFurther : <>{t.common.to} <LastDay before={to} /></>}
    </>
  );
}

export type Tone = 'good' | 'bad' | 'info' | 'quiet' | 'warn';

/** A state in a word; the colour only repeats it. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }): VNode {
  return <span class={`status ${tone}`}>{children}</span>;
}

/** Names and values under one another. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ComponentChildren])[] }): VNode {
  return (
    <dl class="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
