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
  readonly facts: DwellingTimeline;
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
  const dwellings = `select d.id as subject, concat_ws(e'\\x1d', d.building_id, coalesce(bd.district, ''), d.code) as text from d
    left join building_details bd on bd.building_id = d.building_id and (bd.valid @> (select day from w)) is true and (bd.recorded @> (select known from w)) is true`;
  const places = `select f.dwelling_id as subject, ${bundleSql(['f.shared::int', "coalesce(f.staircase_id::text, '')"])} as text
    from d x join dwelling_details f on f.dwelling_id = x.id where ${ASKED_SQL} group by f.dwelling_id`;
  return `
    with ${WINDOW_SQL},
    d as materialized (select d.id, d.code, d.building_id from dwellings d where ${where}),
    b as materialized (select distinct building_id as id from d),
    s as materialized (select s.id from b join staircases s on s.building_id = b.id)
    select ${[dwellings, places, ...facts, ...technical].map(subjectsSql).join(',\n    ')}`;
}

/** Where a dwelling lies, and whether it is shared. */
interface Place {
  readonly shared: SlotFact;
  readonly staircase: string;
}

const SHARED = slotPlace('shared_dwelling');
const readPlaces = bundleReader(([shared = '', staircase = '']): Place => ({ shared: { place: SHARED, value: shared === '1' ? 'yes' : 'no' }, staircase }));

interface Gathered {
  readonly dwellings: { id: string; code: string; buildingId: string; district: string | null }[];
  readonly places: Map<string, readonly BundledFact<Place>[]>;
  /** By set and id: `b12`, `s3`, `d40`. */
  readonly bundles: Map<string, Bundles>;
}

type Bundles = { -readonly [Shape in keyof SubjectBundle]: SubjectBundle[Shape] };

/** Dwellings of the question with their facts, in no order. */
export async function stockAt(query: ArrayQuery, question: StockQuestion): Promise<DwellingRecord[]> {
  const { window } = question;
  const [found = []] = await query(stockSql(question.where), [...windowValues(question), ...question.values]);
  const gathered = gather(found);
  return gathered.dwellings.map((dwelling) => ({ ...dwelling, facts: timelineOf(gathered, dwelling.id, dwelling.buildingId, window) }));
}

function gather([dwellings, places, ...bundles]: readonly (string | null)[]): Gathered {
  const into: Gathered = { dwellings: [], places: new Map(), bundles: new Map() };
  readSubjects(dwellings, (id, text) => {
    const [buildingId = '', district = '', code = ''] = text.split('\u001d');
    into.dwellings.push({ id, code, buildingId, district: district === '' ? null : district });
  });
  readSubjects(places, (id, text) => into.places.set(id, readPlaces(text)));
  bundles.forEach((texts, index) => {
    const bundle = BUNDLES[index];
    const set = bundle ? bundle.set : (TECHNICAL[index - BUNDLES.length] ?? '').slice(0, 1);
    readSubjects(texts, (id, text) => {
      const key = `${set}${id}`;
      let entry = into.bundles.get(key);
      if (!entry) into.bundles.set(key, (entry = { ...EMPTY_BUNDLE }));
      put(entry, bundle ? bundle.shape : 'technical', text);
    });
  });
  return into;
}

function put<Shape extends keyof SubjectBundle>(into: { [Key in Shape]: SubjectBundle[Key] }, shape: Shape, text: string): void {
  into[shape] = READERS[shape](text) as SubjectBundle[Shape];
}

function timelineOf(gathered: Gathered, id: string, buildingId: string, window: DayRange): DwellingTimeline {
  const places = gathered.places.get(id) ?? [];
  const subjects: SubjectBundle[] = [gathered.bundles.get(`b${buildingId}`) ?? EMPTY_BUNDLE];
  // Whether a dwelling is shared, and on which staircase it lies, has its own days too.
  const shared = places.map((place): BundledFact<SlotFact> => ({ ...place, value: place.value.shared, told: String(place.value.shared.value) }));
  for (const place of places) {
    const bundle = place.value.staircase === '' ? undefined : gathered.bundles.get(`s${place.value.staircase}`);
    if (bundle) subjects.push(place.range === null ? bundle : within(bundle, place));
  }
  subjects.push({ ...EMPTY_BUNDLE, options: shared }, gathered.bundles.get(`d${id}`) ?? EMPTY_BUNDLE);
  return new DwellingTimeline(subjects, window);
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
