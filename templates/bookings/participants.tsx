import { headCountOf, namesWanted, type Booking } from '../../server/modules/booking/index.ts';
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
  mayChange: { places: boolean; names: boolean; people: boolean };
}) {
  const { t } = usePage();
  const group = headCountOf(booking);
  const unnamed = namesWanted(booking);
  const asked = booking.detailsLinks?.length ?? 0;
  return (
    <>
      <ul class="people">
        {group && <li class="people__name">{t('names.head-count', group)}</li>}
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
            {group ? t('names.companion-wanted') : t('booking.unnamed', { unnamed })}{' '}
            {asked > 0 && t('names.asked', { count: asked })}
          </li>
        )}
      </ul>
      {mayChange.places && booking.places > 1 && (
        <div class="actions">
          {mayChange.names && <ButtonLink href={paths.names(booking.token)} label={t('names.name-now')} />}
          {booking.status === 'confirmed' && (
            <ButtonLink href={paths.split(booking.token)} label={t('names.split')} kind="secondary" />
          )}
        </div>
      )}
    </>
  );
}
