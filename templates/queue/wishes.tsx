import { isActive, type Booking, type WishStanding } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { dayOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

/** Every run that somebody named, in their order: how it stands in each, and what becomes of the others when one comes true. */
export function Wishes({ booking, wishes }: { booking: Booking; wishes: readonly WishStanding[] }) {
  const { t, language } = usePage();
  if (wishes.length === 0) return null;
  const isOpen = wishes.some(({ status }) => status === 'waiting' || status === 'offered' || status === 'requested');
  return (
    <Section title={t('queue.wishes')} id="wishes">
      <ol class="kern-list kern-list--numbered">
        {wishes.map(({ id, token, run, status, position = 0 }) => (
          <li key={id}>
            {id === booking.id ? (
              <strong>{dayOf(run.startsAt, run.timeZone, language)}</strong>
            ) : (
              <a class="kern-link kern-link--no-visited-state" href={paths.booking(token)}>
                {dayOf(run.startsAt, run.timeZone, language)}
              </a>
            )}
            {': '}
            {position > 0 ? t('queue.wish-waiting', { position }) : t(`queue.state-${status}`)}
            {id === booking.id && ` (${t('queue.wish-this')})`}
          </li>
        ))}
      </ol>
      {isOpen && (
        <>
          <p class="kern-body">{t('queue.wishes-rule')}</p>
          <p class="kern-body">{t('queue.wishes-order')}</p>
          {booking.places > 1 && isActive(booking.status) && <p class="kern-body">{t('queue.wishes-together')}</p>}
        </>
      )}
    </Section>
  );
}
