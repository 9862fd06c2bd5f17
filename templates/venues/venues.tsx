import type { Provider } from '../../server/modules/people/index.ts';
import type { Venue } from '../../server/modules/venues/index.ts';
import { ButtonLink } from '../components/form.tsx';
import { DeskTabs } from '../desk/frame.tsx';
import { usePage } from '../page.ts';
import { addressOf, Owner, VenueLayout } from './frame.tsx';
import { venuePaths, type VenueNotice } from './paths.ts';

export type VenuesView = {
  venues: readonly (Venue & { rooms: number })[];
  providers: readonly Provider[];
  notice: VenueNotice | undefined;
};

/** The houses one plans in. */
export function DeskVenues({ venues, providers, notice }: VenuesView) {
  const { t } = usePage();
  return (
    <VenueLayout title={t('rooms.title')} notice={notice} wide>
      <DeskTabs here="rooms" />
      <div class="desk-bar">
        <div class="actions">
          <ButtonLink href={venuePaths.newVenue()} label={t('rooms.add-venue')} />
          <ButtonLink href={venuePaths.freeRooms()} label={t('rooms.find-rooms')} kind="secondary" />
          <ButtonLink href={venuePaths.travel()} label={t('rooms.travel')} kind="secondary" />
        </div>
      </div>
      <p class="kern-body">{t(venues.length > 0 ? 'rooms.lead' : 'rooms.no-venues')}</p>
      <ul class="seminar-list">
        {venues.map((venue) => (
          <li class="seminar-list__item" key={venue.id}>
            <div>
              <h2 class="kern-title" lang="de">
                <a class="kern-link kern-link--no-visited-state" href={venuePaths.venue(venue.id)}>
                  {venue.name}
                </a>
              </h2>
              <p class="kern-body kern-body--small muted">
                <span lang="de">{addressOf(venue)}</span>
              </p>
              <p class="kern-body kern-body--small muted">
                {t('rooms.rooms-count', { count: venue.rooms })} · <Owner venue={venue} providers={providers} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </VenueLayout>
  );
}
