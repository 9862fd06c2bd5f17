import { formatted } from '../dates.ts';
import { usePage } from '../page.ts';
import type { CalendarRow, CalendarView } from './calendar.types.ts';
import { Entry } from './entry.tsx';

/** Who is where in a week: a row each, a column a day. */
export function CalendarResources({ days, rows, view, timeZone }: CalendarView & { rows: readonly CalendarRow[] }) {
  const { t, language } = usePage();
  return (
    <table class="calendar-month calendar-month--resources" role="table">
      <caption class="kern-sr-only">
        {t(view === 'rooms' ? 'calendar.rooms-caption' : 'calendar.trainers-caption')}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t(view === 'rooms' ? 'calendar.room' : 'calendar.trainer')}
          </th>
          {days.map(({ on, at }) => (
            <th key={on} role="columnheader" scope="col">
              {formatted('weekday', at, timeZone, language)} {formatted('dayOfMonth', at, timeZone, language)}.
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} timeZone={timeZone} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, timeZone }: { row: CalendarRow; timeZone: string }) {
  const { language } = usePage();
  const isFree = row.days.every(({ entries }) => entries.length === 0);
  return (
    <tr role="row" class={isFree ? 'calendar-row--free' : undefined}>
      <th role="rowheader" scope="row" lang="de">
        {row.name}
        {row.under && <span class="calendar-row__under">{row.under}</span>}
      </th>
      {row.days.map(({ on, at, entries, isToday }) => (
        <td
          key={on}
          role="cell"
          class={`calendar-day${isToday ? ' calendar-day--today' : ''}${entries.length === 0 ? ' calendar-day--empty' : ''}`}
        >
          <p class="calendar-day__number">
            <span class="calendar-day__long">{formatted('shortDay', at, timeZone, language)}</span>
          </p>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </td>
      ))}
    </tr>
  );
}
