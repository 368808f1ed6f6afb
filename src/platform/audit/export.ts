/** The sealed trail as a file, link by link with its hashes: whoever has it can verify it without us. docs/audit-export.md */
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Database, Transaction } from '../database/connect.ts';
import { row, rows } from '../database/connect.ts';
import { DomainError } from '../errors.ts';
import { csvLine } from '../tabular/csv-write.ts';
import type { StoredEvent } from './chain.ts';
import { BEGINNING, sealedText } from './chain.ts';
import { audit } from './events.ts';
import { endOf, firstOf, moment } from './moments.ts';
import { requireTrail } from './scope.ts';
import { EVENT_COLUMNS, sealAudit } from './seal.ts';

export const auditExportInput = z.strictObject({
  from: moment.optional().meta({ description: 'Od dnia albo chwili, włącznie; bez tego od początku.' }),
  to: moment.optional().meta({ description: 'Do dnia włącznie albo do chwili; bez tego do końca.' }),
  format: z.enum(['ndjson', 'csv']).optional().meta({ description: 'Jeden dokument JSON w wierszu (domyślnie) albo CSV.' }),
});

export interface AuditExport {
  readonly fileName: string;
  readonly format: 'ndjson' | 'csv';
  /** Links in the file. */
  readonly links: number;
  /** Hash of the last link, hexadecimal. */
  readonly head: string;
  /** Streams the file; the sink is not ended. */
  write(sink: Writable): Promise<void>;
}

interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly links: number;
  readonly head: Buffer;
}

/**
 * Prepares the file of a whole stretch of the chain and notes it (`audit.export`): the links between the first and the last event of the
 * period. What can be sealed is sealed before, so that the newest are in it. @throws DomainError `audit_needs_whole_city`, `audit_export_empty`
 */
export async function exportTrail(ctx: Context, input: z.input<typeof auditExportInput>): Promise<AuditExport> {
  requireTrail(ctx);
  const { from, to, format = 'ndjson' } = auditExportInput.parse(input);
  await sealAudit(ctx);
  const stretch = await ctx.db.transaction(async (trx) => {
    const found = await stretchOf(trx, from, to);
    if (found === null) throw new DomainError('not found', 'audit_export_empty');
    const { first, last, links, head } = found;
    await audit(trx, ctx, { event: 'audit.export', targets: { trail: 'audit' }, details: { format, first, last, links, head: head.toString('hex') } });
    return found;
  });
  return {
    fileName: `dziennik-${stretch.first}-${stretch.last}.${format}`,
    format,
    links: stretch.links,
    head: stretch.head.toString('hex'),
    write: (sink) => pipeline(Readable.from(format === 'csv' ? csv(ctx.db, stretch) : ndjson(ctx.db, stretch)), sink, { end: false }),
  };
}

async function stretchOf(trx: Transaction, from: string | undefined, to: string | undefined): Promise<Stretch | null> {
  const { first, last } = await row<{ first: string | null; last: string | null }>(
    trx,
    from === undefined && to === undefined
      ? 'select min(place) as first, max(place) as last from audit_seals'
      : `select min(s.place) as first, max(s.place) as last from audit_seals s join audit_events e on e.id = s.event_id
         where e.at >= coalesce(?::timestamptz, '-infinity') and e.at < coalesce(?::timestamptz, 'infinity')`,
    from === undefined && to === undefined ? [] : [from === undefined ? null : firstOf(from), to === undefined ? null : endOf(to)],
  );
  if (first === null || last === null) return null;
  return row<Stretch>(
    trx,
    `select ?::bigint as first, ?::bigint as last, (select count(*)::int from audit_seals where place between ? and ?) as links,
       (select hash from audit_seals where place = ?) as head`,
    [first, last, first, last, last],
  );
}

type Link = { readonly place: string; readonly sealedId: string; readonly hash: Buffer; readonly sealedAt: string } & (StoredEvent | { readonly id: null });
type BoundLink = Link & { readonly previous: Buffer };

const PAGE = 1_000;

/** The links in the order of the chain, a page in memory at a time. */
async function* linksOf(db: Database, { first, last }: Stretch): AsyncGenerator<BoundLink> {
  let previous = await hashBefore(db, first);
  let place = String(BigInt(first) - 1n);
  for (;;) {
    const links = await rows<Link>(
      db,
      `select s.place, s.event_id as "sealedId", s.hash, s.sealed_at as "sealedAt", ${EVENT_COLUMNS} from audit_seals s left join audit_events e on e.id = s.event_id
       where s.place > ? and s.place <= ? order by s.place limit ?`,
      [place, last, PAGE],
    );
    for (const link of links) {
      yield { ...link, previous };
      previous = link.hash;
      place = link.place;
    }
    if (links.length < PAGE) return;
  }
}

/** What the first link is bound to. */
async function hashBefore(db: Database, first: string): Promise<Buffer> {
  const [found] = await rows<{ hash: Buffer }>(
    db,
    'select hash from audit_seals where place = ?::bigint - 1 union all select hash from audit_checkpoints where place = ?::bigint - 1',
    [first, first],
  );
  return found?.hash ?? BEGINNING;
}

/** Lines gathered into pieces: a stream of single lines is slow. */
async function* pieces(lines: AsyncIterable<string>, head = ''): AsyncGenerator<string> {
  let piece = head;
  for await (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

const PIECE = 64 * 1024;

/** What was hashed, in the very letters; null where the event is gone. */
function textOf(link: BoundLink): string | null {
  return link.id === null ? null : sealedText(link);
}

function ndjson(db: Database, stretch: Stretch): AsyncGenerator<string> {
  return pieces((async function* () {
    for await (const link of linksOf(db, stretch)) {
      const { place, previous, hash, sealedAt } = link;
      yield `${JSON.stringify({ place, previous: previous.toString('hex'), text: textOf(link), hash: hash.toString('hex'), sealedAt })}\n`;
    }
  })());
}

const COLUMNS = ['place', 'event_id', 'at', 'actor', 'event', 'request_id', 'targets', 'details', 'previous', 'text', 'hash', 'sealed_at'];
const MARK = '\ufeff';

function csv(db: Database, stretch: Stretch): AsyncGenerator<string> {
  return pieces((async function* () {
    for await (const link of linksOf(db, stretch)) {
      const said = link.id === null ? ['', '', '', '', '', ''] : [link.at, link.actor, link.event, link.requestId ?? '', link.targets, link.details];
      yield csvLine([link.place, link.sealedId, ...said, link.previous.toString('hex'), textOf(link) ?? '', link.hash.toString('hex'), link.sealedAt]);
    }
  })(), MARK + csvLine(COLUMNS));
}
