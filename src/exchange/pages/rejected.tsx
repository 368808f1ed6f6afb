/** The rejected rows of an import: the first on the page, all as the file to mend and send again. */
import type { VNode } from 'preact';
import type { Context } from '../../platform/context.ts';
import { may } from '../../platform/access/roles.ts';
import type { OperationView } from '../../platform/operations.ts';
import type { ToldReject } from '../../platform/tabular/index.ts';
import { firstRejects } from '../../platform/tabular/index.ts';
import { at } from '../../web/address.ts';
import { Section } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { useView } from '../../web/view.ts';
import type { ImportReport } from '../import.ts';
import { areKept, areSealed, readRejects } from '../rejects.ts';

/** Rows told on the page. */
const TOLD = 100;

export type Rejects =
  | { readonly kind: 'none' | 'gone' | 'not for you' }
  /** In the file alone. */
  | { readonly kind: 'sealed' }
  | { readonly kind: 'told'; readonly first: readonly ToldReject[] };

/** What of the rejected rows whoever looks is shown. */
export async function rejectsToShow(ctx: Context, { actor }: OperationView, { rejectsFile }: ImportReport): Promise<Rejects> {
  if (rejectsFile === null) return { kind: 'none' };
  if (!may(ctx.actor, 'import')) return { kind: 'not for you' };
  if (!(await areKept(rejectsFile))) return { kind: 'gone' };
  if (areSealed(rejectsFile)) return { kind: actor === ctx.actor.code || may(ctx.actor, 'pesel.read') ? 'sealed' : 'not for you' };
  return { kind: 'told', first: await firstRejects(readRejects(ctx.secrets, rejectsFile) as AsyncIterable<Uint8Array>, TOLD) };
}

export function Rejected({ of: { rejected, dryRun, sheet }, operation, rejects }: { readonly of: ImportReport; readonly operation: string; readonly rejects: Rejects }): VNode | null {
  const { t } = useView();
  if (rejects.kind === 'none') return null;
  const given = rejects.kind === 'told' || rejects.kind === 'sealed';
  return (
    <Section id="rejected" title={t.files.rejected}>
      {given ? <p>{dryRun ? t.files.rejectedIntro : t.files.rejectedDone}</p> : <p>{rejects.kind === 'gone' ? t.files.rejectedGone : t.files.rejectedNotYours}</p>}
      {rejects.kind === 'sealed' ? <p class="soft">{t.files.rejectedSealed}</p> : null}
      {given ? (
        <p class="buttons spaced">
          <a href={at('/files/imports/:operation/rejects', { operation })} download>{t.files.rejectedGet(rejected)}</a>
          <a href={at('/files/:sheet/import', { sheet })}>{t.files.againMended}</a>
        </p>
      ) : null}
      {rejects.kind === 'told' ? <Told first={rejects.first} all={rejected} /> : null}
    </Section>
  );
}

/** Every flaw of a row is a line of its own. */
function Told({ first, all }: { readonly first: readonly ToldReject[]; readonly all: number }): VNode {
  const { t } = useView();
  const flaws = first.flatMap(({ line, flaws: of }) => of.map(({ column, reason }, index) => ({ key: `${line}-${index}`, line, column, reason })));
  return (
    <>
      {first.length < all ? <p class="soft">{t.files.rejectedFirst(first.length, all)}</p> : null}
      <Table
        caption={t.files.rejected} rows={flaws} keyOf={({ key }) => key}
        columns={[
          { key: 'line', words: t.files.line, head: true, cell: ({ line }) => line },
          { key: 'column', words: t.files.column, cell: ({ column }) => (column === '' ? t.files.wholeRow : <span class="code">{column}</span>) },
          { key: 'reason', words: t.files.reason, cell: ({ reason }) => reason },
        ]}
      />
    </>
  );
}
