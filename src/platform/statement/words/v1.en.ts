/** English words of statements of version 1; the acts' own wording stays Polish. A new wording is a new version. */
import type { Saying, Words } from './codes.ts';
import { HEIGHTS_EN as bands, ROOMS_EN as rooms } from './rooms.ts';

const document = (say: Saying): string => (say.arg('document') === '' ? '' : ` (${say.arg('document')})`);

const bases: Readonly<Record<string, string>> = {
  taken_over_standard: 'dwelling taken over into the stock, rates of the programme',
  artists_dwelling: 'artist’s dwelling',
};

export const EN_V1: Words = {
  lines: {
    area: () => 'Usable area (Pw)',
    room: (say) => `${say.arg('room')} – ${rooms[say.arg('kind')] ?? say.arg('kind')}, ${bands[say.arg('band')] ?? say.arg('band')}`,
    room_not_counted: (say) => `${say.arg('room')} – ${rooms[say.arg('kind')] ?? say.arg('kind')}, not part of the usable area`,
    common_share: (say) =>
      `share of ${say.arg('room')} in the common area of ${say.decimal('common')} m²: ${say.decimal('own')} of ${say.decimal('whole')} m² used alone`,
    common_rounded: (say) => `common area of ${say.decimal('exact')} m² rounded to ${say.decimal('common')} m² before it is shared, halves up`,
    rounding: () => 'rounding, halves up',
    points: () => 'Value points',
    item: (say) => `${say.arg('item')}. ${say.item(say.arg('item'))}`,
    no_item: (say) => `${say.group(say.arg('group'))}: what was found matches no item`,
    rate: () => 'Rate (S)',
    category_rate: (say) => `rate of category ${say.arg('category')} at ${say.number('points')} points${bases[say.arg('basis')] === undefined ? '' : `; ${bases[say.arg('basis')] ?? ''}`}`,
    lowering: (say) => `lowering for the technical state – ${say.arg('item')}. ${say.item(say.arg('item'))}`,
    lowering_cap: (say) => `lowerings of ${say.number('percent')} % together, at most ${say.number('most')} % count`,
    social_rate: () => 'rate of social leases',
    temporary_room_rate: () => 'rate of temporary rooms',
    own_rate_taken_over_own: (say) => `rate of the lease of a dwelling taken over into the stock${document(say)}`,
    own_rate_tender: (say) => `rate set separately after a tender or contest of offers${document(say)}`,
    own_rate_offers_before: (say) => `higher rate set after a contest of offers, auction or tender before the programme${document(say)}`,
    own_rate_artists_studio: (say) => `rate of an artist’s studio${document(say)}`,
    own_rate_individual: (say) => `rate set individually${document(say)}`,
    highest_rate_floor: (say) => `raised to the highest rate of the order, ${say.decimal('highest')} zł/m²`,
    highest_rate_before: (say) => `highest rate of the order in force until the programme entered into force${document(say)}`,
    no_title: () => 'Occupation without title: compensation equal to the rent obtainable by letting',
    no_title_stayed: () => 'Occupation without title: eviction stayed by the court until another dwelling is supplied, compensation equal to the rent as if the lease lasted',
    rent: () => 'Monthly rent (C)',
    rent_product: () => 'usable area × rate (Pw × S)',
    remuneration: (say) => `Monthly remuneration for auxiliary room ${say.arg('room')}: ${say.arg('premises')}`,
    remuneration_product: () => 'share of the area × rate for auxiliary rooms',
    auxiliary_share: (say) => `Share of ${say.decimal('room')} m²: ${say.decimal('own')} of ${say.decimal('whole')} m² of the premises that use it`,
  },
  rooms,
  bands,
  bases,
  certainties: { printed: 'printed', reconstructed: 'reconstructed', reported: 'reported', assumed: 'assumed' },
  unknown: 'certainty unknown',
  strengths: { weak: 'weak', medium: 'medium', strong: 'strong' },
  findings: { street: 'street', distance: 'distance', business: 'business' },
  observed: 'found',
  itemMark: 'item',
  restsOn: 'Rests on values that no act prints',
};
