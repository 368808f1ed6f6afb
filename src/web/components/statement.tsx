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

export function StatementView({ of, marked, label, name }: {
  readonly of: RenderedStatement;
  /** Ids of lines that differ from another statement. */
  readonly marked?: ReadonlySet<string>;
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
          <Line key={node.line.id} node={node} marked={marked} name={name} />
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

function Line({ node: { line, inside }, marked, name }: { readonly node: Node; readonly marked: ReadonlySet<string> | undefined; readonly name: string }): VNode {
  const { t } = useView();
  const differs = marked?.has(line.id) === true;
  const more = line.observed.length > 0 || line.note !== null;
  return (
    <li class={differs ? 'line differs' : 'line'}>
      <div class="row">
        <span class="words">
          {line.text}
          {differs ? <span class="unseen"> ({t.statement.differs})</span> : null}
          {line.certainty === null || line.certainty === 'printed' ? null : <> <Status tone="warn">{t.statement.certainty[line.certainty]}</Status></>}
        </span>
        <span class="sum">
          {line.quantity === null || line.rate === null ? null : <span class="soft">{`${line.quantity.text} × ${line.rate.text}`}</span>}
          {line.amount === null ? null : <strong>{line.amount.text}</strong>}
        </span>
        <Reference line={line} name={name} />
      </div>
      {more || inside.length > 0 ? (
        <details open={inside.some((node) => holds(node, marked))}>
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
                <Line key={node.line.id} node={node} marked={marked} name={name} />
              ))}
            </ol>
          )}
        </details>
      ) : null}
    </li>
  );
}

/** Whether the line or one below it is marked: nobody should have to unfold what differs. */
function holds({ line, inside }: Node, marked: ReadonlySet<string> | undefined): boolean {
  return marked !== undefined && (marked.has(line.id) || inside.some((node) => holds(node, marked)));
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
