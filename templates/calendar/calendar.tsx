import type { RunStatus } from '../../server/modules/scheduling/index.ts';
import { formatted, timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import { CalendarDays } from './days.tsx';
import { CalendarMonth } from './month.tsx';
import { CalendarResources } from './resources.tsx';
import type { CalendarAt, CalendarViewName } from './paths.ts';

/** A session in a calendar. `href`: where more of it stands; `change`: where it is moved, for those who may. */
export type Shown = {
  id: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  /** Nothing where one may know no more than that something is there. */
  title?: string | undefined;
  language?: string | undefined;
  status?: RunStatus;
  isOverridden?: boolean;
  href?: string;
  change?: string;
};

/** `isOutside`: of the month before or behind. */
export type CalendarDay = { on: string; at: Date; isOutside: boolean; isToday: boolean; entries: Shown[] };
export type CalendarRow = { id: string; name: string; under?: string; days: CalendarDay[] };

export type CalendarView = {
  view: CalendarViewName;
  /** A day of what is shown, as `2026-03-03`. */
  on: string;
  before: string;
  after: string;
  views: readonly CalendarViewName[];
  address: (at: Partial<CalendarAt>) => string;
  timeZone: string;
  days: CalendarDay[];
  /** Of the rooms or the trainers, where those are shown. */
  rows?: CalendarRow[];
};

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

/** One session in a day: when, what, and what is particular about it, in words and not by colour alone. */
export function Entry({ entry, withPlace }: { entry: Shown; withPlace?: boolean }) {
  const { t, language } = usePage();
  const { title, status, isOverridden, href, location } = entry;
  const name = title ?? t('calendar.taken');
  return (
    <div class={`calendar-entry${status ? ` calendar-entry--${status}` : ''}`}>
      <span class="calendar-entry__time">{timeSpan(entry, language)}</span>{' '}
      {href ? (
        <a class="kern-link kern-link--small kern-link--no-visited-state" href={href} lang={entry.language}>
          {name}
        </a>
      ) : (
        <span lang={title ? entry.language : undefined}>{name}</span>
      )}
      {withPlace && <span class="muted"> · {location.startsWith('https://') ? t('calendar.online') : location}</span>}
      {status && status !== 'published' && <span class="calendar-entry__note">{t(`desk.status-${status}`)}</span>}
      {isOverridden && (
        <span class="calendar-entry__note calendar-entry__note--conflict">{t('calendar.conflict')}</span>
      )}
    </div>
  );
}
