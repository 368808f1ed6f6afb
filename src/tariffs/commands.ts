/** Loading the law and tariffs. */
import { groupBy } from '../platform/collections.ts';
import { audit, changeOf } from '../platform/audit/events.ts';
import { noteChange } from '../platform/changes.ts';
import type { Context } from '../platform/context.ts';
import type { Queryable, Transaction } from '../platform/database/connect.ts';
import { BEGINNING_OF_TIME } from '../platform/dates/instants.ts';
import { addDays } from '../platform/dates/plain.ts';
import { overlaps, without } from '../platform/dates/ranges.ts';
import { DomainError } from '../platform/errors.ts';
import type { Flaw } from '../platform/errors.ts';
import type { Law } from '../platform/law/book.ts';
import { LawBook } from '../platform/law/book.ts';
import type { LawFiles, TariffFile } from '../platform/law/files.ts';
import { loadEntries, loadReferences } from '../platform/law/load.ts';
import { readLawTables } from '../platform/law/store.ts';
import { GROUPS, HOLIDAYS, ITEMS, PARAMETERS, SLOTS, TRAFFIC, ZONES } from '../platform/law/tables.ts';
import type { Reference } from '../platform/law/types.ts';
import type { Check } from './checks.ts';
import { tariffChecks } from './checks.ts';
import { formFlaws } from './form.ts';
import { TariffBook } from './read.ts';
import type { Tariff } from './rules.ts';
import { tariffFlaws, tariffWarnings } from './rules.ts';
import type { StoredTariff } from './store.ts';
import { closeTariffs, insertTariff, readTariffs } from './store.ts';

export interface LoadedLaw {
  /** Values added, by kind; 0 everywhere when the files say nothing new. */
  readonly added: Readonly<Record<string, number>>;
  /** What the loaded tariffs should be warned of. RATE-3, RATE-4 */
  readonly warnings: readonly (Flaw & { readonly tariff: string })[];
}

/**
 * Loads law files in one transaction; the same files again change nothing.
 * @throws DomainError `law_changed_under_reference`, `law_two_values`, `tariff_exists`, `tariff_refused`
 */
export async function loadLaw(ctx: Context, files: LawFiles): Promise<LoadedLaw> {
  return ctx.db.transaction(async (trx) => {
    // One load at a time: what is new is judged against what is stored.
    await trx.raw('select pg_advisory_xact_lock(7240002)');
    const added: Record<string, number> = {
      references: await loadReferences(trx, files.references),
      slots: await loadEntries(trx, SLOTS, files.slots, ctx.clock),
      groups: await loadEntries(trx, GROUPS, files.groups, ctx.clock),
      items: await loadEntries(trx, ITEMS, files.items, ctx.clock),
      zones: await loadEntries(trx, ZONES, files.zones, ctx.clock),
      traffic: await loadEntries(trx, TRAFFIC, files.traffic, ctx.clock),
      parameters: await loadEntries(trx, PARAMETERS, files.parameters, ctx.clock),
      holidays: await loadEntries(trx, HOLIDAYS, files.holidays, ctx.clock),
    };
    const law = new LawBook(await readLawTables(trx));
    const before = await inForce(trx);
    const tariffs = await loadTariffs(trx, ctx, files.tariffs, law);
    added['tariffs'] = tariffs.added;
    if (Object.values(added).some((count) => count > 0)) {
      const change = await noteChange(trx, { at: ctx.clock.now(), actor: ctx.actor.code, kind: 'law', reason: 'Wczytanie prawa' });
      const [only, ...others] = files.tariffs;
      const targets = { change, ...(only !== undefined && others.length === 0 ? { tariff: only.code } : {}) };
      await audit(trx, ctx, { event: 'law.load', targets, ...changeOf(before, await inForce(trx)), details: added });
    }
    return { added, warnings: tariffs.warnings };
  });
}

const NOTHING: LawFiles = { references: [], slots: [], groups: [], items: [], zones: [], traffic: [], parameters: [], holidays: [], tariffs: [] };

/**
 * Loads one tariff; `source` is the reference it cites where the law does not know it yet.
 * @throws DomainError `reference_unknown` and those of `loadLaw`
 */
export async function loadTariff(ctx: Context, tariff: TariffFile, source: Reference | null = null): Promise<LoadedLaw> {
  requireReference(await ctx.law.book(ctx.db), tariff, source);
  return loadLaw(ctx, { ...NOTHING, references: source === null ? [] : [source], tariffs: [tariff] });
}

export interface TriedTariff {
  /** It is loaded already, exactly so: loading it again does nothing. */
  readonly known: boolean;
  readonly checks: readonly Check[];
  readonly warnings: readonly Flaw[];
  /** The tariff that holds until its first day. */
  readonly before: Tariff | null;
}

/** What loading the tariff would say, without loading it: refused alike. @throws those of `loadTariff` */
export async function tryTariff(ctx: Context, tariff: TariffFile, source: Reference | null = null): Promise<TriedTariff> {
  const book = await ctx.law.book(ctx.db);
  requireReference(book, tariff, source);
  const stored = await readTariffs(ctx.db);
  const { known, law, warnings } = judged(stored, tariff, book, ctx);
  const before = new TariffBook(stored, ctx.clock.now()).on(addDays(tariff.from, -1));
  return { known, checks: tariffChecks(tariff, law), warnings, before };
}

/** @throws DomainError `reference_unknown`, `law_reference_changed` */
function requireReference(book: LawBook, { reference }: TariffFile, source: Reference | null): void {
  const known = book.references.get(reference);
  if (known === undefined && source?.code !== reference) throw new DomainError('invalid', 'reference_unknown', { reference }, [{ field: 'reference', code: 'reference_unknown', args: { reference } }]);
  if (known !== undefined && source !== null && source.title !== known.title) {
    throw new DomainError('conflict', 'law_reference_changed', { reference }, [{ field: 'reference_title', code: 'law_reference_changed', args: { reference } }]);
  }
}

/** @throws DomainError `tariff_exists`, `tariff_refused` */
function judged(stored: readonly StoredTariff[], tariff: TariffFile, book: LawBook, { clock }: Pick<Context, 'clock'>): { known: boolean; law: Law; warnings: readonly Flaw[] } {
  const slips = formFlaws(tariff);
  if (slips.length > 0) throw new DomainError('invalid', 'tariff_refused', { tariff: tariff.code.slice(0, 60) }, slips);
  const law = book.at(tariff.from, clock.now());
  if (isKnown(stored, tariff)) return { known: true, law, warnings: [] };
  const flaws = tariffFlaws(tariff, law);
  if (flaws.length > 0) throw new DomainError('invalid', 'tariff_refused', { tariff: tariff.code }, flaws);
  return { known: false, law, warnings: tariffWarnings(tariff, law) };
}

/** Tariffs as they stand, for the audit trail: what was loaded shortens or replaces others. */
async function inForce(trx: Transaction): Promise<{ tariff: string; from: string; to: string | null; reference: string }[]> {
  const known = (await readTariffs(trx)).filter(({ knownTo }) => knownTo === null);
  return known.map(({ code, from, to, reference }) => ({ tariff: code, from, to, reference }));
}

async function loadTariffs(trx: Transaction, ctx: Context, given: readonly TariffFile[], book: LawBook): Promise<{ added: number; warnings: (Flaw & { tariff: string })[] }> {
  const stored = await readTariffs(trx);
  const now = ctx.clock.now();
  const knownFrom = stored.length === 0 ? BEGINNING_OF_TIME : now;
  const warnings: (Flaw & { tariff: string })[] = [];
  let current = stored.filter((tariff) => tariff.knownTo === null).map((tariff): { tariff: Tariff; stored: StoredTariff | null } => ({ tariff, stored: tariff }));
  let added = 0;
  for (const tariff of [...given].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const { known, warnings: those } = judged(stored, tariff, book, ctx);
    if (known) continue;
    warnings.push(...those.map((warning) => ({ ...warning, tariff: tariff.code })));
    const next = current.map(({ tariff: { from } }) => from).filter((from) => from > tariff.from).sort()[0] ?? null;
    const placed: Tariff = { ...tariff, to: tariff.to ?? next };
    current = current.flatMap((row) => (overlaps(row.tariff, placed) ? without(row.tariff, placed).map((range) => ({ tariff: { ...row.tariff, ...range }, stored: null })) : [row]));
    current.push({ tariff: placed, stored: null });
    added += 1;
  }
  const kept = new Set(current.map((row) => row.stored));
  await closeTariffs(trx, stored.filter((tariff) => tariff.knownTo === null && !kept.has(tariff)).map(({ id }) => id), now);
  for (const row of current) if (row.stored === null) await insertTariff(trx, row.tariff, row.tariff, knownFrom, ctx.actor.code);
  return { added, warnings };
}

/** Whether the tariff is loaded already. @throws DomainError `tariff_exists` when it is, with other values under its reference */
function isKnown(stored: readonly StoredTariff[], tariff: Tariff): boolean {
  const same = stored.filter((known) => known.code === tariff.code && known.from === tariff.from && known.reference === tariff.reference);
  if (same.length === 0) return false;
  if (!same.some((known) => valueOf(known) === valueOf(tariff))) throw new DomainError('conflict', 'tariff_exists', { tariff: tariff.code, from: tariff.from });
  return true;
}

function valueOf(tariff: Tariff): string {
  return JSON.stringify([
    tariff.act, tariff.socialRate.toFixed(2), tariff.temporaryRoomRate.toFixed(2), tariff.index?.toFixed(2) ?? null, tariff.signedOn, tariff.councilInformedOn,
    tariff.certainty, tariff.categories.map(({ category, from, to, rate, certainty }) => [category, from, to, rate.toFixed(2), certainty]),
  ]);
}

/** Number of law values by certainty, for whoever asks what rests on assumptions. */
export async function certainties(db: Queryable): Promise<Map<string, number>> {
  const { slots, groups, items, zones, traffic, parameters, holidays } = await readLawTables(db);
  const all = [...slots, ...groups, ...items, ...zones, ...traffic, ...parameters, ...holidays].filter((value) => value.knownTo === null);
  return new Map([...groupBy(all, ({ certainty }) => certainty)].map(([certainty, values]) => [certainty, values.length]));
}
