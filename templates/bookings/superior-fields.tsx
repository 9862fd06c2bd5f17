import type { RunDetails } from '../../server/modules/booking/index.ts';
import { Fieldset, TextField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';

/** What a wrong field is called in the summary of what is wrong. */
export const labelsOfSuperiors: Record<string, TextKey> = {
  'superior.name': 'approval.superior-name',
  'superior.email': 'approval.superior-email',
  'deputy.name': 'approval.deputy-name',
  'deputy.email': 'approval.deputy-email',
};

/** Who approves the booking: where the seminar asks for it, or the institution turned out to. */
export function SuperiorFields({ details, form }: { details: RunDetails; form: FormState }) {
  const { t } = usePage();
  const isMissing = form.errors.some(({ field }) => field?.startsWith('superior') || field?.startsWith('deputy'));
  if (details.seminar.approval === 'never' && !isMissing) return null;
  return (
    <Fieldset legend={t('approval.who')} hint={t('approval.who-hint')}>
      <Person form={form} who="superior" />
      <Person form={form} who="deputy" />
    </Fieldset>
  );
}

function Person({ form, who }: { form: FormState; who: 'superior' | 'deputy' }) {
  const { t } = usePage();
  return (
    <div class="fields fields--2">
      <TextField
        form={form}
        name={`${who}.name`}
        label={t(`approval.${who}-name`)}
        autocomplete="off"
        optional="unsaid"
      />
      <TextField
        form={form}
        name={`${who}.email`}
        label={t(`approval.${who}-email`)}
        type="email"
        inputMode="email"
        autocomplete="off"
        optional="unsaid"
      />
    </div>
  );
}
