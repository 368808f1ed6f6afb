/** What other slices may ask of the stock: facts of dwellings in a window of days, as known at an instant, set by set. */
import type { ArrayQuery } from '../platform/database/query.ts';
import { idArray } from '../platform/database/query.ts';
import type { PlainDate } from '../platform/dates/plain.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import type { BundledFact, FactWindow } from '../platform/facts/bundle.ts';
import { bundleReader, bundleSql, readSubjects, subjectsSql, windowValues } from '../platform/facts/bundle.ts';
import { kept } from '../platform/kept.ts';
import { slotPlace } from './facts.ts';
import type { LaidSlot } from './laid.ts';
import { laidOver } from './laid.ts';
import type { SlotFact, SubjectBundle } from './timeline.ts';
import { DwellingTimeline, EMPTY_BUNDLE, READERS } from './timeline.ts';

/** Which dwellings are asked for. */
export interface StockQuestion extends FactWindow {
  /** Ids. */
  readonly dwellings: readonly string[];
  /** Day for which the district is told. */
  readonly day: PlainDate;
}

/** A dwelling with its place and its facts. */
export interface DwellingRecord {
  readonly id: string;
  readonly code: string;
  readonly buildingId: string;
  readonly district: string | null;
  /**
   * Puts its facts together, anew at every call: of the many that are read at once few are needed at the same time. With `laid`, as if
   * that were recorded.
   */
  readFacts(laid?: LaidSlot): DwellingTimeline;
}

/** Whose facts a table holds: of the dwelling, its staircase or its building. */
type Subject = 'dwelling' | 'staircase' | 'building';

const BUNDLES: readonly { shape: keyof SubjectBundle; subject: Subject; table: string; columns: readonly string[] }[] = [
  { shape: 'options', subject: 'dwelling', table: 'dwelling_options', columns: ['slot', 'option'] },
  { shape: 'measures', subject: 'dwelling', table: 'dwelling_measures', columns: ['slot', 'value'] },
  { shape: 'businesses', subject: 'dwelling', table: 'dwelling_businesses', columns: ['name', 'opens', 'closes'] },
  { shape: 'parts', subject: 'dwelling', table: 'room_parts', columns: ['room', 'part', 'kind', 'use', 'band', 'area_m2'] },
  { shape: 'options', subject: 'staircase', table: 'staircase_options', columns: ['slot', 'option'] },
  { shape: 'measures', subject: 'staircase', table: 'staircase_measures', columns: ['slot', 'value'] },
  { shape: 'options', subject: 'building', table: 'building_options', columns: ['slot', 'option'] },
  { shape: 'measures', subject: 'building', table: 'building_measures', columns: ['slot', 'value'] },
  { shape: 'traffic', subject: 'building', table: 'building_traffic', columns: ['street', 'segment', 'band', 'distance_m'] },
];

const TECHNICAL: readonly Subject[] = ['building', 'staircase', 'dwelling'];

/** Ids of the subjects. Asked for as an array, rows come by one walk along the index; joined, each id would be looked up by itself. */
const IDS: Readonly<Record<Subject, string>> = { dwelling: '$5::bigint[]', staircase: '(select ids from s)::bigint[]', building: '(select ids from b)::bigint[]' };

function bundlesOf(subject: Subject, table: string, expressions: readonly string[], where = `f.${subject}_id = any(${IDS[subject]})`): string {
  return `select f.${subject}_id as subject, ${bundleSql(expressions)} as text from ${table} f where ${where} group by f.${subject}_id`;
}

/** One row: the dwellings, their places, then each table's bundles. */
function stockSql(): string {
  const facts = BUNDLES.map(({ subject, table, columns }) => bundlesOf(subject, table, columns.map((column) => `f.${column}`)));
  const technical = TECHNICAL.map((scope) => {
    const own = scope === 'building' ? 'f.staircase_id is null and f.dwelling_id is null' : `f.${scope}_id is not null`;
    return bundlesOf(scope, 'technical_findings', ['f.installation', `'${scope}'`], `f.building_id = any(${IDS.building}) and ${own}`);
  });
  const dwellings = `select d.id as subject, d.building_id || ' ' || d.code as text from d`;
  const districts = `select f.building_id as subject, f.district as text from building_details f
    where f.building_id = any(${IDS.building}) and (f.valid @> $6::date) is true and (f.recorded @> $3::timestamptz) is true`;
  const places = bundlesOf('dwelling', 'dwelling_details', ['f.shared::int', "coalesce(f.staircase_id::text, '')"]);
  return `
    with d as materialized (select d.id, d.code, d.building_id from dwellings d where d.id = any($5::bigint[])),
    b as materialized (select array_agg(distinct d.building_id) as ids from d),
    s as materialized (select array_agg(s.id) as ids from staircases s where s.building_id = any(${IDS.building}))
    select ${[dwellings, districts, places, ...facts, ...technical].map(subjectsSql).join(',\n    ')}`;
}

const STOCK_SQL = stockSql();

/** Where a dwelling lies, and whether it is shared. */
interface Place {
  readonly shared: SlotFact;
  readonly staircase: string;
}

const SHARED = slotPlace('shared_dwelling');
const readPlaces = bundleReader(([shared = '', staircase = '']): Place => ({ shared: { place: SHARED, value: shared === '1' ? 'yes' : 'no' }, staircase }));

/** Whether the dwelling is shared, as a fact of its own. */
const sharedOf = kept((place: BundledFact<Place>): SubjectBundle => ({ ...EMPTY_BUNDLE, options: [{ ...place, value: place.value.shared, told: String(place.value.shared.value) }] }));

/** Dwellings of the question with their facts, in no order. */
export async function stockAt(query: ArrayQuery, question: StockQuestion): Promise<DwellingRecord[]> {
  const [[dwellings, districts, places, ...bundles] = []] = await query(STOCK_SQL, [...windowValues(question), idArray(question.dwellings), question.day]);
  const gathered = new Gathered(question.window, places, bundles);
  const districtOf = new Map<string, string>();
  readSubjects(districts, (buildingId, district) => districtOf.set(buildingId, district));
  const found: DwellingRecord[] = [];
  readSubjects(dwellings, (id, text) => {
    const space = text.indexOf(' ');
    const buildingId = text.slice(0, space);
    found.push(new Dwelling(gathered, id, text.slice(space + 1), buildingId, districtOf.get(buildingId) ?? null));
  });
  return found;
}

class Dwelling implements DwellingRecord {
  readonly #gathered: Gathered;
  readonly id: string;
  readonly code: string;
  readonly buildingId: string;
  readonly district: string | null;

  constructor(gathered: Gathered, id: string, code: string, buildingId: string, district: string | null) {
    this.#gathered = gathered;
    this.id = id;
    this.code = code;
    this.buildingId = buildingId;
    this.district = district;
  }

  readFacts(laid?: LaidSlot): DwellingTimeline {
    return this.#gathered.timelineOf(this.id, this.buildingId, laid);
  }
}

type BundleTexts = { -readonly [Shape in keyof SubjectBundle]?: string };

/** What was read of a set of dwellings, as text until it is asked for. */
class Gathered {
  readonly #window: DayRange;
  readonly #places = new Map<string, string>();
  readonly #texts: Readonly<Record<Subject, Map<string, BundleTexts>>> = { dwelling: new Map(), staircase: new Map(), building: new Map() };
  /** Of buildings and staircases, which many dwellings share. */
  readonly #shared: Readonly<Record<'staircase' | 'building', Map<string, SubjectBundle>>> = { staircase: new Map(), building: new Map() };

  constructor(window: DayRange, places: string | null | undefined, bundles: readonly (string | null)[]) {
    this.#window = window;
    readSubjects(places, (id, text) => this.#places.set(id, text));
    bundles.forEach((texts, index) => {
      const bundle = BUNDLES[index];
      if (bundle) this.#take(bundle.subject, bundle.shape, texts);
      else this.#take(TECHNICAL[index - BUNDLES.length] ?? 'building', 'technical', texts);
    });
  }

  #take(subject: Subject, shape: keyof SubjectBundle, texts: string | null): void {
    const ofSubject = this.#texts[subject];
    readSubjects(texts, (id, text) => {
      const known = ofSubject.get(id);
      if (known) known[shape] = text;
      else ofSubject.set(id, { [shape]: text });
    });
  }

  timelineOf(id: string, buildingId: string, laid?: LaidSlot): DwellingTimeline {
    const over = (subject: Subject, of: string, bundle: SubjectBundle): SubjectBundle => (laid?.subject === subject && laid.id === of ? laidOver(bundle, laid) : bundle);
    const places = readPlaces(this.#places.get(id));
    const subjects: SubjectBundle[] = [over('building', buildingId, this.#sharedBundle('building', buildingId))];
    // Whether a dwelling is shared, and on which staircase it lies, has its own days too.
    for (const place of places) {
      subjects.push(sharedOf(place));
      if (place.value.staircase === '') continue;
      const bundle = over('staircase', place.value.staircase, this.#sharedBundle('staircase', place.value.staircase));
      subjects.push(place.range === null ? bundle : within(bundle, place));
    }
    subjects.push(over('dwelling', id, readBundles(this.#texts.dwelling.get(id))));
    return new DwellingTimeline(subjects, this.#window);
  }

  #sharedBundle(subject: 'staircase' | 'building', id: string): SubjectBundle {
    const shared = this.#shared[subject];
    let bundle = shared.get(id);
    if (!bundle) shared.set(id, (bundle = readBundles(this.#texts[subject].get(id))));
    return bundle;
  }
}

function readBundles(texts: BundleTexts | undefined): SubjectBundle {
  if (texts === undefined) return EMPTY_BUNDLE;
  return {
    options: READERS.options(texts.options),
    measures: READERS.measures(texts.measures),
    traffic: READERS.traffic(texts.traffic),
    businesses: READERS.businesses(texts.businesses),
    technical: READERS.technical(texts.technical),
    parts: READERS.parts(texts.parts),
  };
}

/** A staircase's facts for the days on which the dwelling lay on it. */
function within(bundle: SubjectBundle, place: BundledFact<Place>): SubjectBundle {
  const clipAll = <Value>(facts: readonly BundledFact<Value>[]): BundledFact<Value>[] =>
    facts.flatMap((fact) => {
      if (place.range === null) return [fact];
      if (fact.range === null) return [{ ...fact, range: place.range, late: place.late, lateEnd: place.lateEnd }];
      const from = fact.range.from > place.range.from ? fact.range.from : place.range.from;
      const to = fact.range.to === null || (place.range.to !== null && place.range.to < fact.range.to) ? place.range.to : fact.range.to;
      return to !== null && to <= from ? [] : [{ ...fact, range: { from, to }, late: fact.late ?? place.late, lateEnd: fact.lateEnd ?? place.lateEnd }];
    });
  return { ...EMPTY_BUNDLE, options: clipAll(bundle.options), measures: clipAll(bundle.measures), technical: clipAll(bundle.technical) };
}
