/** The stock on pages: the list of dwellings. */
import { listPages } from '../web/listing.tsx';
import { at } from '../web/address.ts';
import { ChoiceField, TextField } from '../web/components/fields.tsx';
import { Place, placeText } from '../web/components/place.tsx';
import type { DwellingRow } from './lists.ts';
import { DWELLING_SORTS, dwellingFilter, listDistricts, listDwellings } from './lists.ts';

export const stockPages = listPages<DwellingRow, typeof dwellingFilter, (typeof DWELLING_SORTS)[number]>({
  path: '/dwellings', permission: 'stock.read', nav: { place: 20, words: ({ t }) => t.stock.list }, file: 'lokale-lista',
  filter: dwellingFilter, sort: DWELLING_SORTS,
  read: (ctx, filter, asked) => listDwellings(ctx, ctx.clock.today(), filter, asked),
  keyOf: ({ dwelling }) => dwelling,
  title: ({ t }) => t.stock.list,
  columns: ({ t }) => [
    { key: 'dwelling', words: t.stock.dwelling, sort: 'code', head: true, cell: ({ dwelling }) => <a href={at('/dwellings/:dwelling', { dwelling })}>{dwelling}</a>, plain: ({ dwelling }) => dwelling },
    { key: 'place', words: t.stock.address, sort: 'street', cell: (row) => <Place of={row} />, plain: placeText },
    { key: 'postcode', words: t.stock.postcode, sort: 'postcode', cell: ({ postcode }) => postcode ?? t.common.none, plain: ({ postcode }) => postcode },
    { key: 'district', words: t.stock.district, sort: 'district', cell: ({ district }) => district ?? t.common.none, plain: ({ district }) => district },
    { key: 'building', words: t.stock.building, sort: 'building', cell: ({ building }) => <span class="code">{building}</span>, plain: ({ building }) => building },
    { key: 'holder', words: t.stock.holder, sort: 'holder', cell: ({ holder }) => holder ?? t.common.none, plain: ({ holder }) => holder },
  ],
  fields: async ({ t, today }, ctx) => (
    <>
      <TextField name="code" label={t.stock.dwelling} maxLength={60} />
      <TextField name="street" label={t.stock.street} maxLength={120} />
      <TextField name="building_number" label={t.stock.buildingNumber} maxLength={20} />
      <TextField name="number" label={t.stock.number} maxLength={20} />
      <TextField name="postcode" label={t.stock.postcode} maxLength={6} mode="numeric" />
      <ChoiceField name="district" label={t.stock.district} any={t.form.any} options={(await listDistricts(ctx, today)).map((district) => ({ value: district, words: district }))} />
      <TextField name="building" label={t.stock.building} maxLength={60} />
      <TextField name="holder" label={t.stock.holder} maxLength={120} />
    </>
  ),
});
