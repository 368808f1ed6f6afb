/** One event: what, who, when, before and after; what it says of a person only to who asks for it. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { readPersonal } from '../../platform/audit/personal-read.ts';
import type { FoundEvent } from '../../platform/audit/search.ts';
import { readEvent } from '../../platform/audit/search.ts';
import { said } from '../../platform/problem-texts.ts';
import { at } from '../../web/address.ts';
import { ActionButton } from '../../web/components/form-marks.tsx';
import { Note, Section } from '../../web/components/parts.tsx';
import { Facts, Moment } from '../../web/components/values.tsx';
import type { Crumb } from '../../web/declared.ts';
import { lookPage } from '../../web/given.ts';
import { page } from '../../web/page.ts';
import type { View } from '../../web/view.ts';
import { mayHere, useView } from '../../web/view.ts';
import { AUDIT, EVENT, PERSONAL } from './addresses.ts';
import type { Names } from './names.ts';
import { namesIn } from './names.ts';
import { Actor, Targets, eventWords } from './things.tsx';
import { Change, Told, fieldWords } from './told.tsx';

const eventParams = z.strictObject({ event: z.string().regex(/^\d{1,18}$/, said('number_of_event')) });

const crumbsOf = ({ t }: View, event?: string): Crumb[] => [{ to: AUDIT, words: t.trail.heading }, ...(event === undefined ? [] : [{ to: at(EVENT, { event }), words: t.trail.title(event) }])];

/** Whether days in it are both within: those somebody asked for in the trail. */
const inclusiveIn = ({ event }: FoundEvent): boolean => event.startsWith('audit.');

const eventPages = page({
  path: EVENT, permission: 'audit.read', params: eventParams,
  show: async ({ ctx, view, params: { event: number } }) => {
    const event = await readEvent(ctx, number);
    const names = await namesIn(ctx.db, [event]);
    const { personal, ...details } = event.details;
    return {
      title: view.t.trail.title(number), crumbs: crumbsOf(view),
      body: (
        <>
          <Head of={event} names={names} />
          <Section id="change" title={view.t.trail.change}>
            {event.before === null && event.after === null ? <p>{view.t.trail.noChange}</p> : <Change before={event.before} after={event.after} inclusive={inclusiveIn(event)} />}
          </Section>
          {Object.keys(details).length === 0 ? null : <Section id="more" title={view.t.trail.more}><More of={details} inclusive={inclusiveIn(event)} /></Section>}
          {personal === undefined ? null : <Personal event={number} />}
        </>
      ),
    };
  },
});

function Head({ of: event, names }: { readonly of: FoundEvent; readonly names: Names }): VNode {
  const view = useView();
  const { t } = view;
  const { seal, request, actor } = event;
  return (
    <Facts
      of={[
        [t.trail.what, <strong>{eventWords(event.event, view)}</strong>],
        [t.trail.actor, <><Actor of={actor} names={names} /> <a class="small" href={at(AUDIT, {}, { actor })}>{t.trail.sameActor}</a></>],
        [t.trail.when, <Moment of={event.at} />],
        [t.trail.about, <Targets of={event.targets} names={names} internal />],
        [t.trail.code, <span class="code">{event.event}</span>],
        ...(request === null ? [] : [[t.trail.request, <><code class="hash">{request}</code> <a class="small" href={at(AUDIT, {}, { request })}>{t.trail.sameRequest}</a></>] as const]),
        ...(seal === null ? [[t.trail.seal, t.trail.notSealed] as const] : [
          [t.trail.sealPlace, seal.place] as const, [t.trail.sealedAt, <Moment of={seal.sealedAt} />] as const, [t.trail.hash, <code class="hash">{seal.hash}</code>] as const,
        ]),
      ]}
    />
  );
}

function More({ of, inclusive }: { readonly of: Readonly<Record<string, unknown>>; readonly inclusive: boolean }): VNode {
  const view = useView();
  return <Facts of={Object.entries(of).map(([name, value]) => [fieldWords(name, view), <Told of={value} field={name} inclusive={inclusive} />])} />;
}

function Personal({ event }: { readonly event: string }): VNode {
  const view = useView();
  const { t } = view;
  return (
    <Section id="personal" title={t.trail.personal}>
      {mayHere(view, 'pesel.read') ? <><p>{t.trail.personalHelp}</p><ActionButton to={at(PERSONAL, { event })} words={t.trail.personalShow} /></> : <p>{t.trail.personalNot}</p>}
    </Section>
  );
}

/** Only in answer to a button: every look is an event. */
const personalPages = lookPage({
  path: PERSONAL, permission: 'audit.read', audit: 'audit.personal_read', params: eventParams, back: ({ event }) => at(EVENT, { event }),
  show: async ({ ctx, view, params: { event } }) => {
    const { t } = view;
    const { personal } = await readPersonal(ctx, event);
    const { before, after, ...rest } = personal ?? {};
    return {
      title: t.trail.personalTitle(event), crumbs: crumbsOf(view, event),
      body: (
        <>
          {personal === null ? <Note><p>{t.trail.personalGone}</p></Note> : <More of={rest} inclusive={false} />}
          {before === undefined && after === undefined ? null : <Change before={before ?? null} after={after ?? null} inclusive={false} />}
          <p><a href={at(EVENT, { event })}>{t.trail.personalBack}</a></p>
        </>
      ),
    };
  },
});

export const trailEventPages = [...eventPages, ...personalPages];
