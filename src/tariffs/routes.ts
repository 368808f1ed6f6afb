/** Law and tariffs over HTTP. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import { route } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut, decimalOut } from '../platform/http/schemas.ts';
import { readTariffFile } from '../platform/law/files.ts';
import { problemText } from '../platform/problem-texts.ts';
import type { Provenance } from '../platform/law/types.ts';
import { loadTariff } from './commands.ts';
import { tariffBook } from './read.ts';

const TAG = 'Prawo';
const provenance = {
  from: dayOut, to: dayOut.nullable(), reference: z.string(), certainty: z.enum(['printed', 'reconstructed', 'reported', 'assumed']),
  strength: z.enum(['weak', 'medium', 'strong']).nullable(), note: z.string().nullable(),
};

function toldOf(value: Provenance): { from: string; to: string | null; reference: string; certainty: Provenance['certainty']; strength: 'weak' | 'medium' | 'strong' | null; note: string | null } {
  return { from: value.from, to: value.to, reference: value.reference, certainty: value.certainty, strength: value.strength ?? null, note: value.note ?? null };
}

const dayQuery = z.strictObject({ day: plainDate.optional() });

export const lawRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/law/items', permission: 'law.read', audit: null, tag: TAG, summary: 'Tabela punktowa (załącznik nr 5) na dzień', query: dayQuery,
    output: z.strictObject({ items: z.array(z.strictObject({ item: z.string(), group: z.string(), value: decimalOut, unit: z.string(), text: z.string(), ...provenance })) }),
    handle: async ({ ctx, query }) => {
      const law = (await ctx.law.book(ctx.db)).at(query.day ?? ctx.clock.today(), ctx.clock.now());
      return { items: law.items.map((item) => ({ item: item.item, group: item.group, value: item.value.toFixed(), unit: item.unit, text: item.text, ...toldOf(item) })) };
    },
  }),
  route({
    method: 'GET', path: '/law/slots', permission: 'law.read', audit: null, tag: TAG, summary: 'Cechy, które można ustalić, i ich wartości', query: dayQuery,
    output: z.strictObject({
      slots: z.array(z.strictObject({
        slot: z.string(), subject: z.string(), shape: z.string(), name: z.string(), options: z.record(z.string(), z.string()), unit: z.string().nullable(),
        min: z.string().nullable(), max: z.string().nullable(), unrecorded: z.string(),
      })),
    }),
    handle: async ({ ctx, query }) => {
      const law = (await ctx.law.book(ctx.db)).at(query.day ?? ctx.clock.today(), ctx.clock.now());
      return {
        slots: [...law.slots.values()].map(({ slot, subject, shape, name, optionNames, unit, min, max, unrecorded }) => ({ slot, subject, shape, name, options: optionNames, unit, min, max, unrecorded })),
      };
    },
  }),
  route({
    method: 'GET', path: '/law/parameters', permission: 'law.read', audit: null, tag: TAG, summary: 'Parametry i przyjęte odczytania na dzień', query: dayQuery,
    output: z.strictObject({
      parameters: z.array(z.strictObject({ key: z.string(), value: z.array(z.string()), unit: z.string(), rule: z.string(), name: z.string(), ...provenance })),
    }),
    handle: async ({ ctx, query }) => {
      const law = (await ctx.law.book(ctx.db)).at(query.day ?? ctx.clock.today(), ctx.clock.now());
      return {
        parameters: [...law.parameters.values()].map((entry) => ({
          key: entry.key, value: typeof entry.value === 'string' ? [entry.value] : [...entry.value], unit: entry.unit, rule: entry.rule, name: entry.name, ...toldOf(entry),
        })),
      };
    },
  }),
  route({
    method: 'GET', path: '/tariffs', permission: 'law.read', audit: null, tag: TAG, summary: 'Taryfy z kategoriami',
    output: z.strictObject({
      tariffs: z.array(z.strictObject({
        code: z.string(), act: z.string(), socialRate: decimalOut, temporaryRoomRate: decimalOut, index: decimalOut.nullable(), signedOn: dayOut.nullable(),
        councilInformedOn: dayOut.nullable(), ...provenance,
        categories: z.array(z.strictObject({ category: z.string(), from: z.int().nullable(), to: z.int().nullable(), rate: decimalOut, certainty: provenance.certainty })),
      })),
    }),
    handle: async ({ ctx }) => {
      const { all } = await tariffBook(ctx.db, ctx.clock.now());
      return {
        tariffs: all.map((tariff) => ({
          code: tariff.code, act: tariff.act, socialRate: tariff.socialRate.toFixed(2), temporaryRoomRate: tariff.temporaryRoomRate.toFixed(2),
          index: tariff.index?.toFixed(2) ?? null, signedOn: tariff.signedOn, councilInformedOn: tariff.councilInformedOn, ...toldOf(tariff),
          categories: tariff.categories.map(({ category, from, to, rate, certainty }) => ({ category, from, to, rate: rate.toFixed(2), certainty })),
        })),
      };
    },
  }),
  route({
    method: 'POST', path: '/tariffs', permission: 'law.load', audit: 'law.load', tag: TAG, summary: 'Wczytaj taryfę z pliku YAML',
    description: 'Plik według wzoru seeds/law/tariff-sample.yaml. Taryfa łamiąca zasady programu jest odrzucana.',
    body: z.strictObject({ file: z.string().min(1).max(200).meta({ examples: ['krk-2028.yaml'] }), text: z.string().min(1).max(200_000) }),
    output: z.strictObject({ added: z.int(), warnings: z.array(z.strictObject({ field: z.string(), code: z.string(), args: z.record(z.string(), z.string()), message: z.string() })) }),
    handle: async ({ ctx, body }) => {
      const tariff = readTariffFile(body.text, body.file);
      const { added, warnings } = await loadTariff(ctx, tariff);
      return { added: added['tariffs'] ?? 0, warnings: warnings.map(({ field, code, args = {} }) => ({ field, code, args, message: problemText(code, args) })) };
    },
  }),
];
