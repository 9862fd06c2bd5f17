import type { Booking } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { Fieldset, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { SomePlaces, somePlacesLabel } from './some-places.tsx';

export type SplitView = { booking: Booking; form: FormState };

/** Asks which places become a booking of their own, and who looks after them. */
export function SplitPage({ booking, form }: SplitView) {
  const { t } = usePage();
  const labels: Record<string, string> = {
    'booker.name': t('names.split-name'),
    'booker.email': t('names.split-email'),
  };
  return (
    <Layout
      title={t('names.split-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} labelOf={(field) => labels[field] ?? somePlacesLabel(field, t)} />
      <p class="kern-body">{t('names.split-lead')}</p>
      <Form action={paths.split(booking.token)}>
        <SomePlaces booking={booking} form={form} people={t('names.split-people')} hint={t('names.split-unnamed')} />
        <Fieldset legend={t('names.split-booker')} hint={t('names.split-booker-hint')}>
          <TextField form={form} name="booker.name" label={t('names.split-name')} autocomplete="off" optional />
          <TextField
            form={form}
            name="booker.email"
            label={t('names.split-email')}
            type="email"
            inputMode="email"
            autocomplete="off"
            optional
          />
        </Fieldset>
        <div class="actions">
          <SubmitButton label={t('names.split-submit')} />
          <ButtonLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} kind="tertiary" />
        </div>
      </Form>
    </Layout>
  );
}
