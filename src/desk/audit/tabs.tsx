import type { VNode } from 'preact';
import { Tabs } from '../../web/components/parts.tsx';
import { useView } from '../../web/view.ts';
import { AUDIT, EXPORT, VERIFICATION } from './addresses.ts';

/** The parts of the trail's room. */
export function TrailTabs({ here }: { readonly here: string }): VNode {
  const { t } = useView();
  const tabs = [{ to: AUDIT, words: t.trail.search }, { to: VERIFICATION, words: t.trail.verification }, { to: EXPORT, words: t.trail.export }];
  return <Tabs label={t.trail.tabs} of={tabs.map((tab) => ({ ...tab, here: tab.to === here }))} />;
}
