/** A page with a form that brings a file. */
import type { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import type { SentFile } from '../platform/http/multipart.ts';
import type { NoFields, ParamsOf } from '../platform/http/route.ts';
import type { Answer, Done, PageAnswer, PageRoute, Shown, Visit } from './declared.ts';
import { declaredPage } from './declared.ts';
import { checkedForm, emptyForm, refusedForm } from './forms/read.ts';
import type { FormState } from './forms/state.ts';
import type { FormParts, PageCall, PageParts } from './page.ts';
import { callOf, shownAt, wayOf } from './page.ts';

export interface UploadParts<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends Omit<FormParts<P, Q, B>, 'submit'> {
  /** Name of the file's field, which must stand last in the form: the file is read when everything before it is known to be right. */
  readonly file: string;
  /** Largest file, bytes. */
  readonly fileLimit: number;
  /** What is said where none was chosen: a code of the problems. */
  readonly missing: string;
  readonly submit: (call: PageCall<z.output<P>, z.output<Q>>, body: z.output<B>, file: SentFile) => Done | Promise<Done>;
}

/**
 * GET shows the form, POST gives the command with the file. Nothing of the file is read for whoever is not signed in, may not, comes from
 * an earlier session, or has a field wrong. What is refused is shown as on any form; the file alone has to be chosen again.
 */
export function uploadPage<const Path extends string, B extends z.ZodType, P extends z.ZodObject = NoFields, Q extends z.ZodObject = NoFields>(
  spec: PageParts<Path, P, Q> & ParamsOf<Path> & UploadParts<P, Q, B>,
): readonly PageRoute[] {
  type Call = PageCall<z.output<P>, z.output<Q>>;
  type Form = FormState<z.output<B>>;
  const show = async (call: Call, { kept }: Visit): Promise<Shown> => spec.show(call, emptyForm(spec.fields, kept ?? (await spec.begin?.(call)) ?? {}));
  const answer = async (visit: Visit): Promise<Answer> => {
    const call: Call = callOf(visit, spec);
    const again = async (form: Form, status: number): Promise<PageAnswer> => ({ kind: 'page', status, shown: await spec.show(call, form) });
    const read = checkedForm(spec.body, spec.fields, visit.entries);
    const form: Form = { ...read, values: { ...read.values, [spec.file]: [] } };
    if (form.value === null) return again(form, 422);
    if (visit.stale) return again({ ...form, value: null, summary: call.view.t.form.stale }, 409);
    try {
      if (visit.file?.field !== spec.file) throw new DomainError('invalid', spec.missing, {}, [{ field: spec.file, code: spec.missing }]);
      return { kind: 'done', done: await spec.submit(call, form.value, visit.file) };
    } catch (error) {
      const { refused, status } = refusedForm(form, error);
      if (refused === null) throw error;
      return { ...await again(refused, status), refusal: error };
    }
  };
  return [
    declaredPage({ ...wayOf(spec), method: 'GET', audit: null, nav: spec.nav ?? null, answer: (visit) => shownAt(visit, spec, (call: Call) => show(call, visit)) }),
    declaredPage({ ...wayOf(spec), method: 'POST', audit: spec.audit, nav: null, fileLimit: spec.fileLimit, answer }),
  ];
}
