import type { ModuleOfRun } from '../../server/modules/booking/index.ts';
import { Badge } from '../components/display.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import { PlacesBadge } from '../public/run-card.tsx';

/** When the sessions of a module are. */
export function ModuleDates({ module }: { module: ModuleOfRun }) {
  const { t, language } = usePage();
  return (
    <ul class="module-dates">
      {module.sessions.map((session) => (
        <li key={session.id}>
          {dayOf(session.startsAt, session.timeZone, language)},{' '}
          <span class="nowrap">{timeSpan(session, language)}</span>
        </li>
      ))}
      {module.teachingUnits && <li class="muted">{t('modules.hours', { units: module.teachingUnits })}</li>}
    </ul>
  );
}

/** How many places a newcomer could have in it, or that it has begun. */
export function ModulePlaces({ module }: { module: ModuleOfRun }) {
  const { t, language } = usePage();
  if (module.begun) return <Badge tone="info" label={t('modules.begun')} />;
  return <PlacesBadge places={module.places} language={language} />;
}
