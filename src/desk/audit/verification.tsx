/** How the trail stands, and the chain looked at on demand: the work goes on whoever closes the page, and its result stands here. */
import type { VNode } from 'preact';
import type { LatestVerification, Verification } from '../../platform/audit/verification.ts';
import { latestVerification, startVerification, verificationInput } from '../../platform/audit/verification.ts';
import { requireTrail } from '../../platform/audit/scope.ts';
import type { TrailState } from '../../platform/audit/state.ts';
import { trailState } from '../../platform/audit/state.ts';
import { Buttons, CommandForm, TextField } from '../../web/components/fields.tsx';
import { Failed } from '../../web/components/failed.tsx';
import { Note, Progress, Section } from '../../web/components/parts.tsx';
import { Facts, Moment, Num, Status } from '../../web/components/values.tsx';
import { text } from '../../web/forms/kinds.ts';
import * as format from '../../web/format.ts';
import { formPage } from '../../web/page.ts';
import { useView } from '../../web/view.ts';
import { AUDIT, VERIFICATION } from './addresses.ts';
import { TrailTabs } from './tabs.tsx';

/** The part of the page that changes while the chain is read. */
const PART = 'verified';

export const verificationPages = formPage({
  path: VERIFICATION, permission: 'audit.read', audit: 'audit.verify', body: verificationInput, fields: { head: text },
  show: async ({ ctx, view: { t } }, form) => {
    requireTrail(ctx);
    const latest = await latestVerification(ctx);
    const state = await trailState(ctx.db);
    return {
      title: t.trail.stateTitle, crumbs: [{ to: AUDIT, words: t.trail.heading }],
      body: (
        <>
          <TrailTabs here={VERIFICATION} />
          <div id={PART}>
            <State of={state} />
            {latest === null ? null : <Latest of={latest} />}
          </div>
          <Section id="verify" title={t.trail.verifyTitle}>
            <CommandForm state={form} to={VERIFICATION}>
              <p>{t.trail.verifyHelp}</p>
              <TextField name="head" label={t.trail.head} hint={t.trail.headHint} maxLength={80} optional />
              <Buttons save={t.trail.verify} />
            </CommandForm>
          </Section>
        </>
      ),
    };
  },
  submit: async ({ ctx }, body) => {
    await startVerification(ctx, body);
    return { to: VERIFICATION };
  },
});

function State({ of: { events, oldest, newest, waiting, sealed, checkpoint, guarded, verified } }: { readonly of: TrailState }): VNode {
  const { t, language } = useView();
  return (
    <Facts
      of={[
        [t.trail.events, <Num of={events} />],
        [t.trail.oldestEvent, <Moment of={oldest} />],
        [t.trail.newestEvent, <Moment of={newest} />],
        [t.trail.sealedUntil, sealed === null ? t.trail.nothingSealed : <><Moment of={sealed.sealedAt} />, {t.trail.sealedUntilWords(sealed.place)}</>],
        [t.trail.waiting, <Num of={waiting} />],
        [t.trail.checkpoint, checkpoint === null ? t.trail.checkpointWhole : t.trail.checkpointCut(format.number(checkpoint.removed, language), format.day(checkpoint.before, language))],
        [t.trail.guarded, guarded ? t.trail.guardedYes : <strong>{t.trail.guardedNo}</strong>],
        [t.trail.verified, verified === null ? t.trail.verifiedNever : <><Moment of={verified.at} />, {verified.by}: <Status tone={verified.sound ? 'good' : 'bad'}>{verified.sound ? t.trail.sound : t.trail.broken(verified.faults)}</Status></>],
      ]}
    />
  );
}

function Latest({ of: { operation: { state, done, total, problem }, found } }: { readonly of: LatestVerification }): VNode {
  const { t } = useView();
  return (
    <Section id="result" title={t.trail.result}>
      {state === 'running' ? (
        <>
          <Progress done={Number(done)} total={total === null ? null : Number(total)} words={t.trail.running} running address={VERIFICATION} part={PART} />
          <p class="soft">{t.trail.runningHelp}</p>
          <noscript><p><a href={VERIFICATION}>{t.trail.refresh}</a></p></noscript>
        </>
      ) : null}
      {state === 'void' ? <Note tone="bad"><p>{t.trail.interrupted}</p></Note> : null}
      {state === 'failed' ? <Failed problem={problem}>{t.trail.failed}</Failed> : null}
      {found === null ? null : <Result of={found} />}
    </Section>
  );
}

function Result({ of: { sound, sealed, head, headKnown, faults, faultCount } }: { readonly of: Verification }): VNode {
  const { t, language } = useView();
  return (
    <>
      <Note tone={sound ? 'good' : 'bad'}>
        <p><strong>{sound ? t.trail.resultSound(format.number(sealed, language)) : t.trail.resultBroken}</strong></p>
        {headKnown === null ? null : <p>{headKnown ? t.trail.headKnown : t.trail.headUnknown}</p>}
        {faults.length === 0 ? null : <ul>{faults.map(({ fault, id, to }) => <li key={`${fault} ${id}`}>{t.trail.faults[fault](id, to ?? id)}</li>)}</ul>}
        {faultCount > faults.length ? <p>{t.trail.faultsMore(format.number(faultCount - faults.length, language))}</p> : null}
      </Note>
      {head === '' ? null : <><p>{t.trail.resultHead}</p><p class="secret"><code>{head}</code></p></>}
    </>
  );
}
