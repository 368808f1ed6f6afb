/** Rents and values with their statements in words. */
import type { Context } from '../platform/context.ts';
import type { Instant } from '../platform/dates/instants.ts';
import { parseInstant } from '../platform/dates/instants.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import { parsePlainDate } from '../platform/dates/plain.ts';
import type { Language, RenderedStatement } from '../platform/statement/render.ts';
import { renderStatement } from '../platform/statement/render.ts';
import type { Statement } from '../platform/statement/types.ts';
import type { Missing } from '../stock/facts.ts';
import { tariffBook } from '../tariffs/read.ts';

/** A missing fact with the name it has in the law. */
export interface NamedMissing extends Missing {
  readonly name: string;
}

/** What the law has no names for; its own names are Polish. */
const OTHER_NAMES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  pl: {
    rooms: 'pomieszczenia i ich powierzchnia',
    usable_area: 'powierzchnia użytkowa większa od zera',
    basis: 'podstawa stawki',
    own_rate: 'stawka własna z umowy lub zarządzenia',
    category: 'kategoria dla tej liczby punktów',
    tariff_before: 'taryfa obowiązująca w dniu przed wejściem programu w życie',
  },
  en: {
    rooms: 'rooms and their area',
    usable_area: 'a usable area greater than zero',
    basis: 'basis of the rate',
    own_rate: 'the rate of its own from the lease or an order',
    category: 'a category for this number of points',
    tariff_before: 'the tariff in force on the day before the programme began',
  },
};

const CONTRADICTION: Readonly<Record<Language, string>> = { pl: 'sprzeczne ustalenia', en: 'findings that contradict one another' };

/** Renders statements of one day with the law as it was known. */
export class Presenter {
  readonly #ctx: Context;
  readonly #language: Language;

  constructor(ctx: Context, language: Language = 'pl') {
    this.#ctx = ctx;
    this.#language = language;
  }

  async render(statement: Statement, day: PlainDate, knownAt: Instant): Promise<RenderedStatement> {
    const [book, tariffs] = await Promise.all([this.#ctx.law.book(this.#ctx.db), tariffBook(this.#ctx.db, knownAt)]);
    return renderStatement(statement, book, day, this.#language, { knownAt, tariffs: (code) => tariffs.named(code) });
  }

  /** A frozen statement, by the day and the instant of its draft as the database gives them. */
  renderFrozen(statement: Statement, day: string, knownAt: string): Promise<RenderedStatement> {
    return this.render(statement, parsePlainDate(day), parseInstant(knownAt));
  }

  async name(missing: readonly Missing[], day: PlainDate, knownAt: Instant): Promise<NamedMissing[]> {
    const law = (await this.#ctx.law.book(this.#ctx.db)).at(day, knownAt);
    return missing.map((entry) => {
      const group = entry.what.startsWith('contradiction:') ? entry.what.slice('contradiction:'.length) : null;
      const name = group === null ? null : law.groups.find((candidate) => candidate.group === group)?.name;
      return { ...entry, name: name === null || name === undefined ? (law.slots.get(entry.what)?.name ?? OTHER_NAMES[this.#language][entry.what] ?? entry.what) : `${CONTRADICTION[this.#language]}: ${name}` };
    });
  }
}
