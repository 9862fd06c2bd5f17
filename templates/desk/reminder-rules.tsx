import { reminderAudiences, reminderOccasions } from '../../server/modules/catalogue/index.ts';
import { Checkbox, Fieldset, SelectField, TextField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey, Translate } from '../texts/texts.ts';
import { RowButton, rowsIn } from './rows.tsx';

const units = ['days-before', 'hours-before', 'days-after'] as const;
const labels: Record<string, TextKey> = {
  amount: 'reminders.amount',
  unit: 'reminders.unit',
  at: 'reminders.at',
  of: 'reminders.of',
  audience: 'reminders.audience',
  workingDays: 'reminders.working-days',
};

/** What a field of a plan is called, with its rule: "Regel 2, Uhrzeit". */
export function reminderLabel(field: string, t: Translate): string | undefined {
  const [, index, name = ''] = /^rules\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  const key = labels[name];
  return key && `${t('reminders.rule', { number: Number(index) + 1 })}, ${t(key)}`;
}

/** Every rule of a plan, to change, remove and add to. */
export function ReminderRules({ form }: { form: FormState }) {
  const { t } = usePage();
  const rows = rowsIn(form, 'rules');
  return (
    <section class="stack" aria-labelledby="rules">
      <h2 class="kern-heading-medium" id="rules">
        {t('reminders.rules')}
      </h2>
      {rows === 0 && <p class="kern-body">{t('reminders.no-rules')}</p>}
      {Array.from({ length: rows }, (_, index) => (
        <div class="form-row" id={`rules-${index}`} key={index}>
          <Rule form={form} index={index} />
          <div class="actions">
            <RowButton list="rules" act="remove" index={index} label={t('reminders.remove', { number: index + 1 })} />
          </div>
        </div>
      ))}
      <RowButton list="rules" act="add" index={rows} label={t('reminders.add')} />
    </section>
  );
}

function Rule({ form, index }: { form: FormState; index: number }) {
  const { t } = usePage();
  const name = (field: string) => `rules[${index}].${field}`;
  return (
    <Fieldset legend={t('reminders.rule', { number: index + 1 })}>
      <input type="hidden" name={name('id')} value={form.values[name('id')] ?? ''} />
      <div class="fields fields--2">
        <TextField form={form} name={name('amount')} label={t('reminders.amount')} inputMode="numeric" width="short" />
        <SelectField
          form={form}
          name={name('unit')}
          label={t('reminders.unit')}
          options={units.map((unit) => ({ value: unit, label: t(`reminders.unit-${unit}`) }))}
        />
        <SelectField
          form={form}
          name={name('of')}
          label={t('reminders.of')}
          options={reminderOccasions.map((of) => ({ value: of, label: t(`reminders.of-${of}`) }))}
        />
        <SelectField
          form={form}
          name={name('audience')}
          label={t('reminders.audience')}
          options={reminderAudiences.map((one) => ({ value: one, label: t(`reminders.audience-${one}`) }))}
        />
        <TextField
          form={form}
          name={name('at')}
          type="time"
          label={t('reminders.at')}
          hint={t('reminders.at-hint')}
          width="short"
        />
      </div>
      <Checkbox form={form} name={name('workingDays')} label={t('reminders.working-days')} />
      <Checkbox form={form} name={name('off')} label={t('reminders.off')} />
    </Fieldset>
  );
}
