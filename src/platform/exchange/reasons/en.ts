/** English words of what is wrong with a row of a file. Names of columns and words of the files stay Polish, as they stand in them. */
import type { Saying } from '../../tabular/index.ts';
import type { RowCode } from './pl.ts';

const guess = (a: (name: string) => string): string => (a('nearest') === '' ? '' : ` Do you mean “${a('nearest')}”?`);

export const REASONS: Readonly<Record<RowCode, Saying>> = {
  // The file by itself
  days_reversed: (a) => `The last day (${a('until')}) is earlier than the first (${a('from')}). Correct the dates.`,
  said_otherwise: (a) => `Row ${a('line')} of this file says something else from the same day on. Leave one of these rows.`,
  days_taken: (a) => `Row ${a('line')} of this file gives another entry for the same days (${a('from')} – ${a('until')}). Correct the days of one of them.`,
  // What the row names and the database does not know
  building_unknown: (a) => `There is no building with the code “${a('building')}”. Correct the code or add the building in the file “budynki”.`,
  staircase_unknown: (a) => `The building “${a('building')}” has no staircase “${a('staircase')}”. Correct it or add it in the file “klatki”.`,
  dwelling_unknown: (a) => `There is no dwelling with the code “${a('dwelling')}”. Correct the code or add the dwelling in the file “lokale”.`,
  auxiliary_unknown: (a) => `There is no auxiliary room with the code “${a('room')}”. Correct the code or add it in the file “pomocnicze”.`,
  lease_unknown: (a) => `There is no lease with the number “${a('lease')}”. Correct the number or add the lease in the file “umowy”.`,
  dwelling_elsewhere: (a) => `The dwelling “${a('dwelling')}” is recorded in the building “${a('building')}” and cannot be moved to another one. Correct the code.`,
  auxiliary_elsewhere: (a) => `The room “${a('room')}” is recorded in the building “${a('building')}” and cannot be moved to another one. Correct the code.`,
  lease_elsewhere: (a) => `The lease “${a('lease')}” is of the dwelling “${a('dwelling')}”. Record a lease of another dwelling under another number.`,
  person_nameless: (a) => `There is nobody with the code “${a('person')}” yet. Give their name.`,
  person_otherwise: (a) => `The person with the code “${a('person')}” is already recorded under another name. Correct the code or the name.`,
  pesel_held: (a) =>
    a('person') === ''
      ? 'Another person, outside your districts, has this PESEL number already. Check the number, or hand the row to somebody who works for the whole city.'
      : `The person with the code “${a('person')}” has this PESEL number already. Correct the number or the code of the person.`,
  pesel_said: (a) => `Row ${a('line')} of this file gives the same PESEL number to the person with the code “${a('person')}”. Correct one of these rows.`,
  pesel_known: (a) => `The PESEL number of the person with the code “${a('person')}” is recorded already, and “nieustalony” does not remove it. Give the number or another reason why there is none, or remove the row.`,
  outside_districts: (a) => `The row is about something outside your districts (${a('districts')}). Remove it, or hand it to somebody who works for the whole city.`,
  // Observed features
  staircase_missing: () => 'An entry about a staircase must say which. Write its name.',
  staircase_needless: () => 'A staircase is given only where the entry is about a staircase. Remove it or correct what the entry is about.',
  slot_unknown: (a) => `The law of ${a('day')} has no feature “${a('text')}”.${guess(a)} Correct the name of the feature.`,
  slot_of_other: (a) => `The feature “${a('slot')}” is one of another thing: ${a('subject')}. Correct what the entry is about.`,
  slot_derived: (a) => `The feature “${a('slot')}” is not recorded as a finding. It is given in the file “lokale”, in the column “wspólny”.`,
  option_unknown: (a) => `“${a('text')}” is no value of the feature “${a('slot')}”.${guess(a)} Write one of: ${a('words')}.`,
  zone_unknown: (a) => `The law of ${a('day')} has no zone “${a('text')}”. Write one of: ${a('words')}.`,
  measure_form: (a) => `${a('problem')} The feature “${a('slot')}” is a number${a('unit') === '' ? '' : ` in ${a('unit')}`}.`,
  measure_absurd: (a) => `The value ${a('text')} of the feature “${a('slot')}” is not believable: allowed are ${a('range')}. Check number and unit.`,
  street_unlisted: (a) => `The street “${a('street')}” is not in annex 4, in the list “${a('band')}”.${guess(a)}${a('elsewhere')} Correct the street or the traffic.`,
  segment_unlisted: (a) => `The segment “${a('segment')}” of the street ${a('street')} is not in the list. Segments in the list: ${a('known')}.`,
  danger_undecided: () => 'A danger to life or health needs a decision of the building inspectorate. Give its number.',
  user_area: () => 'A user is either a dwelling of the stock (then kod_lokalu and no area) or somebody else’s dwelling (then an area and no code). Give one of the two.',
  // Leases
  basis_undocumented: () => 'Such a basis of the rate needs a document. Name the document it rests on.',
  basis_missing: () => 'A document or a rate of its own is given without a basis. Give the basis.',
  stayed_with_title: () => 'Only an occupation without title can have its eviction stayed. Correct the kind or write “nie”.',
  room_unknown: (a) => `The dwelling “${a('dwelling')}” has no room “${a('room')}”. Correct it or add it in the file “pomieszczenia”.`,
  room_common: (a) => `The room “${a('room')}” of the dwelling “${a('dwelling')}” is a common one and cannot be let to one tenant alone. Remove it from the list.`,
  lease_overlap: (a) => `The dwelling “${a('dwelling')}” is taken as a whole on these days${a('lease') === '' ? ' by another lease' : ` by the lease “${a('lease')}” (${a('from')} – ${a('until')})`}. Correct the days of one of the leases.`,
  room_let: (a) => `The room${a('room') === '' ? '' : ` “${a('room')}”`} of the dwelling “${a('dwelling')}” is let on these days${a('lease') === '' ? ' by another lease' : ` by the lease “${a('lease')}” (${a('from')} – ${a('until')})`}. Correct the rooms or the days.`,
  // Rents
  rent_approved: (a) => `From ${a('from')} a rent approved in the recalculation ${a('run')} is in force. An import does not replace it: end the row before that day.`,
  rent_product: (a) => `The rent of ${a('amount')} zł differs from rate times area (${a('product')} zł).`,
  // The database
  overlap: () => 'For these days there is already another entry of the same kind. Correct the days of one of them.',
  written_meanwhile: () => 'During the import somebody else recorded a newer value here. Check it, and load this row again if need be.',
  impossible: (a) => `The database did not take this row (${a('constraint')}). Check the values.`,
};
