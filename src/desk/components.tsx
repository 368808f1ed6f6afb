/** Every component once, for whoever builds a page and for whoever checks them. */
import { z } from 'zod';
import type { RenderedLine } from '../platform/statement/rendered.ts';
import { ActionButton } from '../web/components/form-marks.tsx';
import { Histogram, Steps } from '../web/components/chart.tsx';
import { Failed } from '../web/components/failed.tsx';
import { AreaField, Buttons, ChoiceField, CommandForm, DayField, DecimalField, FileField, FlagField, RadioField, TextField } from '../web/components/fields.tsx';
import { Dialogue, Empty, Figures, Note, Progress, Section, Tabs, Timeline } from '../web/components/parts.tsx';
import { StatementView } from '../web/components/statement.tsx';
import { Pager, Table } from '../web/components/table.tsx';
import { Place } from '../web/components/place.tsx';
import { TrailLink } from '../web/components/trail-link.tsx';
import { Day, Facts, LastDay, Moment, Money, Num, Signed, Span, Status } from '../web/components/values.tsx';
import { choice, day, decimal, flag, text } from '../web/forms/kinds.ts';
import { formPage } from '../web/page.ts';
import { ViewsMenu } from '../web/saved-views/menu.tsx';

const FIELDS = { name: text, day, amount: decimal, kind: choice, part: choice, agreed: flag, why: text };

const sample = z.strictObject({
  name: z.string().min(3).max(40), day: z.iso.date(), amount: z.string().regex(/^\d+(?:\.\d{1,2})?$/), kind: z.enum(['a', 'b']), part: z.enum(['a', 'b']), agreed: z.boolean(), why: z.string().max(500).optional(),
});

const line = (id: string, parent: string | null, words: string, amount: string | null): RenderedLine => ({
  id, parent, depth: parent === null ? 0 : 1, text: words, observed: [{ name: 'kondygnacja', value: '3' }], rule: 'RATE-5',
  quantity: amount === null ? null : { number: '48,20', unit: 'm²', text: '48,20\u00a0m²' }, rate: amount === null ? null : { number: '9,50', unit: 'zł/m²', text: '9,50\u00a0zł/m²' },
  amount: amount === null ? null : { number: amount, unit: 'zł', text: `${amount}\u00a0zł` },
  reference: { code: 'P', title: 'Uchwała', place: '§ 4 ust. 2', address: null, item: null }, certainty: parent === null ? 'printed' : 'reported', strength: null, note: parent === null ? null : 'Uwaga do wiersza.',
});

const OPTIONS = [{ value: 'a', words: 'pierwsza' }, { value: 'b', words: 'druga' }];

/** The form on it is checked and kept nowhere. */
export const componentPages = formPage({
  path: '/components', permission: 'law.read', audit: null, body: sample, fields: FIELDS,
  show: ({ view: { t, today } }, form) => ({
    title: t.desk.components,
    body: (
      <>
        <Section id="values" title={t.showcase.values}>
          <Facts
            of={[
              ['Money', <Money of="1234.5" />], ['Num', <Num of="48.2" unit="m²" places={2} />], ['Signed', <Signed of="-12.5" unit="zł" />], ['Day', <Day of={today} />],
              ['Moment', <Moment of={`${today}T12:00:00Z`} />], ['LastDay', <LastDay before={today} />], ['Span', <Span from={today} to={null} />], ['Place', <Place of={{ street: 'ul. Długa', buildingNumber: '12', number: '3' }} />],
              ['Status', <><Status tone="good">{t.common.yes}</Status> <Status tone="bad">{t.common.no}</Status> <Status tone="info">info</Status> <Status tone="warn">warn</Status> <Status tone="quiet">quiet</Status></>],
            ]}
          />
          <Figures of={[{ name: t.lease.list, value: <Num of="14604" />, more: t.stock.list }]} />
        </Section>
        <Section id="notes" title={t.showcase.notices}>
          <Note tone="good">{t.common.yes}</Note>
          <Note>{t.found.help}</Note>
          <Note tone="bad">{t.error.noPage}</Note>
          <Failed problem={{ code: 'unavailable', detail: '' }}>{t.operation.states.failed}</Failed>
          <TrailLink kind="lease" id="ZBK/2020/00001" />
          <Empty title={t.table.none}><p>{t.found.help}</p></Empty>
        </Section>
        <Section id="form-part" title={t.showcase.form}>
          <CommandForm state={form} to="/components">
            <TextField name="name" label={t.rent.person} maxLength={40} />
            <DayField name="day" label={t.rent.day} />
            <DecimalField name="amount" label={t.rent.amount} unit="zł" />
            <ChoiceField name="kind" label={t.lease.kind} any={t.form.choose} options={OPTIONS} />
            <RadioField name="part" label={t.rent.rooms} options={OPTIONS} />
            <FlagField name="agreed" label={t.common.yes} />
            <fieldset class="form-row">
              <legend>{t.showcase.row}</legend>
              <TextField name="row.0.name" label={t.rent.person} maxLength={40} />
              <DecimalField name="row.0.amount" label={t.rent.amount} unit="zł" />
            </fieldset>
            <FileField name="file" label={t.showcase.file} accept=".csv" />
            <AreaField name="why" label={t.common.details} optional />
            <Buttons save={t.form.save} preview={t.form.preview} cancel="/components" />
          </CommandForm>
          {form.previewed ? <Note>{t.form.preview}</Note> : null}
        </Section>
        <Section id="actions" title={t.showcase.actions}>
          <div class="buttons">
            <ActionButton to="/components" words={t.form.save} main />
            <Dialogue id="sample-dialogue" open={t.common.show} title={t.common.details}><p>{t.found.help}</p></Dialogue>
          </div>
          <Tabs label={t.desk.components} of={[{ to: '/components', words: t.lease.list, here: true }, { to: '/leases', words: t.stock.list, here: false }]} />
          <Progress done={3_200} total={14_604} words={t.showcase.progress} running={false} address="/components" />
        </Section>
        <Section id="tables" title={t.showcase.tables}>
          <Table caption={t.lease.bases['points'] ?? ''} rows={OPTIONS} keyOf={({ value }) => value} columns={[{ key: 'value', words: t.chart.value, head: true, cell: ({ value }) => value }, { key: 'words', words: t.lease.kind, cell: ({ words }) => words }]} />
          <Table caption={t.showcase.groups} rows={OPTIONS} keyOf={({ value }) => value} groupOf={({ words }) => words} columns={[{ key: 'value', words: t.chart.value, head: true, cell: ({ value }) => value }]} />
          <ViewsMenu of={{ list: '/leases', saved: [{ id: '1', list: '/leases', name: t.lease.kinds['social'] ?? '', query: 'kind=social' }] }} />
          <Pager at={{ page: 2, perPage: 50, total: 15_000, sort: { by: 'lease', descending: false } }} />
        </Section>
        <Section id="statements" title={t.showcase.statement}>
          <StatementView name="sample" label={t.showcase.statement} marked={new Set(['b'])} of={{ language: 'pl', version: 1, uncertain: [], lines: [line('a', null, 'Czynsz', '457,90'), line('b', 'a', 'Stawka po czynnikach', '9,50')] }} />
        </Section>
        <Section id="charts" title={t.showcase.charts}>
          <Histogram title={t.showcase.histogram} unit={t.chart.value} bars={[{ words: '−10 %', count: 12, tone: 'less' }, { words: '0', count: 80 }, { words: '+10 %', count: 240, tone: 'more' }]} />
          <Steps title={t.rent.chart} unit={t.rent.perMonth} until={900} steps={[{ at: 0, words: '01.01.2024', value: 400, shown: '400,00 zł' }, { at: 400, words: '04.02.2025', value: 457.9, shown: '457,90 zł' }]} />
        </Section>
        <Section id="times" title={t.showcase.timeline}>
          <Timeline label={t.showcase.timeline} of={[{ key: '1', when: <Span from={today} to={null} />, what: t.lease.kinds['social'], more: t.rent.recordedBy('anna.referent') }, { key: '2', when: <Span from="2020-01-01" to={today} />, what: t.lease.kinds['fixed'], over: true }]} />
        </Section>
      </>
    ),
  }),
  submit: ({ view: { t } }) => ({ to: '/components', notice: { kind: 'good', words: t.showcase.sent } }),
});
