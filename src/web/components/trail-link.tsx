/** The way from a thing to what was done with it. */
import type { VNode } from 'preact';
import { seesWholeCity } from '../../platform/access/scope.ts';
import { at } from '../address.ts';
import { mayHere, useView } from '../view.ts';

/** For whoever reads the trail; nothing for the others. `id` is a number or code, never a name. */
export function TrailLink({ kind, id }: { readonly kind: string; readonly id: string }): VNode | null {
  const view = useView();
  if (view.actor === null || !mayHere(view, 'audit.read') || !seesWholeCity(view.actor)) return null;
  return <p class="small"><a href={at('/audit', {}, { target: `${kind}:${id}` })}>{view.t.trail.whoAndWhen}</a></p>;
}
