import { Alert, BackLink, Facts } from '../components/display.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { BookingView } from '../bookings/booking.tsx';

/** `isOpen`: it can still be answered. */
export type OfferView = BookingView & { isOpen: boolean; form: FormState };

/** Asks whether the places that are held are wanted. Opening it changes nothing: mail scanners open every link. */
export function OfferPage(view: OfferView) {
  const { t } = usePage();
  const { booking, form, isOpen } = view;
  return (
    <Layout
      title={isOpen ? t('queue.offer-title', { places: booking.places }) : t('queue.offer-over')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} />
      {isOpen ? <Question {...view} /> : <p class="kern-body">{t('queue.offer-over-hint')}</p>}
    </Layout>
  );
}

function Question({ booking, details }: OfferView) {
  const { t, language } = usePage();
  const { run, seminar } = details;
  const until = booking.offeredUntil ?? run.startsAt;
  return (
    <>
      <div class="panel brief">
        <p class="kern-title" lang={seminar.language === language ? undefined : seminar.language}>
          {seminar.title}
        </p>
        <p>{dayOf(run.startsAt, run.timeZone, language)}</p>
        <p class="muted">{t('booking.places-count', { places: booking.places })}</p>
      </div>
      <Facts facts={[{ term: t('queue.offer-until'), value: momentOf(until, run.timeZone, language) }]} />
      <p class="kern-body">{t(run.policy.afterLapse === 'out' ? 'queue.offer-out' : 'queue.offer-end')}</p>
      <Form action={paths.offerAcceptance(booking.token)}>
        <div class="actions">
          <SubmitButton label={t('queue.offer-accept')} />
        </div>
      </Form>
      <Form action={paths.offerRefusal(booking.token)}>
        <p class="kern-body">{t('queue.offer-decline-hint')}</p>
        <div class="actions">
          <SubmitButton label={t('queue.offer-decline')} kind="secondary" />
        </div>
      </Form>
    </>
  );
}

/** That places are held, said on the booking's page. */
export function OpenOffer({ booking, details: { run } }: BookingView) {
  const { t, language } = usePage();
  if (booking.status !== 'offered' || !booking.offeredUntil) return null;
  const until = momentOf(booking.offeredUntil, run.timeZone, language);
  return (
    <Alert tone="info" title={t('queue.offered', { places: booking.places })} role="status">
      <p class="kern-body">{t('queue.offered-hint', { until })}</p>
      <p class="kern-body">
        <a class="kern-btn kern-btn--primary" href={paths.offer(booking.token)}>
          <span class="kern-label">{t('queue.answer')}</span>
        </a>
      </p>
    </Alert>
  );
}
