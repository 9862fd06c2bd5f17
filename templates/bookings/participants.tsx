import type { Booking } from '../../server/modules/booking/index.ts';
import { usePage } from '../page.ts';

/**
 * Who sits there, and how many places have no name yet. That somebody sits in another booking is told by mail only: this
 * page opens to whoever has just sent the form, and a stranger must not learn it by trying names.
 */
export function Participants({ booking }: { booking: Booking }) {
  const { t } = usePage();
  const unnamed = booking.places - booking.participants.length;
  return (
    <ul class="people">
      {booking.participants.map(({ id, name, email }) => (
        <li key={id}>
          <span class="people__name">{name}</span> <span class="muted people__email">{email}</span>
        </li>
      ))}
      {unnamed > 0 && <li class="muted">{t('booking.unnamed', { unnamed })}</li>}
    </ul>
  );
}
