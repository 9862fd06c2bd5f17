import type { ComponentProps } from 'preact';
import type { Provider } from '../../server/modules/people/index.ts';
import type { Room, Venue } from '../../server/modules/venues/index.ts';
import { Alert } from '../components/display.tsx';
import { DeskLayout } from '../desk/frame.tsx';
import { usePage } from '../page.ts';
import type { Translate } from '../texts/texts.ts';
import type { VenueNotice } from './paths.ts';

type VenueLayoutProps = Omit<ComponentProps<typeof DeskLayout>, 'notice'> & { notice?: VenueNotice | undefined };

/** A page of the desk about houses and rooms. */
export function VenueLayout({ notice, children, ...rest }: VenueLayoutProps) {
  const { t } = usePage();
  return (
    <DeskLayout {...rest}>
      {notice && (
        <div class="desk-notice">
          <Alert
            tone={notice === 'room-blocked-over' ? 'warning' : 'success'}
            title={t(`rooms.notice-${notice}`)}
            role="status"
          />
        </div>
      )}
      {children}
    </DeskLayout>
  );
}

/** Whose house it is. */
export function Owner({ venue, providers }: { venue: Venue; providers: readonly Provider[] }) {
  const { t } = usePage();
  if (venue.providerId === undefined) return <>{t('rooms.shared')}</>;
  return <span lang="de">{providers.find(({ id }) => id === venue.providerId)?.shortName ?? venue.providerId}</span>;
}

export function addressOf({ addressLines, postalCode, town }: Venue): string {
  return [...addressLines, `${postalCode} ${town}`.trim()].join(', ');
}

export function equipmentIn({ equipment }: Pick<Room, 'equipment'>, t: Translate): string {
  return listed(
    equipment.map((one) => t(`rooms.equipment-${one}`)),
    t,
  );
}

export function accessTo({ accessibility }: Pick<Room, 'accessibility'>, t: Translate): string {
  return listed(
    accessibility.map((one) => t(`rooms.access-${one}`)),
    t,
  );
}

export function capacitiesOf({ capacities }: Pick<Room, 'capacities'>, t: Translate): string {
  return listed(
    capacities.map(({ seating, places }) => t('rooms.places-in', { seating: t(`rooms.seating-${seating}`), places })),
    t,
  );
}

function listed(words: readonly string[], t: Translate): string {
  return words.length > 0 ? words.join(', ') : t('rooms.none');
}
