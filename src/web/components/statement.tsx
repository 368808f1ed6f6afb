/** A statement: every line of a result with what it rests on. Lines unfold; the place in the act shows on hover and focus, and on paper. */
import type { VNode } from 'preact';
import type { RenderedLine, RenderedStatement } from '../../platform/statement/rendered.ts';
import { useView } from '../view.ts';
import { Status } from './values.tsx';

interface Node {
  readonly line: RenderedLine;
  readonly inside: readonly Node[];
}

/** The lines as a tree; the statement lists every line after its parent. */
function treeOf(lines: readonly RenderedLine[], parent: string | null): Node[] {
  return lines.filter((line) => line.parent === parent).map((line) => ({ line, inside: treeOf(lines, line.id) }));
}

/** What is said beside the lines: which differ, and what else there is to say of one, by its id. */
interface Beside {
  /** Ids of lines that differ from another statement. */
  readonly marked?: ReadonlySet<string> | undefined;
  /** Words beside a line, which stands open to where they are. */
  readonly remarks?: ReadonlyMap<string, string> | undefined;
}

export function StatementView({ of, marked, remarks, label, name }: Beside & {
  readonly of: RenderedStatement;
  readonly label: string;
  /** Tells it from other statements of the page. */
  readonly name: string;
}): VNode {
  const { t } = useView();
  const known = new Set(of.lines.map(({ id }) => id));
  // A line whose parent is of another statement stands by itself.
  const lines = of.lines.map((line) => (line.parent !== null && !known.has(line.parent) ? { ...line, parent: null } : line));
  return (
    <div class="statement">
      <ol aria-label={label}>
        {treeOf(lines, null).map((node) => (
          <Line key={node.line.id} node={node} marked={marked} remarks={remarks} name={name} />
        ))}
      </ol>
      {of.uncertain.length === 0 ? null : (
        <aside class="notice info" aria-label={t.statement.uncertainIn(label)}>
          <p>
            <strong>{t.statement.uncertain}</strong>
          </p>
          <ul>
            {of.uncertain.map(({ key, name, certainty, reference, note }) => (
              <li key={key}>
                {name}: <Status tone="warn">{t.statement.certainty[certainty ?? 'unknown']}</Status> <span class="soft">{[reference.title, reference.place].filter((part) => part !== null && part !== '').join(', ')}{note === null ? '' : `. ${note}`}</span>
              </li>
            ))}
          </ul>
        </aside>
      )}
    </div>
  );
}

function Line({ node: { line, inside }, name, ...beside }: Beside & { readonly node: Node; readonly name: string }): VNode {
  const { t } = useView();
  const differs = beside.marked?.has(line.id) === true;
  const remark = beside.remarks?.get(line.id);
  const more = line.observed.length > 0 || line.note !== null;
  return (
    <li class={differs ? 'line differs' : 'line'}>
      <div class="row">
        <span class="words">
          {line.text}
          {differs ? <span class="unseen"> ({t.statement.differs})</span> : null}
          {line.certainty === null || line.certainty === 'printed' ? null : <> <Status tone="warn">{t.statement.certainty[line.certainty]}</Status></>}
          {remark === undefined ? null : <span class="remark">{remark}</span>}
        </span>
        <span class="sum">
          {line.quantity === null || line.rate === null ? null : <span class="soft">{`${line.quantity.text} × ${line.rate.text}`}</span>}
          {line.amount === null ? null : <strong>{line.amount.text}</strong>}
        </span>
        <Reference line={line} name={name} />
      </div>
      {more || inside.length > 0 ? (
        <details open={inside.some((node) => holds(node, beside))}>
          <summary>{inside.length > 0 ? t.statement.parts(inside.length) : t.statement.facts}</summary>
          {line.observed.length === 0 ? null : (
            <ul class="observed">
              {line.observed.map(({ name, value }) => (
                <li key={name}>
                  <span class="soft">{name}:</span> {value}
                </li>
              ))}
            </ul>
          )}
          {line.note === null ? null : <p class="soft">{line.note}</p>}
          {inside.length === 0 ? null : (
            <ol>
              {inside.map((node) => (
                <Line key={node.line.id} node={node} {...beside} name={name} />
              ))}
            </ol>
          )}
        </details>
      ) : null}
    </li>
  );
}

/** Whether something is said of the line or of one below it: nobody should have to unfold what differs. */
function holds({ line, inside }: Node, beside: Beside): boolean {
  return beside.marked?.has(line.id) === true || beside.remarks?.has(line.id) === true || inside.some((node) => holds(node, beside));
}

/** Where the line's value stands in the act. */
function Reference({ line: { reference, id }, name }: { readonly line: RenderedLine; readonly name: string }): VNode | null {
  if (reference === null) return null;
  const short = reference.place ?? reference.code;
  const full = [reference.title, reference.place, reference.item].filter((part) => part !== null && part !== '').join(', ');
  const tip = `ref-${name}-${id.replaceAll(/[^A-Za-z0-9]/g, '-')}`;
  return (
    <span class="ref">
      {reference.address === null ? (
        <span tabIndex={0} aria-describedby={tip} class="short-ref">{short}</span>
      ) : (
        <a href={reference.address} rel="noreferrer" aria-describedby={tip}>{short}</a>
      )}
      <span role="tooltip" id={tip} class="tip">{full}</span>
    </span>
  );
}
