import type { Booking, RunListing } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { SelectField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { placeInPublic } from '../places.ts';
import { SomePlaces, somePlacesLabel } from './some-places.tsx';

export type TransferView = { booking: Booking; runs: readonly RunListing[]; form: FormState };

/** Asks to which other run a booking goes, and who of it. */
export function TransferPage({ booking, runs, form }: TransferView) {
  const { t, language } = usePage();
  const options = runs.map(({ run, places }) => ({
    value: run.id,
    label: t('names.transfer-run', {
      when: momentOf(run.startsAt, run.timeZone, language),
      where: placeInPublic(run.location, t),
      places: places.left,
    }),
  }));
  return (
    <Layout
      title={t('names.transfer-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary
        form={form}
        labelOf={(field) => (field === 'toRunId' ? t('names.transfer-to') : somePlacesLabel(field, t))}
      />
      {runs.length === 0 && <p class="kern-body">{t('names.transfer-none')}</p>}
      {runs.length > 0 && (
        <>
          <p class="kern-body">{t('names.transfer-lead')}</p>
          <Form action={paths.transfer(booking.token)}>
            <SelectField
              form={form}
              name="toRunId"
              label={t('names.transfer-to')}
              options={options}
              anyLabel={t('names.transfer-choose')}
            />
            <SomePlaces
              booking={booking}
              form={form}
              people={t('names.transfer-people')}
              hint={t('names.transfer-unnamed')}
            />
            <div class="actions">
              <SubmitButton label={t('names.transfer-submit')} />
              <ButtonLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} kind="tertiary" />
            </div>
          </Form>
        </>
      )}
    </Layout>
  );
}
