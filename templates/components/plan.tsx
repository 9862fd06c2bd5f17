import type { Session } from '../../server/modules/scheduling/index.ts';
import { calendarDay, dayOf, formatted, timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';

export type PlannedSession = {
  session: Session;
  /** The module's number and title, in a modular course. */
  module?: { number: number; title: string };
  /** Where it is, in words; `link` opens the online room and is there for those who sit in the run. */
  place: string;
  link?: string;
};

/** The sessions of a run in the order of time, each with its day, time and place. */
export function Plan({ sessions, language }: { sessions: readonly PlannedSession[]; language?: string | undefined }) {
  const { t } = usePage();
  const zones = [...new Set(sessions.map(({ session }) => session.timeZone))].join(', ');
  return (
    <>
      <ol class="sittings">
        {sessions.map((planned) => (
          <Sitting key={planned.session.id} planned={planned} language={language} />
        ))}
      </ol>
      <p class="kern-body kern-body--small muted">{t('public.time-zone', { zones })}</p>
    </>
  );
}

function Sitting({ planned, language }: { planned: PlannedSession; language?: string | undefined }) {
  const page = usePage();
  const { session, module, place, link } = planned;
  const { startsAt, timeZone } = session;
  return (
    <li class="sittings__one">
      <div class="run-card__date" aria-hidden="true">
        <span>{formatted('weekday', startsAt, timeZone, page.language)}</span>
        <span class="run-card__day">{formatted('dayOfMonth', startsAt, timeZone, page.language)}</span>
        <span>{formatted('monthName', startsAt, timeZone, page.language)}</span>
      </div>
      <div class="sittings__body">
        {module && (
          <p class="sittings__module">
            {page.t('public.module-number', { number: module.number })}: <span lang={language}>{module.title}</span>
          </p>
        )}
        <p class="sittings__when">
          <time datetime={calendarDay(startsAt, timeZone)}>{dayOf(startsAt, timeZone, page.language)}</time>,{' '}
          <span class="nowrap">{timeSpan(session, page.language)}</span>
        </p>
        <p class="muted sittings__place">
          {link ? (
            <a class="kern-link kern-link--no-visited-state" href={link} rel="noreferrer">
              {page.t('public.online-room')}
            </a>
          ) : (
            place
          )}
        </p>
      </div>
    </li>
  );
}
