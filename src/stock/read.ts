/** What other slices may ask of the stock: facts of dwellings in a window of days, as known at an instant, set by set. */
import type { ArrayQuery } from '../platform/database/query.ts';
import type { DayRange } from '../platform/dates/ranges.ts';
import type { BundledFact, FactWindow } from '../platform/facts/bundle.ts';
import { ASKED_SQL, WINDOW_SQL, bundleReader, bundleSql, readSubjects, subjectsSql, windowValues } from '../platform/facts/bundle.ts';
import { slotPlace } from './facts.ts';
import type { SlotFact, SubjectBundle } from './timeline.ts';
import { DwellingTimeline, EMPTY_BUNDLE, READERS } from './timeline.ts';

/** Which dwellings are asked for. */
export interface StockQuestion extends FactWindow {
  /** SQL condition on `dwellings d`, with parameters from `$5` on. */
  readonly where: string;
  readonly values: readonly unknown[];
}

/** A dwelling with its place and its facts. */
export interface DwellingRecord {
  readonly id: string;
  readonly code: string;
  readonly buildingId: string;
  readonly district: string | null;
  /** Puts its facts together, anew at every call: of the many that are read at once few are needed at the same time. */
  readFacts(): DwellingTimeline;
}

// Shapes of the bundles: table, alias of the subject's set, subject column, columns.
const BUNDLES: readonly { shape: keyof SubjectBundle; set: 'd' | 'b' | 's'; table: string; subject: string; columns: readonly string[] }[] = [
  { shape: 'options', set: 'd', table: 'dwelling_options', subject: 'dwelling_id', columns: ['slot', 'option'] },
  { shape: 'measures', set: 'd', table: 'dwelling_measures', subject: 'dwelling_id', columns: ['slot', 'value'] },
  { shape: 'businesses', set: 'd', table: 'dwelling_businesses', subject: 'dwelling_id', columns: ['name', 'opens', 'closes'] },
  { shape: 'parts', set: 'd', table: 'room_parts', subject: 'dwelling_id', columns: ['room', 'part', 'kind', 'use', 'band', 'area_m2'] },
  { shape: 'options', set: 's', table: 'staircase_options', subject: 'staircase_id', columns: ['slot', 'option'] },
  { shape: 'measures', set: 's', table: 'staircase_measures', subject: 'staircase_id', columns: ['slot', 'value'] },
  { shape: 'options', set: 'b', table: 'building_options', subject: 'building_id', columns: ['slot', 'option'] },
  { shape: 'measures', set: 'b', table: 'building_measures', subject: 'building_id', columns: ['slot', 'value'] },
  { shape: 'traffic', set: 'b', table: 'building_traffic', subject: 'building_id', columns: ['street', 'segment', 'band', 'distance_m'] },
];

const TECHNICAL = ['building', 'staircase', 'dwelling'] as const;

/** One row: the dwellings, their places, then each table's bundles. */
function stockSql(where: string): string {
  const facts = BUNDLES.map(
    ({ set, table, subject, columns }) =>
      `select f.${subject} as subject, ${bundleSql(columns.map((column) => `f.${column}`))} as text from ${set} x join ${table} f on f.${subject} = x.id where ${ASKED_SQL} group by f.${subject}`,
  );
  const technical = TECHNICAL.map((scope) => {
    const none = scope === 'building' ? 'f.staircase_id is null and f.dwelling_id is null' : `f.${scope}_id is not null`;
    return `select f.${scope}_id as subject, ${bundleSql(['f.installation', `'${scope}'`])} as text from b x join technical_findings f on f.building_id = x.id
      where ${none} and ${ASKED_SQL} group by f.${scope}_id`;
  });
  const dwellings = `select d.id as subject, d.building_id || ' ' || d.code as text from d`;
  const districts = `select f.building_id as subject, f.district as text from b x join building_details f on f.building_id = x.id
    where (f.valid @> (select day from w)) is true and (f.recorded @> (select known from w)) is true`;
  const places = `select f.dwelling_id as subject, ${bundleSql(['f.shared::int', "coalesce(f.staircase_id::text, '')"])} as text
    from d x join dwelling_details f on f.dwelling_id = x.id where ${ASKED_SQL} group by f.dwelling_id`;
  return `
    with ${WINDOW_SQL},
    d as materialized (select d.id, d.code, d.building_id from dwellings d where ${where}),
    b as materialized (select distinct building_id as id from d),
    s as materialized (select s.id from b join staircases s on s.building_id = b.id)
    select ${[dwellings, districts, places, ...facts, ...technical].map(subjectsSql).join(',\n    ')}`;
}

/** Where a dwelling lies, and whether it is shared. */
interface Place {
  readonly shared: SlotFact;
  readonly staircase: string;
}

const SHARED = slotPlace('shared_dwelling');
const readPlaces = bundleReader(([shared = '', staircase = '']): Place => ({ shared: { place: SHARED, value: shared === '1' ? 'yes' : 'no' }, staircase }));

/** Dwellings of the question with their facts, in no order. */
export async function stockAt(query: ArrayQuery, question: StockQuestion): Promise<DwellingRecord[]> {
  const [[dwellings, districts, places, ...bundles] = []] = await query(stockSql(question.where), [...windowValues(question), ...question.values]);
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

  readFacts(): DwellingTimeline {
    return this.#gathered.timelineOf(this.id, this.buildingId);
  }
}

type BundleTexts = { -readonly [Shape in keyof SubjectBundle]?: string };

/** What was read of a set of dwellings, as text until it is asked for. */
class Gathered {
  readonly #window: DayRange;
  readonly #places = new Map<string, string>();
  /** By set and id: `b12`, `s3`, `d40`. */
  readonly #texts = new Map<string, BundleTexts>();
  /** Of buildings and staircases, which many dwellings share. */
  readonly #shared = new Map<string, SubjectBundle>();

  constructor(window: DayRange, places: string | null | undefined, bundles: readonly (string | null)[]) {
    this.#window = window;
    readSubjects(places, (id, text) => this.#places.set(id, text));
    bundles.forEach((texts, index) => {
      const bundle = BUNDLES[index];
      const set = bundle ? bundle.set : (TECHNICAL[index - BUNDLES.length] ?? '').slice(0, 1);
      const shape = bundle ? bundle.shape : 'technical';
      readSubjects(texts, (id, text) => {
        const key = `${set}${id}`;
        const known = this.#texts.get(key);
        if (known) known[shape] = text;
        else this.#texts.set(key, { [shape]: text });
      });
    });
  }

  timelineOf(id: string, buildingId: string): DwellingTimeline {
    const places = readPlaces(this.#places.get(id));
    const subjects: SubjectBundle[] = [this.#sharedBundle(`b${buildingId}`)];
    // Whether a dwelling is shared, and on which staircase it lies, has its own days too.
    const shared = places.map((place): BundledFact<SlotFact> => ({ ...place, value: place.value.shared, told: String(place.value.shared.value) }));
    for (const place of places) {
      if (place.value.staircase === '') continue;
      const bundle = this.#sharedBundle(`s${place.value.staircase}`);
      subjects.push(place.range === null ? bundle : within(bundle, place));
    }
    subjects.push({ ...EMPTY_BUNDLE, options: shared }, readBundles(this.#texts.get(`d${id}`)));
    return new DwellingTimeline(subjects, this.#window);
  }

  #sharedBundle(key: string): SubjectBundle {
    let bundle = this.#shared.get(key);
    if (!bundle) this.#shared.set(key, (bundle = readBundles(this.#texts.get(key))));
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
