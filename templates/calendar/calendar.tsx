import { formatted } from '../dates.ts';
import { usePage } from '../page.ts';
import type { CalendarView } from './calendar.types.ts';
import { CalendarDays } from './days.tsx';
import { CalendarMonth } from './month.tsx';
import { CalendarResources } from './resources.tsx';

/** A calendar that is complete as it comes; where scripts run, its sessions can be dragged as well. */
export function Calendar(view: CalendarView) {
  const { t } = usePage();
  const isEmpty = (view.rows ?? [view]).every(({ days }) => days.every(({ entries }) => entries.length === 0));
  return (
    <>
      <Switches {...view} />
      <Turning {...view} />
      {isEmpty && <p class="kern-body">{t('calendar.nothing')}</p>}
      {view.view === 'month' && <CalendarMonth {...view} />}
      {(view.view === 'week' || view.view === 'list') && <CalendarDays {...view} />}
      {view.rows && view.rows.length > 0 && <CalendarResources {...view} rows={view.rows} />}
    </>
  );
}

function Switches({ view, views, address }: CalendarView) {
  const { t } = usePage();
  return (
    <nav class="calendar-views" aria-label={t('calendar.views')}>
      <ul>
        {views.map((one) => (
          <li key={one}>
            <a href={address({ view: one })} aria-current={one === view ? 'page' : undefined}>
              {t(`calendar.view-${one}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Turning({ view, before, after, address, days, on, timeZone }: CalendarView) {
  const { t, language } = usePage();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const shownMonth = days.find((day) => day.on === on) ?? first;
  const title =
    view === 'month'
      ? formatted('month', shownMonth.at, timeZone, language)
      : `${formatted('date', first.at, timeZone, language)} – ${formatted('date', last.at, timeZone, language)}`;
  return (
    <div class="calendar-turn">
      <h2 class="kern-heading-medium">{title}</h2>
      <nav aria-label={t('calendar.turn')}>
        <a class="kern-link kern-link--no-visited-state" href={address({ on: before })} rel="prev">
          {t('calendar.before')}
        </a>
        <a class="kern-link kern-link--no-visited-state" href={address({ on: '' })}>
          {t('calendar.today')}
        </a>
        <a class="kern-link kern-link--no-visited-state" href={address({ on: after })} rel="next">
          {t('calendar.after')}
        </a>
      </nav>
    </div>
  );
}
