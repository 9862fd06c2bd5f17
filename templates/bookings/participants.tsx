import type { Booking } from '../../server/modules/booking/index.ts';
import { ButtonLink } from '../components/form.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

/**
 * Who sits there, and how many places have no name yet. That somebody sits in another booking is told by mail only: this
 * page opens to whoever has just sent the form, and a stranger must not learn it by trying names.
 */
export function Participants({
  booking,
  mayChange,
}: {
  booking: Booking;
  mayChange: { names: boolean; people: boolean };
}) {
  const { t } = usePage();
  const unnamed = booking.places - booking.participants.length;
  const asked = booking.detailsLinks?.length ?? 0;
  return (
    <>
      <ul class="people">
        {booking.participants.map(({ id, name, email }) => (
          <li key={id}>
            <span class="people__name">{name}</span> <span class="muted people__email">{email}</span>
            {mayChange.people && (
              <a
                class="kern-link kern-link--small kern-link--no-visited-state"
                href={paths.substitution(booking.token, id)}
                aria-label={t('names.substitute-one', { name })}
              >
                {t('names.substitute')}
              </a>
            )}
          </li>
        ))}
        {unnamed > 0 && (
          <li class="muted">
            {t('booking.unnamed', { unnamed })} {asked > 0 && t('names.asked', { count: asked })}
          </li>
        )}
      </ul>
      {mayChange.names && booking.places > 1 && (
        <div class="actions">
          {unnamed > 0 && <ButtonLink href={paths.names(booking.token)} label={t('names.name-now')} />}
          {booking.status === 'confirmed' && (
            <ButtonLink href={paths.split(booking.token)} label={t('names.split')} kind="secondary" />
          )}
        </div>
      )}
    </>
  );
}
