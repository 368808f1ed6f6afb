/**
 * Events that tell a head of the chain: whoever verified, exported or pruned noted it. Somebody who takes an event away and seals all
 * later ones anew contradicts them, for the heads they tell are no links any more.
 */
import type { Queryable } from '../database/connect.ts';
import { rows } from '../database/connect.ts';

const PAGE = 500;

/**
 * Sealed events of the chain whose head is no link before them. A head may have gone with the links of before a checkpoint: that is
 * believed of an event which tells such a place, or tells none and is older than the checkpoint.
 */
const CONTRADICTED = `
  with told as (
    select w.place as own, e.id, e.at, e.details->>(case e.event when 'audit.prune' then 'hash' else 'head' end) as head,
      case e.event when 'audit.prune' then e.targets->>'checkpoint' when 'audit.export' then e.details->>'last' else e.details->>'place' end as place
    from audit_events e join audit_seals w on w.event_id = e.id
    where e.event = any (array['audit.verify', 'audit.export', 'audit.prune']) and w.place > :after),
  latest as (select place, at from audit_checkpoints order by place desc limit 1)
  select t.own as place, t.id from told t left join latest c on true
  where t.head ~ '^[0-9a-f]{64}$'
    and not exists (select 1 from audit_seals s where s.hash = decode(t.head, 'hex') and s.place < t.own and (t.place is null or s.place::text = t.place))
    and not exists (select 1 from audit_checkpoints k where k.hash = decode(t.head, 'hex'))
    and not (c.place is not null and case when t.place ~ '^[0-9]{1,18}$' then t.place::bigint <= c.place else t.at <= c.at end)
  order by t.own limit :limit`;

/** Numbers of events that contradict the chain, in its order, a page in memory at a time. */
export async function* contradictions(db: Queryable): AsyncGenerator<string> {
  let after = '0';
  for (;;) {
    const found = await rows<{ place: string; id: string }>(db, CONTRADICTED, { after, limit: PAGE });
    for (const { id } of found) yield id;
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return;
    after = last.place;
  }
}
