/** On which day, and as known on which: asked alike of a rent and of a value, and carried by the address. */
import type { VNode } from 'preact';
import { DayField, QuestionForm } from '../web/components/fields.tsx';
import type { FormState } from '../web/forms/state.ts';
import { useView } from '../web/view.ts';

export function DayQuestion({ state, to, label }: { readonly state: FormState; readonly to: string; readonly label: string }): VNode {
  const { t } = useView();
  return (
    <QuestionForm state={state} to={to} label={label}>
      <div class="grid">
        <DayField name="day" label={t.rent.day} />
        <DayField name="known_on" label={t.rent.knownOn} hint={t.rent.knownHint} optional />
        <p class="buttons">
          <button type="submit" class="main">{t.rent.ask}</button>
        </p>
      </div>
    </QuestionForm>
  );
}
