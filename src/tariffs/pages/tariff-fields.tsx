/** The fields of a tariff, its categories as rows. */
import type { VNode } from 'preact';
import { CERTAINTIES, STRENGTHS } from '../../platform/law/types.ts';
import { ChoiceField, DayField, DecimalField, TextField } from '../../web/components/fields.tsx';
import { Section } from '../../web/components/parts.tsx';
import { rowsIn } from '../../web/forms/rows.ts';
import type { FormState } from '../../web/forms/state.ts';
import { AGAIN } from '../../web/forms/state.ts';
import { useView } from '../../web/view.ts';

/** Rows of an empty form, and free ones below those that are filled in. */
const AT_FIRST = 6;
const FREE = 3;

export function TariffFields({ references, values }: { readonly references: readonly string[]; readonly values: FormState['values'] }): VNode {
  const { t } = useView();
  const rows = Math.max(AT_FIRST, rowsIn(values, 'categories') + FREE);
  const certainties = CERTAINTIES.map((value) => ({ value, words: t.statement.certainty[value] }));
  return (
    <>
      <Section id="act" title={t.tariffForm.act}>
        <div class="fields">
          <TextField name="code" label={t.tariffForm.code} hint={t.tariffForm.codeHint} maxLength={60} />
          <TextField name="order" label={t.tariffForm.order} hint={t.tariffForm.orderHint} maxLength={500} />
          <DayField name="from" label={t.tariffForm.from} />
          <DayField name="to" label={t.tariffForm.to} hint={t.tariffForm.toHint} optional />
          <DayField name="signed" label={t.tariffForm.signed} hint={t.tariffForm.signedHint} optional />
          <DayField name="council_informed" label={t.tariffForm.informed} hint={t.tariffForm.informedHint} optional />
        </div>
      </Section>
      <Section id="source" title={t.tariffForm.source}>
        <div class="fields">
          <TextField name="reference" label={t.tariffForm.reference} hint={t.tariffForm.referenceHint} maxLength={60} list={references} />
          <TextField name="reference_title" label={t.tariffForm.referenceTitle} maxLength={500} optional />
          <TextField name="reference_place" label={t.tariffForm.referencePlace} maxLength={500} optional />
          <TextField name="reference_address" label={t.tariffForm.referenceAddress} maxLength={500} optional />
          <ChoiceField name="certainty" label={t.law.certainty} any={t.form.choose} options={certainties} />
          <ChoiceField name="strength" label={t.tariffForm.strength} hint={t.tariffForm.strengthHint} any={t.common.none} options={STRENGTHS.map((value) => ({ value, words: t.law.strengths[value] ?? value }))} optional />
          <TextField name="note" label={t.tariffForm.note} hint={t.tariffForm.noteHint} maxLength={500} optional />
        </div>
      </Section>
      <Section id="rates" title={t.tariffForm.rates}>
        <div class="fields">
          <DecimalField name="social_rate" label={t.tariff.social} unit="zł/m²" />
          <DecimalField name="temporary_room_rate" label={t.tariff.temporary} unit="zł/m²" />
          <DecimalField name="index" label={t.tariffForm.index} unit="zł/m²" hint={t.tariffForm.indexHint} optional />
        </div>
      </Section>
      <Section id="categories" title={t.tariffForm.categories}>
        <p class="hint">{t.tariffForm.categoriesHint}</p>
        {Array.from({ length: rows }, (_, index) => (
          <fieldset key={index} class="form-row">
            <legend>{t.tariffForm.row(index + 1)}</legend>
            <TextField name={`categories.${index}.category`} label={t.tariffForm.category} maxLength={60} />
            <TextField name={`categories.${index}.from`} label={t.tariffForm.fromPoints} maxLength={8} />
            <TextField name={`categories.${index}.to`} label={t.tariffForm.toPoints} maxLength={8} />
            <TextField name={`categories.${index}.rate`} label={`${t.tariffForm.rate} (zł/m²)`} maxLength={12} mode="decimal" />
            <ChoiceField name={`categories.${index}.certainty`} label={t.law.certainty} any={t.tariffForm.asTariff} options={certainties} />
          </fieldset>
        ))}
        <p class="buttons"><button type="submit" name={AGAIN} value="1">{t.tariffForm.more}</button></p>
      </Section>
    </>
  );
}
