/** What changed about a dwelling, when and by whom: every act of recording, the newest first. */
import type { VNode } from 'preact';
import type { Slot } from '../../platform/law/types.ts';
import type { PastChange, PastRow } from '../../stock/history.ts';
import { PAST_KINDS, dwellingPast } from '../../stock/history.ts';
import { factHistory } from '../../stock/lists.ts';
import { at } from '../../web/address.ts';
import type { Happened } from '../../web/components/parts.tsx';
import { Timeline } from '../../web/components/parts.tsx';
import { Moment, Span } from '../../web/components/values.tsx';
import * as format from '../../web/format.ts';
import { page } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import type { View } from '../../web/view.ts';
import { dwellingParams } from './page.tsx';
import { shownFact, slotsOf } from './slots.ts';

export const pastPage = page({
  path: '/dwellings/:dwelling/history', permission: 'stock.read', params: dwellingParams,
  show: async ({ ctx, view: { t, today }, params: { dwelling: code } }) => {
    const { dwelling } = await factHistory(ctx, code, today);
    const { changes, recorded } = await dwellingPast(ctx, code);
    const slots = new Map((await slotsOf(ctx, dwelling, today, ctx.clock.now())).map((slot) => [slot.slot, slot]));
    return {
      title: t.past.title(code),
      crumbs: [{ to: '/dwellings', words: t.stock.list }, { to: at('/dwellings/:dwelling', { dwelling: code }), words: code }],
      body: (
        <>
          <p class="soft">{t.past.help}</p>
          <Past changes={changes} recorded={recorded} slots={slots} />
        </>
      ),
    };
  },
});

type Slots = ReadonlyMap<string, Slot>;

function Past({ changes, recorded, slots }: { readonly changes: readonly PastChange[]; readonly recorded: readonly PastRow[]; readonly slots: Slots }): VNode {
  const { t } = useView();
  const happened = changes.flatMap(({ change, at: when, actor, reason }): Happened[] => {
    // What remains of a row that was cut says nothing new.
    const added = recorded.filter((row) => row.change === change && !row.remainder);
    const closed = recorded.filter((row) => row.closedBy === change);
    if (added.length + closed.length === 0) return [];
    return [{
      key: change, when: <Moment of={when} />,
      what: <>{actor}: {reason}</>,
      more: (
        <details open={added.length + closed.length <= FEW}>
          <summary>{t.past.entries(added.length, closed.length)}</summary>
          <Rows of={added} title={t.past.added} slots={slots} />
          <Rows of={closed} title={t.past.closed} slots={slots} />
        </details>
      ),
    }];
  });
  return <Timeline label={t.past.heading} of={happened} />;
}

/** So many stand there unfolded. */
const FEW = 6;

function Rows({ of, title, slots }: { readonly of: readonly PastRow[]; readonly title: string; readonly slots: Slots }): VNode | null {
  const view = useView();
  if (of.length === 0) return null;
  const sorted = PAST_KINDS.flatMap((kind) => of.filter((row) => row.kind === kind));
  return (
    <>
      <p><strong>{title}</strong></p>
      <ul>
        {sorted.map((row) => (
          <li key={JSON.stringify(row)}>
            {wordsOf(view, row, slots)} <span class="soft"><Span from={row.from} to={row.to} /></span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a recorded row says. */
function wordsOf({ t, language }: View, { kind, subject, content }: PastRow, slots: Slots): string {
  const given = (name: string): string => content[name] ?? t.common.none;
  const of = (words: Readonly<Record<string, string>>, name: string): string => words[given(name)] ?? given(name);
  const evidence = content['evidence'] ?? null;
  const proven = (words: string): string => (evidence === null ? words : t.past.proven(words, evidence));
  switch (kind) {
    case 'slot': {
      const slot = slots.get(given('slot'));
      return proven(t.past.slot(slot?.name ?? given('slot'), slot === undefined ? given('value') : shownFact(slot, given('value'), language), t.dwelling.subjectAs[subject]));
    }
    case 'place':
      return t.past.place(given('number'), given('staircase'), given('holder'), given('shared') === 'true');
    case 'address':
      return t.past.address(`${given('street')} ${given('number')}, ${given('postcode')}`, given('district'), of(t.past.ownerships, 'ownership'), given('manager'));
    case 'room':
      return t.past.room(given('room'), given('part'), of(t.past.rooms, 'kind'), format.number(given('area'), language), of(t.past.heights, 'band'), given('use') === 'common');
    case 'traffic':
      return proven(t.past.traffic(given('street'), of(t.past.bands, 'band'), format.number(given('distance'), language)));
    case 'business':
      return proven(t.past.business(given('name'), given('opens'), given('closes')));
    case 'technical':
      return proven(t.past.technical(of(t.past.installations, 'installation'), t.dwelling.subjectAs[given('about') as PastRow['subject']], content['decision'] ?? null));
  }
}
