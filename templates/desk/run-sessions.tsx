import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Run, Session, SetAsideSession } from '../../server/modules/scheduling/index.ts';
import { Section } from '../components/display.tsx';
import { ButtonLink, Form } from '../components/form.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import { Place } from './place.tsx';
import { deskPaths } from './paths.ts';

type RunSessionsProps = {
  run: Run;
  sessions: readonly Session[];
  seminar: Seminar;
  trainerNames: ReadonlyMap<string, string>;
  now: Date;
  /** Those that left the plan. */
  gone: readonly SetAsideSession[];
};

/** The plan of a run, each session with the way to move it; a draft's plan also grows and shrinks here. */
export function RunSessions({ run, sessions, seminar, trainerNames, now, gone }: RunSessionsProps) {
  const { t } = usePage();
  const isDraft = run.status === 'draft';
  return (
    <Section id="sessions" title={t('desk.sessions-title', { count: sessions.length })}>
      <ol class="plan">
        {sessions.map((session) => (
          <li key={session.id} class="plan__session">
            <SessionLines session={session} seminar={seminar} trainerNames={trainerNames} />
            {run.status !== 'cancelled' && session.endsAt > now && (
              <SessionActions
                session={session}
                canBeRemoved={isDraft && sessions.length > 1}
                canBeCancelled={run.status === 'published' && sessions.length > 1}
              />
            )}
          </li>
        ))}
      </ol>
      {(isDraft || (run.status === 'published' && run.endsAt > now)) && (
        <div class="actions">
          <ButtonLink href={deskPaths.newSession(run.id)} label={t('desk.session-add')} kind="secondary" />
          {sessions.filter(({ endsAt }) => endsAt > now).length > 1 && (
            <ButtonLink href={deskPaths.allSessions(run.id)} label={t('changes.all-sessions-open')} kind="secondary" />
          )}
          <ButtonLink href={deskPaths.runTrainers(run.id)} label={t('teaching.run-trainers')} kind="secondary" />
        </div>
      )}
      {gone.length > 0 && <Gone sessions={gone} />}
    </Section>
  );
}

/** What was planned once and is not any more, with the reason. */
function Gone({ sessions }: { sessions: readonly SetAsideSession[] }) {
  const { t, language } = usePage();
  return (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title">{t('changes.gone-title', { count: sessions.length })}</span>
      </summary>
      <div class="kern-accordion__body">
        <ul class="kern-list kern-list--bullet">
          {sessions.map((session) => (
            <li key={session.id}>
              {dayOf(session.startsAt, session.timeZone, language)}, {timeSpan(session, language)}:{' '}
              {t(`changes.gone-${session.why.because}`)}
              {session.why.reason && ` (${session.why.reason})`}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function SessionLines({
  session,
  seminar,
  trainerNames,
}: Pick<RunSessionsProps, 'seminar' | 'trainerNames'> & { session: Session }) {
  const { t, language } = usePage();
  const module = seminar.modules.find(({ id }) => id === session.moduleId);
  const names = session.trainerIds.map((id) => trainerNames.get(id)).filter((name) => name !== undefined);
  return (
    <div class="plan__lines">
      <p class="kern-title">
        {dayOf(session.startsAt, session.timeZone, language)}, {timeSpan(session, language)}
      </p>
      {module && (
        <p class="kern-body" lang={seminar.language}>
          {module.title}
        </p>
      )}
      <p class="kern-body">
        <Place location={session.location} />
        {' · '}
        {names.length > 0 ? names.join(', ') : <span class="plan__gap">{t('desk.no-trainer')}</span>}
      </p>
    </div>
  );
}

function SessionActions(props: { session: Session; canBeRemoved: boolean; canBeCancelled: boolean }) {
  const { session, canBeRemoved, canBeCancelled } = props;
  const { t, language } = usePage();
  const day = dayOf(session.startsAt, session.timeZone, language);
  return (
    <div class="plan__actions">
      <a class="kern-link kern-link--no-visited-state" href={deskPaths.session(session.id)}>
        {t('desk.session-move')}
        <span class="kern-sr-only"> {day}</span>
      </a>
      {canBeCancelled && (
        <a class="kern-link kern-link--no-visited-state" href={deskPaths.sessionCancellation(session.id)}>
          {t('changes.cancel-session-open')}
          <span class="kern-sr-only"> {day}</span>
        </a>
      )}
      {canBeRemoved && (
        <Form action={deskPaths.sessionRemoval(session.id)}>
          <button type="submit" class="kern-btn kern-btn--tertiary">
            <span class="kern-label">
              {t('desk.session-take-out')}
              <span class="kern-sr-only"> {day}</span>
            </span>
          </button>
        </Form>
      )}
    </div>
  );
}
