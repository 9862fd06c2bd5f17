import type { Booking } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { Checkbox, Fieldset, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

export type ReductionView = { booking: Booking; form: FormState };

/** Asks which places of a booking are given back; the rest stands. */
export function ReductionPage({ booking, form }: ReductionView) {
  const { t } = usePage();
  const unnamed = booking.places - booking.participants.length;
  return (
    <Layout
      title={t('names.reduce-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} />
      <p class="kern-body">{t(booking.status === 'waiting' ? 'names.reduce-lead-waiting' : 'names.reduce-lead')}</p>
      <Form action={paths.reduction(booking.token)}>
        {booking.participants.length > 0 && (
          <Fieldset legend={t('names.reduce-people')}>
            {booking.participants.map(({ id, name }, index) => (
              <Checkbox key={id} form={form} name={`participantIds[${index}]`} label={name} value={id} />
            ))}
          </Fieldset>
        )}
        {unnamed > 0 && (
          <TextField
            form={form}
            name="unnamed"
            label={t('names.reduce-unnamed')}
            hint={t('names.reduce-unnamed-hint', { unnamed })}
            inputMode="numeric"
            width="short"
            optional
          />
        )}
        <div class="actions">
          <SubmitButton label={t('names.reduce-submit')} />
          <ButtonLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} kind="tertiary" />
        </div>
      </Form>
    </Layout>
  );
}
