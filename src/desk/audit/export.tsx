/** The sealed trail as a file that anybody can verify. */
import { auditExportInput, exportTrail } from '../../platform/audit/export.ts';
import { requireTrail } from '../../platform/audit/scope.ts';
import { Buttons, CommandForm, DayField, RadioField } from '../../web/components/fields.tsx';
import { choice, day } from '../../web/forms/kinds.ts';
import { formPage } from '../../web/page.ts';
import { AUDIT, EXPORT } from './addresses.ts';
import { TrailTabs } from './tabs.tsx';

export const trailExportPages = formPage({
  path: EXPORT, permission: 'audit.read', audit: 'audit.export', body: auditExportInput, fields: { from: day, to: day, format: choice }, begin: () => ({ format: 'ndjson' }),
  show: ({ ctx, view: { t } }, form) => {
    requireTrail(ctx);
    return {
      title: t.trail.exportTitle, crumbs: [{ to: AUDIT, words: t.trail.heading }],
      body: (
        <>
          <TrailTabs here={EXPORT} />
          <CommandForm state={form} to={EXPORT} gives="file">
            <p>{t.trail.exportHelp}</p>
            <DayField name="from" label={t.trail.from} hint={`${t.form.dayHint}. ${t.trail.exportFrom}`} optional />
            <DayField name="to" label={t.trail.to} hint={`${t.form.dayHint}. ${t.trail.exportTo}`} optional />
            <RadioField name="format" label={t.trail.format} options={[{ value: 'ndjson', words: t.trail.ndjson }, { value: 'csv', words: t.trail.csv }]} />
            <Buttons save={t.trail.exportSave} />
          </CommandForm>
        </>
      ),
    };
  },
  submit: async ({ ctx }, body) => {
    const exported = await exportTrail(ctx, body);
    return {
      fileName: exported.fileName, type: exported.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      write: (sink) => exported.write(sink),
    };
  },
});
