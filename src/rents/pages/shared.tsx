/** What the pages of runs have in common: where they are, and a run's state and scope in words. */
import type { VNode } from 'preact';
import { at } from '../../web/address.ts';
import { Status } from '../../web/components/values.tsx';
import type { Tone } from '../../web/components/values.tsx';
import type { Crumb } from '../../web/declared.ts';
import * as format from '../../web/format.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import type { RunView } from '../runs/read.ts';
import type { KeptScope } from '../runs/scope.ts';

export const RUNS = '/runs';
export const RUN = '/runs/:run';
export const NEW_RUN = '/runs/new';
export const DRAFTS = '/runs/:run/leases';
export const DRAFT = '/runs/:run/leases/:lease';
export const OMISSION = '/runs/:run/leases/:lease/omission';
export const TAKE_BACK = '/runs/:run/leases/:lease/return';
export const REDRAW = '/runs/:run/redraw';
export const APPROVAL = '/runs/:run/approval';
export const REJECTION = '/runs/:run/rejection';
export const COMPARISON = '/runs/:run/comparison';

/** Leases as the totals count them: each once, by its last step, without those left out. */
const COUNTED = { last: 'yes', left_out: 'no' };

/** The drafts that a total was counted from. */
export function countedAt(run: string, filter: Readonly<Record<string, string | null>>): string {
  return at(DRAFTS, { run }, { ...COUNTED, ...filter });
}

export function runCrumbs({ t }: View, run?: string): readonly Crumb[] {
  return [{ to: RUNS, words: t.run.list }, ...(run === undefined ? [] : [{ to: at(RUN, { run }), words: t.run.one(run) }])];
}

const TONES: Readonly<Record<RunView['state'], Tone>> = { drafting: 'info', draft: 'warn', approved: 'good', rejected: 'bad', void: 'quiet' };

export function RunState({ of }: { readonly of: RunView['state'] }): VNode {
  const { t } = useView();
  return <Status tone={TONES[of]}>{t.run.states[of]}</Status>;
}

/** Which leases a run is over, in words. */
export function scopeText({ t, language }: Pick<View, 't' | 'language'>, scope: KeptScope): string {
  const { scopes } = t.run;
  const districts = scope.districts?.join(', ');
  if (scope.kind === 'all' && districts !== undefined) return scopes.mine(districts);
  const words = wordsOf(scopes, scope, language);
  return districts === undefined ? words : scopes.within(words, districts);
}

function wordsOf(scopes: View['t']['run']['scopes'], scope: KeptScope, language: View['language']): string {
  switch (scope.kind) {
    case 'all':
      return scopes.all;
    case 'without_rent':
      return scopes.without_rent;
    case 'district':
      return scopes.district(scope.district);
    case 'building':
      return scopes.building(scope.building);
    case 'leases':
      return scopes.leases(scope.leases.length);
    case 'changed':
      return scopes.changed(format.moment(scope.since, language));
  }
}

/** Reasons that are mended where the dwelling is told of; the others are the lease's. */
const OF_DWELLING: ReadonlySet<string> = new Set(['not_valued', 'contradiction']);

/** Where an exception is mended. */
export function MendLink({ reason, lease, dwelling, words }: { readonly reason: string; readonly lease: string; readonly dwelling: string; readonly words?: string }): VNode {
  const { t } = useView();
  return OF_DWELLING.has(reason)
    ? <a href={at('/dwellings/:dwelling', { dwelling })}>{words ?? t.runDrafts.toDwelling}<span class="unseen"> {dwelling}</span></a>
    : <a href={at('/leases/:lease', { lease })}>{words ?? t.runDrafts.toLease}<span class="unseen"> {lease}</span></a>;
}

/** The outcome with the reason of an exception. */
export function outcomeText({ t }: Pick<View, 't'>, outcome: string | null, reason: string | null): string | null {
  if (outcome === null) return null;
  const words = t.run.outcomes[outcome] ?? outcome;
  return reason === null ? words : `${words}: ${t.run.reasons[reason] ?? reason}`;
}
