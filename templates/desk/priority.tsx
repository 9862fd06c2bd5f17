import { priorities, type Booking } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { SelectField, TextArea } from '../components/fields.tsx';
import { Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { deskPaths } from './paths.ts';

/** Lifts a waiting booking before others, for a reason that stays on the record. */
export function PriorityForm({ booking, form }: { booking: Booking; form: FormState }) {
  const { t } = usePage();
  return (
    <Section id="lift" title={t('rights.priority-title')}>
      <p class="kern-body">{t('rights.priority-lead')}</p>
      <Form action={deskPaths.priority(booking.id)}>
        <SelectField
          form={form}
          name="priority"
          label={t('rights.priority')}
          anyLabel={t('rights.priority-none')}
          options={priorities.map((value) => ({ value: String(value), label: t(`rights.priority-${value}`) }))}
          optional="unsaid"
        />
        <TextArea form={form} name="reason" label={t('rights.priority-reason')} rows={2} />
        <div class="actions">
          <SubmitButton label={t('rights.priority-save')} kind="secondary" />
        </div>
      </Form>
    </Section>
  );
}
