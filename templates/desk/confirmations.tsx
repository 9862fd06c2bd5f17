import type { Booking, RunListing } from '../../server/modules/booking/index.ts';
import { Alert, Facts } from '../components/display.tsx';
import { TextArea } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { whenShort } from './run-table.tsx';

export type RunCancellationView = { listing: RunListing; form: FormState; bookings: number };

/** Asks once more before a run is cancelled, for a reason that can be read later. */
export function RunCancellation({ listing: { run, seminar }, form, bookings }: RunCancellationView) {
  const { t, language } = usePage();
  return (
    <DeskLayout
      title={t('desk.cancel-run-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} />
      <Form action={deskPaths.cancellation(run.id)}>
        <Alert tone="warning" title={t('desk.cancel-run-warning', { count: bookings })}>
          <p class="kern-body">{t(run.status === 'draft' ? 'desk.told-nobody' : 'changes.next-preview')}</p>
        </Alert>
        <TextArea form={form} name="reason" label={t('desk.reason')} hint={t('desk.cancel-run-reason-hint')} rows={3} />
        <div class="actions">
          <SubmitButton label={t(run.status === 'draft' ? 'desk.cancel-run-submit' : 'changes.to-preview')} />
          <a class="kern-link" href={deskPaths.run(run.id)}>
            {t('desk.keep-run')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}

export type BookingCancellationView = { listing: RunListing; booking: Booking; form: FormState };

/** Asks once more before a booking is cancelled for somebody, and says what follows. */
export function BookingCancellation({ listing: { run, seminar, places }, booking, form }: BookingCancellationView) {
  const { t, language } = usePage();
  const waits = booking.status === 'waiting';
  return (
    <DeskLayout
      title={t(waits ? 'desk.remove-waiting-title' : 'desk.cancel-booking-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} />
      <div class="stack">
        <Facts
          facts={[
            { term: t('desk.booker'), value: `${booking.booker.name}, ${booking.booker.email}` },
            booking.institution !== undefined && { term: t('desk.institution'), value: booking.institution },
            { term: t('desk.column-places'), value: booking.places },
            booking.participants.length > 0 && {
              term: t('desk.participants'),
              value: booking.participants.map(({ name }) => name).join(', '),
            },
          ]}
        />
        <Form action={deskPaths.bookingCancellation(booking.id)}>
          <Alert tone="info" title={t('desk.cancel-booking-told')}>
            <p class="kern-body">
              {t(waits ? 'desk.remove-waiting-follows' : 'desk.cancel-booking-follows', {
                waiting: places.waiting,
                places: booking.places,
              })}
            </p>
          </Alert>
          <TextArea
            form={form}
            name="reason"
            label={t('desk.reason')}
            hint={t('desk.cancel-booking-reason-hint')}
            rows={3}
            optional
          />
          <div class="actions">
            <SubmitButton label={t(waits ? 'desk.remove-waiting-submit' : 'desk.cancel-booking-submit')} />
            <a class="kern-link" href={deskPaths.run(run.id)}>
              {t('desk.keep-booking')}
            </a>
          </div>
        </Form>
      </div>
    </DeskLayout>
  );
}
