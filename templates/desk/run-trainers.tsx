import type { RunDetails } from '../../server/modules/booking/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import type { Absence, Session, TeachingRequest } from '../../server/modules/scheduling/index.ts';
import { Section } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths, type Notice } from './paths.ts';

export type RunTrainersView = {
  details: RunDetails;
  requests: readonly TeachingRequest[];
  people: readonly Person[];
  absences: readonly Absence[];
  form: FormState;
  now: Date;
  notice: Notice | undefined;
};

/** Who teaches a run: agreed or not, asked until when, ill; with the way to ask and to replace. */
export function RunTrainers(view: RunTrainersView) {
  const { t } = usePage();
  const { details, requests, people, form } = view;
  const { run, seminar, sessions } = details;
  const planned = people.filter(({ id }) => sessions.some(({ trainerIds }) => trainerIds.includes(id)));
  const settled = requests.filter(({ status }) => status === 'declined' || status === 'accepted' || status === 'asked');
  const nameOf = ({ trainerId }: TeachingRequest) => people.find(({ id }) => id === trainerId)?.name ?? '';
  return (
    <DeskLayout
      title={t('teaching.desk-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      notice={view.notice}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} />
      <p class="kern-body">{t(planned.length > 0 ? 'teaching.desk-lead' : 'teaching.nobody-planned')}</p>
      {planned.map((person) => (
        <Planned key={person.id} person={person} view={view} />
      ))}
      {settled.length > 0 && (
        <Section id="answers" title={t('teaching.answers-title')}>
          <ul class="kern-list kern-list--bullet">
            {settled.map((request) => (
              <li key={request.id}>
                {nameOf(request)}: <StatusOf request={request} />
                {!planned.some(({ id }) => id === request.trainerId) && (
                  <>
                    {' · '}
                    <LinksLink runId={run.id} trainerId={request.trainerId} name={nameOf(request)} />
                  </>
                )}
                {request.status === 'asked' && <Withdrawal request={request} name={nameOf(request)} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </DeskLayout>
  );
}

function Planned({ person, view }: { person: Person; view: RunTrainersView }) {
  const { t, language } = usePage();
  const { details, requests, absences, form, now } = view;
  const own = details.sessions.filter(({ trainerIds }) => trainerIds.includes(person.id));
  const request = requests.findLast(({ trainerId, status }) => trainerId === person.id && status !== 'withdrawn');
  const coming = own.filter(({ startsAt }) => startsAt > now);
  // Whoever signs in and was never asked has their own pages, and no link.
  const hasLinks = person.external || requests.some(({ trainerId }) => trainerId === person.id);
  const isAbsent = ({ id }: Session) => absences.some((one) => one.sessionId === id && one.trainerId === person.id);
  return (
    <Section id={`trainer-${person.id}`} title={person.name}>
      <p class="kern-body">
        {request ? <StatusOf request={request} /> : t('teaching.status-agreed')}
        {hasLinks && (
          <>
            {' · '}
            <LinksLink runId={details.run.id} trainerId={person.id} name={person.name} />
          </>
        )}
      </p>
      <ul class="kern-list kern-list--bullet">
        {own.map((session) => (
          <li key={session.id}>
            {dayOf(session.startsAt, session.timeZone, language)}
            {isAbsent(session) && <strong> · {t('teaching.status-absent')}</strong>}
            {coming.includes(session) && (
              <>
                {' · '}
                <a
                  class="kern-link kern-link--no-visited-state"
                  href={deskPaths.substitute(session.id, person.id)}
                  aria-label={`${t('teaching.find-substitute')}: ${person.name}, ${dayOf(session.startsAt, session.timeZone, language)}`}
                >
                  {t('teaching.find-substitute')}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
      {coming.length > 0 && request?.status !== 'accepted' && (
        <Form action={deskPaths.runTrainers(details.run.id)} label={`${t('teaching.ask')}: ${person.name}`}>
          <input type="hidden" name="trainerId" value={person.id} />
          <TextField form={form} name="answerBy" type="date" label={t('teaching.ask-day')} />
          <div class="actions">
            <SubmitButton label={t(request ? 'teaching.ask-again' : 'teaching.ask')} kind="secondary" />
          </div>
        </Form>
      )}
    </Section>
  );
}

function LinksLink({ runId, trainerId, name }: { runId: string; trainerId: string; name: string }) {
  const { t } = usePage();
  return (
    <a
      class="kern-link kern-link--no-visited-state"
      href={deskPaths.trainerLinks(runId, trainerId)}
      aria-label={t('teaching.links-title', { name })}
    >
      {t('teaching.links-open')}
    </a>
  );
}

/** Takes the question back; whoever was asked is told. */
function Withdrawal({ request: { id, runId }, name }: { request: TeachingRequest; name: string }) {
  const { t } = usePage();
  return (
    <Form action={deskPaths.requestWithdrawal(runId, id)} label={`${t('teaching.withdraw')}: ${name}`}>
      <SubmitButton label={t('teaching.withdraw')} kind="tertiary" />
    </Form>
  );
}

function StatusOf({ request }: { request: TeachingRequest }) {
  const { t, language } = usePage();
  const moment = momentOf(request.answerBy, 'Europe/Berlin', language);
  return <>{t(`teaching.status-${request.isOverdue ? 'overdue' : request.status}`, { moment })}</>;
}
