import { afterExpiryOf } from '../../server/modules/booking/index.ts';
import type { BookingView } from '../bookings/booking.tsx';
import { Alert } from '../components/display.tsx';
import { momentOf } from '../dates.ts';
import { usePage } from '../page.ts';

/** That places are held until somebody has approved, said on the booking's page: who was asked, until when, and what then. */
export function PendingApproval({ booking, details: { run } }: Pick<BookingView, 'booking' | 'details'>) {
  const { t, language } = usePage();
  const { approval, places } = booking;
  if (!approval?.until) return null;
  const names = approval.superiors.map(({ name }) => name).join(', ');
  const until = momentOf(approval.until, run.timeZone, language);
  return (
    <Alert tone="info" title={t('approval.pending', { places })} role="status">
      <p class="kern-body">
        {names ? t('approval.pending-asked', { names }) : t('approval.pending-institution')}{' '}
        {t('approval.pending-until', { until })}
      </p>
      <p class="kern-body">{t(`approval.after-${afterExpiryOf(run, booking)}`)}</p>
    </Alert>
  );
}
