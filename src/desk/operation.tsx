/** Any long work: how far it is, what became of it, and where its result stands. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { mayFollow } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { OperationView } from '../platform/operations.ts';
import { findOperation, reapOperations } from '../platform/operations.ts';
import { may } from '../platform/access/roles.ts';
import { runOfOperation } from '../rents/runs/of-operation.ts';
import { at } from '../web/address.ts';
import { Failed } from '../web/components/failed.tsx';
import { Note, Progress } from '../web/components/parts.tsx';
import { Facts, Moment, Status } from '../web/components/values.tsx';
import type { Tone } from '../web/components/values.tsx';
import { page } from '../web/page.ts';
import type { View } from '../web/view.ts';
import { useView } from '../web/view.ts';
import { said } from '../platform/problem-texts.ts';

const PATH = '/operations/:operation';

interface Onward {
  readonly to: string;
  readonly words: string;
}

export const operationPages = page({
  path: PATH, permission: 'operation.read', params: z.strictObject({ operation: z.string().regex(/^\d{1,18}$/, said('number_of_operation')) }),
  show: async ({ ctx, view, params: { operation: id } }) => {
    // An operation whose process died says so to whoever asks.
    await reapOperations(ctx);
    const operation = await findOperation(ctx.db, id);
    if (operation === null || !mayFollow(ctx, operation)) throw new DomainError('not found', 'operation_unknown', { operation: id });
    const onward = await onwardOf(ctx, view, operation);
    return { title: view.t.operation.title(id), body: <Work of={operation} onward={onward} /> };
  },
});

/** Where its result is shown, by its kind. */
async function onwardOf(ctx: Context, { t }: View, { id, kind }: OperationView): Promise<Onward | null> {
  if (kind === 'import') return { to: at('/files/imports/:operation', { operation: id }), words: t.operation.toImport };
  if (kind === 'audit_verification') return may(ctx.actor, 'audit.read') ? { to: '/audit/verification', words: t.operation.toTrail } : null;
  if (kind !== 'recalculation' || !may(ctx.actor, 'run.read')) return null;
  const run = await runOfOperation(ctx, id);
  return run === null ? null : { to: at('/runs/:run', { run }), words: t.operation.toRun };
}

const TONES: Readonly<Record<OperationView['state'], Tone>> = { running: 'info', done: 'good', failed: 'bad', void: 'warn' };

function Work({ of, onward }: { readonly of: OperationView; readonly onward: Onward | null }): VNode {
  const { t } = useView();
  const { kind, state, actor, startedAt, finishedAt } = of;
  return (
    <div id="operation">
      <Facts
        of={[
          [t.operation.kind, t.operation.kinds[kind] ?? kind],
          [t.operation.state, <Status tone={TONES[state]}>{t.operation.states[state]}</Status>],
          [t.operation.actor, actor],
          [t.operation.startedAt, <Moment of={startedAt} />],
          ...(finishedAt === null ? [] : [[t.operation.finishedAt, <Moment of={finishedAt} />] as const]),
        ]}
      />
      <Became of={of} />
      {onward === null ? null : <p><a class={state === 'done' ? 'button main' : undefined} href={onward.to}>{onward.words}</a></p>}
    </div>
  );
}

function Became({ of: { id, state, done, total, message, problem } }: { readonly of: OperationView }): VNode {
  const { t } = useView();
  const address = at(PATH, { operation: id });
  switch (state) {
    case 'running':
      return (
        <>
          <Progress done={Number(done)} total={total === null ? null : Number(total)} words={message ?? t.operation.working} running address={address} part="operation" />
          <p>{t.operation.leaveOpen}</p>
          <p><a href={address}>{t.operation.refresh}</a></p>
        </>
      );
    case 'done':
      return <Note tone="good"><p>{t.operation.done}</p></Note>;
    case 'void':
      return <Note tone="bad"><p>{t.operation.interrupted}</p></Note>;
    case 'failed':
      return <Failed problem={problem}>{message ?? t.operation.states.failed}</Failed>;
  }
}
