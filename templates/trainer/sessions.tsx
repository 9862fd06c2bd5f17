import type { RequestToAnswer, SessionToTeach } from '../../server/modules/booking/index.ts';
import { Badge, Section } from '../components/display.tsx';
import { dayOf, isSameDay, timeSpan } from '../dates.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { placeInPublic } from '../places.ts';
import { ButtonLink } from '../components/form.tsx';
import { trainerAnswer, trainerSession, trainerTimes } from './paths.ts';
import { trainerCalendar } from '../calendar/paths.ts';
import { RequestCard } from './request.tsx';

export type TrainerSessionsView = {
  now: Date;
  requests: readonly RequestToAnswer[];
  sessions: readonly SessionToTeach[];
};

/** A trainer's day, and what comes after it. */
export function TrainerSessions({ now, requests, sessions }: TrainerSessionsView) {
  const { t } = usePage();
  const today = sessions.filter(({ session }) => isSameDay(session.startsAt, now, session.timeZone));
  const later = sessions.filter((one) => !today.includes(one));
  return (
    <Layout title={t('trainer.title')}>
      {requests.length > 0 && (
        <Section id="requests" title={t('teaching.requests', { count: requests.length })}>
          {requests.map((one) => (
            <RequestCard key={one.request.id} {...one} level={3} action={trainerAnswer(one.request.id)} />
          ))}
        </Section>
      )}
      <Section id="today" title={t('trainer.today')}>
        {today.length > 0 ? <Cards sessions={today} /> : <p class="kern-body">{t('trainer.nothing-today')}</p>}
      </Section>
      <Section id="later" title={t('trainer.later')}>
        {later.length > 0 ? <Cards sessions={later} /> : <p class="kern-body">{t('trainer.nothing-later')}</p>}
      </Section>
      <div class="section">
        <div class="actions">
          <ButtonLink href={trainerCalendar()} label={t('calendar.trainer-title')} kind="secondary" />
          <ButtonLink href={trainerTimes()} label={t('teaching.times-title')} kind="secondary" />
        </div>
      </div>
    </Layout>
  );
}

function Cards({ sessions }: { sessions: readonly SessionToTeach[] }) {
  return (
    <ol class="teach-list">
      {sessions.map((one) => (
        <Card key={one.session.id} {...one} />
      ))}
    </ol>
  );
}

function Card({ session, run, seminar, expected, number, of }: SessionToTeach) {
  const { t, language } = usePage();
  return (
    <li class="teach-list__session">
      <p class="teach-list__when">
        <span>{dayOf(session.startsAt, session.timeZone, language)}</span>
        <span class="teach-list__time">{timeSpan(session, language)}</span>
      </p>
      <h3 class="kern-title" lang={seminar.language}>
        <a class="kern-link kern-link--no-visited-state kern-link--stretched" href={trainerSession(session.id)}>
          {seminar.title}
        </a>
      </h3>
      <p class="kern-body">
        {placeInPublic(session.location, t)} · {t('trainer.participants-count', { count: expected })}
        {of > 1 && ` · ${t('trainer.number-of', { number, of })}`}
      </p>
      {run.status === 'cancelled' && <Badge tone="danger" label={t('desk.status-cancelled')} />}
    </li>
  );
}
