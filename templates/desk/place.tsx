import { isOnline } from '../../server/modules/scheduling/index.ts';
import { usePage } from '../page.ts';

/** Where a session is, for those inside: the room, or the link of the online room. */
export function Place({ location }: { location: string }) {
  const { t } = usePage();
  if (!isOnline(location)) return <>{location}</>;
  return (
    <a class="kern-link kern-link--no-visited-state" href={location} rel="noreferrer">
      {t('desk.online-room')}
    </a>
  );
}
