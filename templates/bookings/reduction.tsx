import type { Booking } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { SomePlaces, somePlacesLabel } from './some-places.tsx';

export type ReductionView = { booking: Booking; form: FormState };

/** Asks which places of a booking are given back; the rest stands. */
export function ReductionPage({ booking, form }: ReductionView) {
  const { t } = usePage();
  return (
    <Layout
      title={t('names.reduce-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} labelOf={(field) => somePlacesLabel(field, t)} />
      <p class="kern-body">{t(booking.status === 'waiting' ? 'names.reduce-lead-waiting' : 'names.reduce-lead')}</p>
      <Form action={paths.reduction(booking.token)}>
        <SomePlaces booking={booking} form={form} people={t('names.reduce-people')} hint={t('names.reduce-unnamed')} />
        <div class="actions">
          <SubmitButton label={t('names.reduce-submit')} />
          <ButtonLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} kind="tertiary" />
        </div>
      </Form>
    </Layout>
  );
}
