/** One declaration a page: what it is reached by, who may see it, what it shows; a form's page also says which command it gives. */
import type { z } from 'zod';
import type { Permission } from '../platform/access/roles.ts';
import type { Context } from '../platform/context.ts';
import type { Download } from '../platform/http/files.ts';
import type { NoFields, ParamsOf } from '../platform/http/route.ts';
import { z as zod } from 'zod';
import type { Answer, Done, DoneAnswer, Memory, PageAnswer, NavPlace, PageRoute, Shown, Visit } from './declared.ts';
import { declaredPage } from './declared.ts';
import type { FieldKinds } from './forms/kinds.ts';
import { readFilters } from './forms/filters.ts';
import type { FormState } from './forms/state.ts';
import { AGAIN, PREVIEW } from './forms/state.ts';
import { checkedForm, emptyForm, refusedForm, typedForm } from './forms/read.ts';
import type { View } from './view.ts';

export interface PageCall<P, Q> {
  readonly ctx: Context;
  readonly view: View;
  readonly params: P;
  readonly query: Q;
  /** What stands in the address as it was given, and what is wrong with it. */
  readonly filters: FormState;
  readonly memory: Memory;
}

export interface PageParts<Path extends string, P extends z.ZodObject, Q extends z.ZodObject> {
  /** `/leases/:lease` */
  readonly path: Path;
  readonly permission: Permission;
  readonly params?: P;
  /** What the address may carry; what is wrong in it is said beside its field, and the page shown without it. */
  readonly query?: Q;
  /** How the texts of the address become values; what is not named is taken as it stands. */
  readonly kinds?: FieldKinds;
}

/** A page that is looked at. */
export function page<const Path extends string, P extends z.ZodObject = NoFields, Q extends z.ZodObject = NoFields>(
  spec: PageParts<Path, P, Q> & ParamsOf<Path> & { readonly nav?: NavPlace; readonly show: (call: PageCall<z.output<P>, z.output<Q>>) => Shown | Promise<Shown> },
): readonly PageRoute[] {
  return [declaredPage({ ...wayOf(spec), method: 'GET', audit: null, nav: spec.nav ?? null, answer: (visit) => shownAt(visit, spec, spec.show) })];
}

/** A file that is fetched: the rows of a list, a statement. */
export function filePage<const Path extends string, P extends z.ZodObject = NoFields, Q extends z.ZodObject = NoFields>(
  spec: PageParts<Path, P, Q> & ParamsOf<Path> & { readonly make: (call: PageCall<z.output<P>, z.output<Q>>) => Download | Promise<Download> },
): readonly PageRoute[] {
  return [declaredPage({
    ...wayOf(spec), method: 'GET', audit: null, nav: null,
    answer: async (visit) => ({ kind: 'download', download: await spec.make(callOf(visit, spec)) }),
  })];
}

export interface FormParts<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  /** Event that its command writes; null for a question that no address may carry. */
  readonly audit: string | null;
  /** The command's own schema. */
  readonly body: B;
  readonly fields: FieldKinds;
  readonly nav?: NavPlace;
  /** What the fields hold at first. */
  readonly begin?: (call: PageCall<z.output<P>, z.output<Q>>) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly show: (call: PageCall<z.output<P>, z.output<Q>>, form: FormState<z.output<B>>) => Shown | Promise<Shown>;
  /** Where to go then, or the file that was asked for. */
  readonly submit: (call: PageCall<z.output<P>, z.output<Q>>, body: z.output<B>) => Done | Download | Promise<Done | Download>;
}

/**
 * A page with a form: GET shows it, POST to the same address gives the command. What is refused is shown at its field and in a summary
 * above, with everything that was typed.
 */
export function formPage<const Path extends string, B extends z.ZodType, P extends z.ZodObject = NoFields, Q extends z.ZodObject = NoFields>(
  spec: PageParts<Path, P, Q> & ParamsOf<Path> & FormParts<P, Q, B>,
): readonly PageRoute[] {
  type Call = PageCall<z.output<P>, z.output<Q>>;
  const begun = async (call: Call): Promise<FormState<z.output<B>>> => emptyForm(spec.fields, (await spec.begin?.(call)) ?? {});
  const show = async (call: Call, visit: Visit): Promise<Shown> => spec.show(call, visit.kept === null ? await begun(call) : emptyForm({}, visit.kept));
  return [
    declaredPage({ ...wayOf(spec), method: 'GET', audit: null, nav: spec.nav ?? null, answer: (visit) => shownAt(visit, spec, (call: Call) => show(call, visit)) }),
    declaredPage({
      ...wayOf(spec), method: 'POST', audit: spec.audit, nav: null,
      answer: async (visit) => {
        const call: Call = callOf(visit, spec);
        const again = async (form: FormState<z.output<B>>, status: number): Promise<PageAnswer> => ({ kind: 'page', status, shown: await spec.show(call, form) });
        if (visit.entries.has(AGAIN)) return again(typedForm(spec.fields, visit.entries), 200);
        const form = checkedForm(spec.body, spec.fields, visit.entries);
        const { value } = form;
        if (value === null) return again(form, 422);
        const attempt = async (work: () => Promise<Answer>): Promise<Answer> => {
          try {
            return await work();
          } catch (error) {
            const { refused, status } = refusedForm(form, error);
            if (refused === null) throw error;
            // Whatever the database did not take back is not lost either: the form stands there again as it was sent.
            return { ...await again(refused, status), refusal: error };
          }
        };
        // A look at the effect is refused like the command itself would be.
        if (visit.entries.has(PREVIEW)) return attempt(() => again({ ...form, previewed: true }, 200));
        if (visit.stale) return again({ ...form, value: null, summary: call.view.t.form.stale }, 409);
        return attempt(async () => answerOf(await spec.submit(call, value)));
      },
    }),
  ];
}

function answerOf(given: Done | Download): Answer {
  return 'write' in given ? { kind: 'download', download: given } : { kind: 'done', done: given };
}

/** A command that needs no more than a button: POST alone. `back` is where its refusal is told. */
export function actionPage<const Path extends string, B extends z.ZodType, P extends z.ZodObject = NoFields>(
  spec: PageParts<Path, P, NoFields> & ParamsOf<Path> & {
    readonly audit: string;
    readonly body: B;
    readonly fields: FieldKinds;
    readonly back: (params: z.output<P>) => string;
    readonly submit: (call: PageCall<z.output<P>, Record<string, never>>, body: z.output<B>) => Done | Promise<Done>;
  },
): readonly PageRoute[] {
  return [declaredPage({
    ...wayOf(spec), method: 'POST', audit: spec.audit, nav: null,
    answer: async (visit) => {
      const call: PageCall<z.output<P>, Record<string, never>> = callOf(visit, spec);
      const to = spec.back(call.params);
      const told = (words: string): DoneAnswer => ({ kind: 'done', done: { to, notice: { kind: 'bad', words } } });
      if (visit.stale) return told(call.view.t.form.staleButton);
      const form = checkedForm(spec.body, spec.fields, visit.entries);
      if (form.value === null) return told([...new Set(Object.values(form.errors))].join(' '));
      try {
        return { kind: 'done', done: await spec.submit(call, form.value) };
      } catch (error) {
        const { refused } = refusedForm(form, error);
        if (refused?.summary == null) throw error;
        return { ...told([refused.summary, ...Object.values(refused.errors)].join(' ')), refusal: error };
      }
    },
  })];
}

type Way = Pick<PageRoute, 'path' | 'permission' | 'params'>;

export function wayOf({ path, permission, params }: { path: string; permission: Permission; params?: z.ZodObject | undefined }): Way {
  return { path, permission, params: params ?? zod.strictObject({}) };
}

interface Reading {
  readonly params?: z.ZodObject | undefined;
  readonly query?: z.ZodObject | undefined;
  readonly kinds?: FieldKinds | undefined;
}

export function callOf<P, Q>(visit: Visit, spec: Reading): PageCall<P, Q> {
  const { query, filters } = readFilters(spec.query ?? zod.strictObject({}), spec.kinds ?? {}, visit.query);
  return { ctx: visit.ctx, view: visit.view, params: visit.params as P, query: query as Q, filters, memory: visit.memory };
}

export async function shownAt<P, Q>(visit: Visit, spec: Reading, show: (call: PageCall<P, Q>) => Shown | Promise<Shown>): Promise<Answer> {
  const call = callOf<P, Q>(visit, spec);
  return { kind: 'page', status: Object.keys(call.filters.errors).length > 0 ? 422 : 200, shown: await show(call) };
}
