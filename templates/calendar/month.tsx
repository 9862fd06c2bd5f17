import { formatted } from '../dates.ts';
import { usePage } from '../page.ts';
import type { CalendarDay, CalendarView } from './calendar.types.ts';
import { htmlNode } from '../../server/platform/view.ts';
import { entriesHtml } from './entry.tsx';

const weekLength = 7;

/** A month as a table of weeks; on a narrow screen only the days that have something, one below the other. */
export function CalendarMonth({ days, timeZone }: CalendarView) {
  const { t, language } = usePage();
  const weeks = Array.from({ length: Math.ceil(days.length / weekLength) }, (_, week) =>
    days.slice(week * weekLength, (week + 1) * weekLength),
  );
  return (
    <table class={`calendar-month${days.every(isFree) ? ' calendar-month--free' : ''}`} role="table">
      <caption class="kern-sr-only">{t('calendar.month-caption')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(weeks[0] ?? []).map(({ on, at }) => (
            <th key={on} role="columnheader" scope="col">
              {formatted('weekday', at, timeZone, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {weeks.map((week) => (
          <tr key={week[0]?.on} role="row" class={week.every(isFree) ? 'calendar-row--free' : undefined}>
            {week.map((day) => (
              <Day key={day.on} day={day} timeZone={timeZone} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A narrow screen leaves out what is free. */
function isFree({ entries }: CalendarDay): boolean {
  return entries.length === 0;
}

function Day({ day, timeZone }: { day: CalendarDay; timeZone: string }) {
  const { t, language } = usePage();
  const { on, at, entries, isOutside, isToday } = day;
  const classes = [
    'calendar-day',
    isOutside && 'calendar-day--outside',
    isToday && 'calendar-day--today',
    isFree(day) && 'calendar-day--empty',
  ];
  return (
    <td role="cell" class={classes.filter(Boolean).join(' ')} data-day={on}>
      <p class="calendar-day__number">
        <span class="calendar-day__long">{formatted('shortDay', at, timeZone, language)}</span>
        <span class="calendar-day__short">{formatted('dayOfMonth', at, timeZone, language)}</span>
        {isToday && <span class="kern-sr-only"> ({t('calendar.today')})</span>}
      </p>
      {entries.length > 0 && htmlNode('div', {}, entriesHtml(entries, language))}
    </td>
  );
}
