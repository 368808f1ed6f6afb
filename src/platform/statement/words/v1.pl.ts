/** Polish words of statements of version 1. What was once said is said the same for ever: a new wording is a new version. */
import type { Saying, Words } from './codes.ts';
import { HEIGHTS_PL as bands, ROOMS_PL as rooms } from './rooms.ts';

const document = (say: Saying): string => (say.arg('document') === '' ? '' : ` (${say.arg('document')})`);

const bases: Readonly<Record<string, string>> = {
  taken_over_standard: 'lokal przejęty do zasobu, stawki według programu',
  artists_dwelling: 'lokal twórcy służący także zamieszkaniu',
};

export const PL_V1: Words = {
  lines: {
    area: () => 'Powierzchnia użytkowa (Pw)',
    room: (say) => `${say.arg('room')} – ${rooms[say.arg('kind')] ?? say.arg('kind')}, ${bands[say.arg('band')] ?? say.arg('band')}`,
    room_not_counted: (say) => `${say.arg('room')} – ${rooms[say.arg('kind')] ?? say.arg('kind')}, nie wlicza się do powierzchni użytkowej`,
    common_share: (say) =>
      `udział ${say.arg('room')} w powierzchni wspólnej ${say.decimal('common')} m²: ${say.decimal('own')} z ${say.decimal('whole')} m² używanych samodzielnie`,
    common_rounded: (say) => `powierzchnia wspólna ${say.decimal('exact')} m² zaokrąglona przed podziałem do ${say.decimal('common')} m², połówki w górę`,
    rounding: () => 'zaokrąglenie, połówki w górę',
    points: () => 'Punkty wartości użytkowej',
    item: (say) => `${say.arg('item')}. ${say.item(say.arg('item'))}`,
    no_item: (say) => `${say.group(say.arg('group'))}: stan stwierdzony nie odpowiada żadnej z cech`,
    rate: () => 'Stawka czynszu (S)',
    category_rate: (say) => `stawka kategorii ${say.arg('category')} przy ${say.number('points')} pkt${bases[say.arg('basis')] === undefined ? '' : `; ${bases[say.arg('basis')] ?? ''}`}`,
    lowering: (say) => `obniżenie ze względu na stan techniczny – ${say.arg('item')}. ${say.item(say.arg('item'))}`,
    lowering_cap: (say) => `obniżenia razem ${say.number('percent')} %, uwzględnia się najwyżej ${say.number('most')} %`,
    social_rate: () => 'stawka najmu socjalnego lokalu',
    temporary_room_rate: () => 'stawka za tymczasowe pomieszczenie',
    own_rate_taken_over_own: (say) => `stawka z umowy najmu lokalu przejętego do zasobu${document(say)}`,
    own_rate_tender: (say) => `stawka ustalona odrębnie po przetargu lub konkursie ofert${document(say)}`,
    own_rate_offers_before: (say) => `wyższa stawka ustalona po konkursie ofert, aukcji lub przetargu sprzed programu${document(say)}`,
    own_rate_artists_studio: (say) => `stawka za pracownię twórcy${document(say)}`,
    own_rate_individual: (say) => `stawka ustalona indywidualnie${document(say)}`,
    highest_rate_floor: (say) => `podniesienie do najwyższej stawki zarządzenia, ${say.decimal('highest')} zł/m²`,
    highest_rate_before: (say) => `najwyższa stawka zarządzenia obowiązującego do wejścia programu w życie${document(say)}`,
    no_title: () => 'Zajmowanie lokalu bez tytułu prawnego: odszkodowanie równe czynszowi, jaki można by uzyskać z najmu',
    no_title_stayed: () =>
      'Zajmowanie lokalu bez tytułu prawnego: sąd wstrzymał opróżnienie do czasu dostarczenia innego lokalu, odszkodowanie równe czynszowi, jaki należałby się, gdyby najem trwał',
    rent: () => 'Czynsz miesięczny (C)',
    rent_product: () => 'powierzchnia użytkowa × stawka (Pw × S)',
    remuneration: (say) => `Wynagrodzenie miesięczne za pomieszczenie pomocnicze ${say.arg('room')}: ${say.arg('premises')}`,
    remuneration_product: () => 'udział w powierzchni × stawka za pomieszczenie pomocnicze',
    auxiliary_share: (say) => `Udział w powierzchni ${say.decimal('room')} m²: ${say.decimal('own')} z ${say.decimal('whole')} m² lokali korzystających`,
  },
  rooms,
  bands,
  bases,
  certainties: { printed: 'z druku', reconstructed: 'odtworzone', reported: 'podane poza aktem', assumed: 'przyjęte' },
  unknown: 'pewność nieznana',
  strengths: { weak: 'słaba', medium: 'średnia', strong: 'mocna' },
  findings: { street: 'ulica', distance: 'odległość', business: 'działalność' },
  observed: 'stwierdzono',
  itemMark: 'poz.',
  restsOn: 'Opiera się na wartościach, których nie podaje druk aktu',
};
