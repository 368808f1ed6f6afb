/** What was found out: the value on the asked day first, all that was ever recorded behind it. */
import type { VNode } from 'preact';
import type { Instant } from '../../platform/dates/instants.ts';
import type { PlainDate } from '../../platform/dates/plain.ts';
import type { Slot, Subject } from '../../platform/law/types.ts';
import type { DwellingRow, FactRow } from '../../stock/lists.ts';
import { at } from '../../web/address.ts';
import type { Happened } from '../../web/components/parts.tsx';
import { Empty, Section, Timeline } from '../../web/components/parts.tsx';
import { Moment, Span, Status } from '../../web/components/values.tsx';
import { mayHere, useView } from '../../web/view.ts';
import { SUBJECTS, fateOf, holding, shownFact, subjectCode } from './slots.ts';

interface Findings {
  readonly dwelling: DwellingRow;
  readonly facts: readonly FactRow[];
  readonly slots: readonly Slot[];
  readonly day: PlainDate;
  readonly knownAt: Instant;
}

export function FindingsPart({ of }: { readonly of: Findings }): VNode {
  const view = useView();
  const { t } = view;
  const { dwelling, facts, slots } = of;
  const record = mayHere(view, 'facts.write') ? <a class="button" href={at('/dwellings/:dwelling/findings/new', { dwelling: dwelling.dwelling })}>{t.dwelling.record}</a> : null;
  return (
    <Section id="findings" title={t.dwelling.findings} aside={record}>
      {facts.length === 0 ? <Empty title={t.dwelling.noFindings} /> : <p class="soft">{t.dwelling.findingsHelp}</p>}
      {SUBJECTS.map((subject) => {
        const those = slots.filter((slot) => slot.subject === subject && facts.some((fact) => fact.slot === slot.slot));
        return those.length === 0 ? null : <Group key={subject} subject={subject} slots={those} of={of} />;
      })}
    </Section>
  );
}

function Group({ subject, slots, of }: { readonly subject: Subject; readonly slots: readonly Slot[]; readonly of: Findings }): VNode {
  const { t } = useView();
  return (
    <>
      <h3>{t.dwelling.subjects[subject]} <span class="soft code">{subjectCode(of.dwelling, subject)}</span></h3>
      <ul class="findings">
        {slots.map((slot) => (
          <Finding key={slot.slot} slot={slot} of={of} />
        ))}
      </ul>
    </>
  );
}

function Finding({ slot, of: { dwelling: { dwelling }, facts, day, knownAt } }: { readonly slot: Slot; readonly of: Findings }): VNode {
  const view = useView();
  const { t, language } = view;
  const own = facts.filter((fact) => fact.slot === slot.slot);
  const now = holding(own, day, knownAt);
  const act = (path: string, words: string): VNode => <a href={at(path, { dwelling }, { slot: slot.slot })} aria-label={t.dwelling.of(words, slot.name)}>{words}</a>;
  return (
    <li id={`finding-${slot.slot}`}>
      <div class="row">
        <span class="name">{slot.name}</span>
        <span class="value">{now === null ? <span class="soft">{t.dwelling.notOn}</span> : <><strong>{shownFact(slot, now.value, language)}</strong> <span class="soft"><Span from={now.from} to={now.to} /></span></>}</span>
        {mayHere(view, 'facts.write') ? <span class="acts">{act('/dwellings/:dwelling/findings/new', t.dwelling.change)} {now === null ? null : act('/dwellings/:dwelling/findings/end', t.dwelling.end)}</span> : null}
      </div>
      <details>
        <summary>{t.dwelling.history(own.length)}</summary>
        <FindingHistory slot={slot} facts={own} dwelling={dwelling} />
      </details>
    </li>
  );
}

/** Everything ever recorded of a slot. */
export function FindingHistory({ slot, facts, dwelling }: { readonly slot: Slot; readonly facts: readonly FactRow[]; readonly dwelling: string }): VNode {
  const view = useView();
  const { t, language } = view;
  const happened = facts.map((fact, index): Happened => {
    const fate = fateOf(fact, facts);
    const to = at('/dwellings/:dwelling/findings/new', { dwelling }, { slot: slot.slot, from: fact.from, as: 'correction' });
    return {
      key: String(index), over: fate !== null, when: <Span from={fact.from} to={fact.to} />,
      what: (
        <>
          {shownFact(slot, fact.value, language)}
          {fate === null ? null : <> <Status tone="quiet">{t.dwelling[fate]}</Status></>}
          {fate === null && mayHere(view, 'facts.write') ? <> <a href={to} aria-label={t.dwelling.of(t.dwelling.correct, `${slot.name}, ${shownFact(slot, fact.value, language)}`)}>{t.dwelling.correct}</a></> : null}
        </>
      ),
      more: (
        <>
          {t.dwelling.recorded(fact.actor)}, <Moment of={fact.knownFrom} />: {fact.reason}
          {fact.evidence === null ? null : <> ({t.dwelling.evidence}: {fact.evidence})</>}
          {fate === null || fact.closedBy === null ? null : <><br />{t.dwelling.closed(t.dwelling[fate], fact.closedBy)}, <Moment of={fact.knownTo} />: {fact.closedReason}</>}
        </>
      ),
    };
  });
  return <Timeline label={t.dwelling.historyOf(slot.name)} of={happened} />;
}
