/** What nobody has decided yet, and who may. */
import type { VNode } from 'preact';
import { seesWholeCity } from '../platform/access/scope.ts';
import { may } from '../platform/access/roles.ts';
import type { Context } from '../platform/context.ts';
import { listRetentionLists } from '../persons/retention.ts';
import { RUN, RunState, scopeText } from '../rents/pages/shared.tsx';
import { listRuns } from '../rents/runs/read.ts';
import { at } from '../web/address.ts';
import { Section } from '../web/components/parts.tsx';
import { Table } from '../web/components/table.tsx';
import { Status } from '../web/components/values.tsx';
import type { View } from '../web/view.ts';
import { useView } from '../web/view.ts';

interface Task {
  readonly key: string;
  readonly what: VNode;
  readonly preparedBy: readonly string[];
  /** Ready to be decided; not so while it is still being drawn. */
  readonly ready: boolean;
  /** Whether one's role decides such things. */
  readonly mine: boolean;
  readonly state: VNode;
}

/** So many of each kind stand on the first page; the lists of the rooms have all. */
const MOST = 10;

/** What waits, as far as whoever asks may know of it. */
export async function tasksOf(ctx: Context, view: View): Promise<Task[]> {
  const { t } = view;
  const page = { limit: MOST, offset: 0, sort: { by: 'list', descending: true }, undecided: true } as const;
  const [runs, lists] = await Promise.all([
    may(ctx.actor, 'run.read') ? listRuns(ctx, page) : { items: [] },
    may(ctx.actor, 'retention.read') && seesWholeCity(ctx.actor) ? listRetentionLists(ctx, page) : { items: [] },
  ]);
  return [
    ...runs.items.map(({ run, state, tariff, scope, preparedBy }): Task => ({
      key: `run ${run}`, preparedBy, ready: state === 'draft', mine: may(ctx.actor, 'run.approve'), state: <RunState of={state} />,
      what: <><a href={at(RUN, { run })}>{t.run.one(run)}</a> <span class="soft">{tariff}, {scopeText(view, scope)}</span></>,
    })),
    ...lists.items.map(({ list, persons, preparedBy }): Task => ({
      key: `list ${list}`, preparedBy: preparedBy === null ? [] : [preparedBy], ready: true, mine: may(ctx.actor, 'person.erase'), state: <Status tone="warn">{t.run.states.draft}</Status>,
      what: <><a href={at('/retention-lists/:list', { list })}>{t.desk.retentionList(list)}</a> <span class="soft">{t.desk.persons(persons)}</span></>,
    })),
  ];
}

export function Tasks({ of }: { readonly of: readonly Task[] }): VNode {
  const { t, actor } = useView();
  const whoDecides = ({ ready, mine, preparedBy }: Task): VNode | string => {
    if (!ready) return t.desk.notReady;
    if (!mine) return t.desk.othersDecide;
    return preparedBy.includes(actor?.code ?? '') ? t.desk.ownHand : <strong>{t.desk.yours}</strong>;
  };
  return (
    <Section id="tasks" title={t.desk.tasks}>
      {of.length === 0 ? <p class="soft">{t.desk.noTasks}</p> : (
        <Table
          caption={t.desk.tasks} rows={of} keyOf={({ key }) => key}
          columns={[
            { key: 'what', words: t.desk.task, head: true, cell: ({ what }) => what },
            { key: 'state', words: t.run.state, cell: ({ state }) => state },
            { key: 'prepared', words: t.run.preparedBy, cell: ({ preparedBy }) => preparedBy.join(', ') },
            { key: 'decides', words: t.desk.decides, cell: whoDecides },
          ]}
        />
      )}
    </Section>
  );
}
