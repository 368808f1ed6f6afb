/** Charts as drawings of the server, each with its figures as a table. Colours come from the style sheet; lengths are attributes. */
import type { VNode } from 'preact';
import { useView } from '../view.ts';
import { Table } from './table.tsx';

export interface Bar {
  readonly words: string;
  readonly count: number;
  readonly tone?: 'less' | 'more' | 'same';
  /** Where those in it are listed; the table of figures leads there. */
  readonly to?: string;
}

const WIDTH = 640;
const HEIGHT = 220;
const FOOT = 34;
const HEAD = 18;

/** How many fall into each class. */
export function Histogram({ bars, title, unit }: { readonly bars: readonly Bar[]; readonly title: string; readonly unit: string }): VNode {
  const { t } = useView();
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = WIDTH / Math.max(1, bars.length);
  const room = HEIGHT - FOOT - HEAD;
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {bars.map(({ words, count, tone = 'same' }, index) => {
          const tall = count === 0 ? 0 : Math.max(1.5, (count / most) * room);
          const middle = index * step + step / 2;
          return (
            <g key={words}>
              <rect class={`bar ${tone}`} x={round(index * step + step * 0.1)} y={round(HEIGHT - FOOT - tall)} width={round(step * 0.8)} height={round(tall)} />
              <text class="figure" x={round(middle)} y={round(HEIGHT - FOOT - tall - 5)} text-anchor="middle">{count}</text>
              <text class="axis" {...nameAt(index, bars.length)}>{words}</text>
            </g>
          );
        })}
        <line class="ground" x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      </svg>
      <details open={bars.some(({ to }) => to !== undefined)}>
        <summary>{t.chart.figures}</summary>
        <Table
          caption={title}
          rows={bars}
          keyOf={({ words }) => words}
          columns={[
            { key: 'class', words: unit, head: true, cell: ({ words }) => words },
            { key: 'count', words: t.chart.count, end: true, cell: ({ count, to, words }) => (to === undefined || count === 0 ? count : <a href={to} aria-label={`${words}: ${count}`}>{count}</a>) },
          ]}
        />
      </details>
    </figure>
  );
}

/** So many names have room beside one another. */
const IN_ONE_ROW = 6;

/** Where the name of a bar stands: many take turns in two rows, and those at the edges stay inside. */
function nameAt(index: number, bars: number): { x: string | number; y: number; 'text-anchor': 'start' | 'middle' | 'end' } {
  const step = WIDTH / bars;
  const y = HEIGHT - FOOT + 15;
  if (bars <= IN_ONE_ROW) return { x: round(index * step + step / 2), y, 'text-anchor': 'middle' };
  const row = y + (index % 2) * 15;
  if (index === 0) return { x: 0, y: row, 'text-anchor': 'start' };
  return index === bars - 1 ? { x: WIDTH, y: row, 'text-anchor': 'end' } : { x: round(index * step + step / 2), y: row, 'text-anchor': 'middle' };
}

/** A value that holds from a day until the next. */
export interface Step {
  /** Days since 1970, for the drawing. */
  readonly at: number;
  readonly words: string;
  readonly value: number;
  readonly shown: string;
}

const LEFT = 70;

/** How a value went over time, in steps. `until` closes the last one, in the same days. */
export function Steps({ steps, until, title, unit }: { readonly steps: readonly Step[]; readonly until: number; readonly title: string; readonly unit: string }): VNode {
  const { t } = useView();
  const first = steps[0]?.at ?? until;
  const most = Math.max(1, ...steps.map(({ value }) => value));
  const x = (at: number): number => LEFT + ((at - first) / Math.max(1, until - first)) * (WIDTH - LEFT - 8);
  const y = (value: number): number => HEIGHT - FOOT - (value / most) * (HEIGHT - FOOT - HEAD);
  const path = steps.map(({ at, value }, index) => `${index === 0 ? 'M' : 'H'}${round(x(at))}${index === 0 ? ` ${round(y(value))}` : `V${round(y(value))}`}`).join('');
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {[0, most / 2, most].map((value) => (
          <g key={value}>
            <line class="guide" x1={LEFT} x2={WIDTH} y1={round(y(value))} y2={round(y(value))} />
            <text class="axis" x={LEFT - 6} y={round(y(value) + 4)} text-anchor="end">{value.toFixed(0)}</text>
          </g>
        ))}
        {steps.length === 0 ? null : <path class="steps" d={`${path}H${round(x(until))}`} />}
        {steps.map(({ at, words, value }) => (
          <g key={words}>
            <circle class="dot" cx={round(x(at))} cy={round(y(value))} r="3.5" />
          </g>
        ))}
        {steps.length === 0 ? null : <text class="axis" x={LEFT} y={HEIGHT - FOOT + 18} text-anchor="start">{steps[0]?.words}</text>}
        {steps.length < 2 ? null : <text class="axis" x={round(x(steps[steps.length - 1]?.at ?? first))} y={HEIGHT - FOOT + 18} text-anchor="end">{steps[steps.length - 1]?.words}</text>}
      </svg>
      <details>
        <summary>{t.chart.figures}</summary>
        <Table
          caption={title}
          rows={steps}
          keyOf={({ words }) => words}
          columns={[
            { key: 'from', words: t.chart.from, head: true, cell: ({ words }) => words },
            { key: 'value', words: unit, end: true, cell: ({ shown }) => shown },
          ]}
        />
      </details>
    </figure>
  );
}

/** A drawing needs no more than tenths. */
function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
