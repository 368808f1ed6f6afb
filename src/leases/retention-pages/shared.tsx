/** What the pages of the lists have in common: where they are, and a list's state and facts in words. */
import type { VNode } from 'preact';
import type { RetentionList } from '../../persons/retention.ts';
import { at } from '../../web/address.ts';
import { Day, Facts, Num, Status } from '../../web/components/values.tsx';
import type { Tone } from '../../web/components/values.tsx';
import type { Crumb } from '../../web/declared.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';

export const LISTS = '/retention-lists';
export const NEW_LIST = '/retention-lists/new';
export const LIST = '/retention-lists/:list';
export const ENTRIES = '/retention-lists/:list/persons';
export const APPROVAL = '/retention-lists/:list/approval';
export const REJECTION = '/retention-lists/:list/rejection';

export function retentionCrumbs({ t }: View, list?: string): readonly Crumb[] {
  return [{ to: LISTS, words: t.retention.list }, ...(list === undefined ? [] : [{ to: at(LIST, { list }), words: t.retention.one(list) }])];
}

const TONES: Readonly<Record<string, Tone>> = { draft: 'warn', approved: 'good', rejected: 'quiet' };

export function ListState({ of }: { readonly of: string }): VNode {
  const { t } = useView();
  return <Status tone={TONES[of] ?? 'info'}>{t.retention.states[of] ?? of}</Status>;
}

export function ListFacts({ of }: { readonly of: RetentionList }): VNode {
  const { t: { retention: t, common } } = useView();
  return (
    <Facts
      of={[
        [t.class, t.classes[of.class] ?? of.class],
        [t.persons, <Num of={of.persons} />],
        [t.before, <Day of={of.before} />],
        [t.madeOn, <Day of={of.madeOn} />],
        [t.preparedBy, of.preparedBy ?? common.none],
        [t.decidedBy, of.decidedBy ?? common.none],
        ...(of.reason === null ? [] : [[t.reason, of.reason] as const]),
      ]}
    />
  );
}
