/** A page that is given in answer to a button alone: what is shown to nobody by the way. */
import type { z } from 'zod';
import type { NoFields, ParamsOf } from '../platform/http/route.ts';
import type { PageRoute, Shown } from './declared.ts';
import { declaredPage } from './declared.ts';
import type { PageCall, PageParts } from './page.ts';
import { callOf, wayOf } from './page.ts';

/**
 * POST alone, and every one of them an event of the audit trail. Nothing of the answer is kept: whoever loads its address again gets the
 * page without it.
 */
export function lookPage<const Path extends string, P extends z.ZodObject = NoFields>(
  spec: PageParts<Path, P, NoFields> & ParamsOf<Path> & {
    readonly audit: string;
    /** Where one is sent whose button comes from an earlier session. */
    readonly back: (params: z.output<P>) => string;
    readonly show: (call: PageCall<z.output<P>, Record<string, never>>) => Shown | Promise<Shown>;
  },
): readonly PageRoute[] {
  return [declaredPage({
    ...wayOf(spec), method: 'POST', audit: spec.audit, nav: null,
    answer: async (visit) => {
      const call: PageCall<z.output<P>, Record<string, never>> = callOf(visit, spec);
      if (visit.stale) return { kind: 'done', done: { to: spec.back(call.params), notice: { kind: 'bad', words: call.view.t.form.staleButton } } };
      return { kind: 'page', status: 200, shown: await spec.show(call) };
    },
  })];
}
