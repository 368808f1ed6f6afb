/** Looking into the trail. The question is posted, so that what is refused never stood in an address; what is right then stands there. */
import type { VNode } from 'preact';
import type { FoundEvent, FoundPage } from '../../platform/audit/search.ts';
import { searchTrail } from '../../platform/audit/search.ts';
import { at, changed } from '../../web/address.ts';
import { ChoiceField, CommandForm, DayField, TextField } from '../../web/components/fields.tsx';
import type { Option } from '../../web/components/fields.tsx';
import { Empty } from '../../web/components/parts.tsx';
import { Table } from '../../web/components/table.tsx';
import { Moment, Status } from '../../web/components/values.tsx';
import type { FormState } from '../../web/forms/state.ts';
import { formPage } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { useView } from '../../web/view.ts';
import { AUDIT, EVENT } from './addresses.ts';
import { addressKinds, addressOf, addressQuery, fieldsOf, formOfAddress, questionFields, questionInput } from './asked.ts';
import type { Names } from './names.ts';
import { namesIn, targetInTrail } from './names.ts';
import { TrailTabs } from './tabs.tsx';
import { Actor, SOUGHT, Targets, eventWords, kindWords } from './things.tsx';

export const trailSearchPages = formPage({
  path: AUDIT, permission: 'audit.read', audit: null, nav: { place: 90, words: ({ t }) => t.trail.heading, wholeCity: true },
  query: addressQuery, kinds: addressKinds, body: questionInput, fields: questionFields, begin: ({ filters }) => fieldsOf(filters),
  show: async ({ ctx, view: { t }, query, filters }, form) => {
    // What the form was refused for is mended first: a question that was not asked finds nothing.
    const refused = form.summary !== null;
    const { target, ...rest } = query;
    const found = refused ? null : await searchTrail(ctx, { ...rest, ...(target === undefined ? {} : { target: await targetInTrail(ctx.db, target) }) });
    const names = found === null ? null : await namesIn(ctx.db, found.items);
    return {
      title: t.trail.heading, wide: true,
      body: (
        <>
          <TrailTabs here={AUDIT} />
          <p class="soft">{t.trail.noted}</p>
          <QuestionPart form={refused ? form : formOfAddress(form, filters)} open={refused || Object.keys(filters.values).length > 0} />
          {found === null || names === null ? null : <Found of={found} names={names} />}
        </>
      ),
    };
  },
  submit: (_, question) => ({ to: addressOf(question) }),
});

/** Names of events under the heading of their kind, each kind as a whole first. */
function eventOptions(view: View): Option[] {
  const { t } = view;
  return Object.entries(t.trail.groups).flatMap(([group, words]) => [
    { value: `${group}.*`, words: t.trail.whole(words), group: words },
    ...Object.keys(t.trail.names).filter((name) => name.startsWith(`${group}.`)).map((name) => ({ value: name, words: eventWords(name, view), group: words })),
  ]);
}

function QuestionPart({ form, open }: { readonly form: FormState; readonly open: boolean }): VNode {
  const view = useView();
  const { t } = view;
  return (
    <details class="filters" open={open}>
      <summary>{t.trail.question}</summary>
      <CommandForm state={form} to={AUDIT}>
        <div class="fields">
          <DayField name="from" label={t.trail.from} />
          <DayField name="to" label={t.trail.to} />
          <TextField name="actor" label={t.trail.actor} hint={t.trail.actorHint} maxLength={100} />
          <ChoiceField name="event" label={t.trail.event} any={t.trail.eventAny} options={eventOptions(view)} />
          <ChoiceField name="target.kind" label={t.trail.targetKind} any={t.trail.targetAny} options={SOUGHT.map((kind) => ({ value: kind, words: kindWords(kind, view) }))} />
          <TextField name="target.id" label={t.trail.targetId} hint={t.trail.targetIdHint} maxLength={100} />
          <TextField name="request" label={t.trail.request} maxLength={64} />
          <ChoiceField name="order" label={t.trail.order} options={[{ value: 'newest', words: t.trail.newest }, { value: 'oldest', words: t.trail.oldest }]} />
        </div>
        <p class="buttons"><button type="submit" class="main">{t.trail.ask}</button><a href={AUDIT}>{t.trail.all}</a></p>
      </CommandForm>
    </details>
  );
}

function Found({ of: { items, next }, names }: { readonly of: FoundPage; readonly names: Names }): VNode {
  const { t, address } = useView();
  const further = next === null ? null : changed(address, { after: next });
  const begun = new URLSearchParams(address.split('?')[1] ?? '').has('after');
  return (
    <>
      <p class="count" role="status">{items.length === 0 ? t.trail.none : t.trail.shown(items.length)}</p>
      {items.length === 0 ? <Empty title={t.trail.none}><p>{t.trail.noneHelp}</p><p><a href={AUDIT}>{t.trail.all}</a></p></Empty> : <Events of={items} names={names} />}
      {further === null && !begun ? null : (
        <nav class="pager" aria-label={t.trail.pages}>
          <ul>
            {begun ? <li><a href={changed(address, { after: null })}>{t.trail.begin}</a></li> : null}
            {further === null ? null : <li><a href={further}>{t.trail.next}</a></li>}
          </ul>
        </nav>
      )}
    </>
  );
}

function Events({ of, names }: { readonly of: readonly FoundEvent[]; readonly names: Names }): VNode {
  const view = useView();
  const { t } = view;
  return (
    <Table
      caption={t.trail.search} rows={of} keyOf={({ id }) => id}
      columns={[
        { key: 'when', words: t.trail.when, head: true, cell: ({ id, at: moment }) => <a href={at(EVENT, { event: id })}><Moment of={moment} /></a> },
        { key: 'who', words: t.trail.actor, cell: ({ actor }) => <Actor of={actor} names={names} /> },
        { key: 'what', words: t.trail.event, cell: ({ event }) => eventWords(event, view) },
        { key: 'about', words: t.trail.about, cell: ({ targets }) => <Targets of={targets} names={names} /> },
        { key: 'seal', words: t.trail.seal, cell: ({ seal }) => (seal === null ? <Status tone="quiet">{t.trail.waits}</Status> : t.trail.sealed(seal.place)) },
      ]}
    />
  );
}
