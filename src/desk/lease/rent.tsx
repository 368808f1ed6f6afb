/** Both rents of a day side by side, and the statements they came from. */
import type { VNode } from 'preact';
import { dec, fixed2 } from '../../platform/money.ts';
import { at } from '../../web/address.ts';
import { Figures, Note } from '../../web/components/parts.tsx';
import { StatementView } from '../../web/components/statement.tsx';
import { Money, Num, Signed, Span } from '../../web/components/values.tsx';
import { mayHere, useView } from '../../web/view.ts';
import type { Asked } from './asked.ts';

export function AskedRent({ asked }: { readonly asked: Asked }): VNode {
  const { t } = useView();
  if (asked.rent === null) {
    return (
      <Note>
        <p>
          <strong>{t.rent.notOn}</strong>
        </p>
        <p>{asked.why}</p>
      </Note>
    );
  }
  const { inForce, calculated } = asked.rent;
  const difference = inForce === null || calculated === null ? null : fixed2(dec(calculated.amount).minus(dec(inForce.amount)));
  return (
    <>
      <Figures
        of={[
          { name: t.rent.inForce, value: inForce === null ? t.common.none : <Money of={inForce.amount} />, more: inForce === null ? t.rent.none : <Origin of={inForce} /> },
          {
            name: t.rent.calculated,
            value: calculated === null ? t.common.none : <Money of={calculated.amount} />,
            more: calculated === null ? t.rent.missing : <><Num of={calculated.rate} unit="zł/m²" places={2} /> × <Num of={calculated.area} unit="m²" places={2} />, {asked.rent.tariff}</>,
          },
          ...(difference === null ? [] : [{ name: t.rent.difference, value: <Signed of={difference} unit="zł" /> }]),
        ]}
      />
      {asked.missing.length === 0 ? null : (
        <Note tone="bad">
          <p>
            <strong>{t.rent.missing}</strong>
          </p>
          <ul>
            {asked.missing.map(({ what, name }) => (
              <li key={what}>{name}</li>
            ))}
          </ul>
        </Note>
      )}
      {inForce === null ? null : (
        <>
          <h3>{t.rent.statementInForce}</h3>
          {asked.inForce === null ? <Note>{t.rent.noStatement}</Note> : <StatementView name="in-force" of={asked.inForce} label={t.rent.statementInForce} />}
        </>
      )}
      {asked.calculated === null ? null : (
        <>
          <h3>{t.rent.statementCalculated}</h3>
          <p class="soft">{t.rent.calculatedHint}</p>
          <StatementView name="calculated" of={asked.calculated} label={t.rent.statementCalculated} />
        </>
      )}
      <p class="soft">{t.rent.print}</p>
    </>
  );
}

function Origin({ of: { origin, run, from, to } }: { readonly of: NonNullable<NonNullable<Asked['rent']>['inForce']> }): VNode {
  const view = useView();
  const words = run === null || origin === 'imported' ? view.t.rent.imported : view.t.rent.fromRun(run);
  return (
    <>
      <Span from={from} to={to} />, {run !== null && mayHere(view, 'run.read') ? <a href={at('/runs/:run', { run })}>{words}</a> : words}
    </>
  );
}
