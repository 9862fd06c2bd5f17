import type { Provider } from '../../server/modules/people/index.ts';
import type { Room, Venue } from '../../server/modules/venues/index.ts';
import { Facts, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { usePage } from '../page.ts';
import { accessTo, addressOf, capacitiesOf, equipmentIn, Owner, VenueLayout } from './frame.tsx';
import { venuePaths, type VenueNotice } from './paths.ts';

export type VenueView = {
  venue: Venue;
  rooms: readonly Room[];
  providers: readonly Provider[];
  mayChange: boolean;
  notice: VenueNotice | undefined;
};

/** A house: how to get in, when it is open, and its rooms. */
export function DeskVenue({ venue, rooms, providers, mayChange, notice }: VenueView) {
  const { t } = usePage();
  return (
    <VenueLayout
      title={venue.name}
      titleLanguage="de"
      preline={<Owner venue={venue} providers={providers} />}
      notice={notice}
      back={{ href: venuePaths.venues(), label: t('rooms.back-to-venues') }}
      wide
    >
      <Facts
        facts={[
          { term: t('rooms.address'), value: <span lang="de">{addressOf(venue)}</span> },
          { term: t('rooms.hours-title'), value: <Hours venue={venue} /> },
          venue.howToFind !== '' && { term: t('rooms.how-to-find'), value: <span lang="de">{venue.howToFind}</span> },
          venue.accessNotes !== '' && {
            term: t('rooms.access-notes'),
            value: <span lang="de">{venue.accessNotes}</span>,
          },
        ]}
      />
      {mayChange && (
        <div class="actions">
          <ButtonLink href={venuePaths.venueEdit(venue.id)} label={t('rooms.change')} kind="secondary" />
        </div>
      )}
      <Section id="rooms" title={t('rooms.rooms-title', { count: rooms.length })}>
        {rooms.length === 0 && <p class="kern-body">{t('rooms.no-rooms')}</p>}
        <ul class="seminar-list">
          {rooms.map((room) => (
            <RoomRow key={room.id} room={room} />
          ))}
        </ul>
        {mayChange && (
          <div class="actions">
            <ButtonLink href={venuePaths.newRoom(venue.id)} label={t('rooms.add-room')} kind="secondary" />
          </div>
        )}
      </Section>
    </VenueLayout>
  );
}

function RoomRow({ room }: { room: Room }) {
  const { t } = usePage();
  return (
    <li class="seminar-list__item">
      <div>
        <h3 class="kern-title" lang="de">
          <a class="kern-link kern-link--no-visited-state" href={venuePaths.room(room.id)}>
            {room.name}
          </a>
        </h3>
        <p class="kern-body kern-body--small">{capacitiesOf(room, t)}</p>
        <p class="kern-body kern-body--small muted">
          {t('rooms.equipment-title')}: {equipmentIn(room, t)}
        </p>
        <p class="kern-body kern-body--small muted">
          {t('rooms.access-title')}: {accessTo(room, t)}
        </p>
      </div>
    </li>
  );
}

const days = [1, 2, 3, 4, 5, 6, 7] as const;

function Hours({ venue: { openingHours } }: { venue: Venue }) {
  const { t } = usePage();
  if (openingHours.length === 0) return <>{t('rooms.always-open')}</>;
  return (
    <ul class="plain-list">
      {days.map((day) => {
        const open = openingHours.filter(({ weekday }) => weekday === day).map(({ from, until }) => `${from}–${until}`);
        return (
          <li key={day}>
            {t(`rooms.weekday-${day}`)}: {open.length > 0 ? open.join(', ') : t('rooms.closed-on')}
          </li>
        );
      })}
    </ul>
  );
}
