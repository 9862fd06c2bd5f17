import { BackLink } from '../components/display.tsx';
import { TextArea } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { Status, type BookingView } from './booking.tsx';

export type CancellationView = BookingView & { form: FormState };

/** Asks once before places are given back. Opening it changes nothing: mail scanners open every link. */
export function CancellationPage(view: CancellationView) {
  const { t } = usePage();
  const { booking, mayCancel, form } = view;
  const waits = booking.status === 'waiting';
  return (
    <Layout
      title={t(waits ? 'booking.leave-question' : 'booking.cancel-question')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} />
      {mayCancel ? <Question {...view} /> : <Status {...view} />}
    </Layout>
  );
}

function Question({ booking, details, form }: CancellationView) {
  const { t, language } = usePage();
  const waits = booking.status === 'waiting';
  const { run, seminar } = details;
  return (
    <Form action={paths.cancellation(booking.token)}>
      <div class="panel brief">
        <p class="kern-title" lang={seminar.language === language ? undefined : seminar.language}>
          {seminar.title}
        </p>
        <p>{dayOf(run.startsAt, run.timeZone, language)}</p>
        <p class="muted">{t('booking.places-count', { places: booking.places })}</p>
      </div>
      <p class="kern-body">
        {t(waits ? 'booking.leave-consequence' : 'booking.cancel-consequence', { places: booking.places })}
      </p>
      <TextArea
        form={form}
        name="reason"
        label={t('booking.cancel-reason')}
        hint={t('booking.cancel-reason-hint')}
        rows={3}
        optional
      />
      <div class="actions">
        <SubmitButton label={t(waits ? 'booking.leave' : 'booking.cancel-now')} />
        <ButtonLink
          href={paths.booking(booking.token)}
          label={t(waits ? 'booking.keep-waiting' : 'booking.keep')}
          kind="tertiary"
        />
      </div>
    </Form>
  );
}
