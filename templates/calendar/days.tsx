import { dayOf } from '../dates.ts';
import { usePage } from '../page.ts';
import type { CalendarView } from './calendar.types.ts';
import { Entry } from './entry.tsx';

/** Day by day, those with something in them. */
export function CalendarDays({ days, timeZone }: CalendarView) {
  const { language } = usePage();
  return (
    <div class="calendar-days">
      {days
        .filter(({ entries }) => entries.length > 0)
        .map(({ on, at, entries }) => (
          <section key={on} aria-labelledby={`day-${on}`} data-day={on}>
            <h3 class="kern-title" id={`day-${on}`}>
              {dayOf(at, timeZone, language)}
            </h3>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} withPlace />
            ))}
          </section>
        ))}
    </div>
  );
}
