/** What a value of the law brings along: its source, how sure it is, when it was recorded. */
import type { VNode } from 'preact';
import { BEGINNING_OF_TIME } from '../../platform/dates/instants.ts';
import type { Instant } from '../../platform/dates/instants.ts';
import type { LawBook } from '../../platform/law/book.ts';
import type { Certainty, Provenance, Reference } from '../../platform/law/types.ts';
import { Moment, Status } from '../../web/components/values.tsx';
import { useView } from '../../web/view.ts';

export function CertaintyBadge({ of: { certainty, strength } }: { readonly of: Pick<Provenance, 'certainty' | 'strength'> }): VNode {
  const { t } = useView();
  return (
    <>
      <Status tone={certainty === 'printed' ? 'quiet' : 'warn'}>{t.statement.certainty[certainty]}</Status>
      {strength === undefined ? null : <span class="soft small"> {t.law.strengths[strength]}</span>}
    </>
  );
}

/** The words of a source. */
export function sourceText(book: LawBook, code: string): string {
  const { title, place } = referenceIn(book, code);
  return place === undefined ? title : `${title}, ${place}`;
}

function referenceIn(book: LawBook, code: string): Reference {
  return book.references.get(code) ?? { code, title: code };
}

/** Where the value stands: code, then the place in the act; the code leads to the act where it has an address, else to the list of sources. */
export function Source({ book, code, whole = false }: { readonly book: LawBook; readonly code: string; readonly whole?: boolean }): VNode {
  const { title, place, address } = referenceIn(book, code);
  const to = address ?? `/law/sources#${sourceId(code)}`;
  return (
    <span class="source">
      <a href={to} class="code" title={place === undefined ? title : `${title}, ${place}`} {...(address === undefined ? {} : { rel: 'noreferrer' })}>{code}</a>{' '}
      <span class="soft small">{whole && place !== undefined ? `${title}, ${place}` : (place ?? title)}</span>
    </span>
  );
}

export function sourceId(code: string): string {
  return `source-${code.replaceAll(/[^A-Za-z0-9-]/g, '-')}`;
}

/** When it was recorded, and until when it was held to be so. */
export function RecordedAt({ from, to }: { readonly from: Instant; readonly to: Instant | null }): VNode {
  const { t } = useView();
  return (
    <span class="soft small">
      {from === BEGINNING_OF_TIME ? t.law.fromBeginning : <>{t.law.knownSince} <Moment of={from} /></>}
      {to === null ? null : <>, {t.law.until} <Moment of={to} /></>}
    </span>
  );
}

/** From the least sure. */
export const UNCERTAIN: readonly Certainty[] = ['assumed', 'reported', 'reconstructed'];
