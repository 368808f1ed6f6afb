import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLawFolder } from '../../src/platform/law/files.ts';
import { lawFolder } from '../../src/start.ts';

const SRC = path.resolve(import.meta.dirname, '../../src');

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const full = path.join(folder, name);
    return statSync(full).isDirectory() ? files(full) : /\.tsx?$/.test(name) ? [full] : [];
  });
}

/** Which slice owns which tables; whoever else needs them joins what the owner offers. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  stock: [
    'buildings', 'staircases', 'dwellings', 'building_details', 'dwelling_details', 'building_options', 'building_measures', 'staircase_options', 'staircase_measures',
    'dwelling_options', 'dwelling_measures', 'room_parts', 'building_traffic', 'dwelling_businesses', 'technical_findings', 'auxiliary_rooms', 'auxiliary_room_areas', 'auxiliary_room_users', 'dwelling_places',
  ],
  tariffs: ['tariffs', 'tariff_categories'],
  persons: ['persons', 'retention_lists', 'retention_entries'],
  leases: ['leases', 'lease_terms', 'lease_bases', 'lease_rooms', 'lease_parties', 'lease_holds', 'lease_overviews'],
  rents: ['rents', 'rent_periods', 'runs', 'run_drafts', 'run_omissions'],
};

/** The demo writes a whole city as the owner of the database. */
const OUTSIDE = new Set(['demo']);

describe('the house', () => {
  it.each(Object.entries(TABLES))('lets nobody but %s name its tables', (owner, tables) => {
    const named = new RegExp(`\\b(?:from|join|into|update|table)\\s+(?:${tables.join('|')})\\b`, 'i');
    const strangers = files(SRC)
      .map((file) => path.relative(SRC, file))
      .filter((file) => {
        const [slice = ''] = file.split(path.sep);
        return slice !== owner && !OUTSIDE.has(slice) && named.test(readFileSync(path.join(SRC, file), 'utf8'));
      });
    expect(strangers).toEqual([]);
  });

  it('reads every parameter of the law somewhere, or says why it only tells it', () => {
    // Printed in the acts and shown to clerks; the rules that will compute with them are not built yet, or the words alone need them.
    const told = new Set([
      'area.limit.full', 'area.limit.half', 'business.night', 'deadline.moved_kinds', 'deadline.middle_of_month_day', 'increase.answer_months', 'increase.reasons_days',
      'increase.justified_cpi', 'rate.fixed_bases', 'rate.taken_over.conditions', 'rate.taken_over.regime_until', 'rate.taken_over.hotel_years',
      'retention.refused_application.years',
    ]);
    const source = files(SRC).map((file) => readFileSync(file, 'utf8')).join('\n');
    const unread = [...new Set(readLawFolder(lawFolder()).parameters.map(({ key }) => key))]
      .filter((key) => !told.has(key))
      .filter((key) => !source.includes(`'${key}'`) && !source.includes(`\`${key.replace(/[^.]+$/, '')}\${`));
    expect(unread).toEqual([]);
  });

  it('keeps the clock and the rounding of numbers out of the rules', () => {
    const rules = files(SRC).filter((file) => /\/rules(\.ts|\/)/.test(file));
    expect(rules.length).toBeGreaterThan(5);
    const guilty = rules.filter((file) => /new Date|Date\.now|Math\.(round|floor|ceil)|parseFloat|process\.env/.test(readFileSync(file, 'utf8')));
    expect(guilty).toEqual([]);
  });
});
