import type { Booking } from '../../server/modules/booking/index.ts';
import { Badge } from '../components/display.tsx';
import { usePage } from '../page.ts';

/** Who sits there, and how many places have no name yet. */
export function Participants({ booking }: { booking: Booking }) {
  const { t } = usePage();
  const unnamed = booking.places - booking.participants.length;
  return (
    <ul class="people">
      {booking.participants.map(({ id, name, email, sitsElsewhere }) => (
        <li key={id}>
          <span class="people__name">{name}</span> <span class="muted people__email">{email}</span>{' '}
          {sitsElsewhere && <Badge tone="info" label={t('booking.sits-elsewhere')} />}
        </li>
      ))}
      {unnamed > 0 && <li class="muted">{t('booking.unnamed', { unnamed })}</li>}
    </ul>
  );
}
