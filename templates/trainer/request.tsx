import type { RequestToAnswer } from '../../server/modules/booking/index.ts';
import { Alert, BackLink } from '../components/display.tsx';
import { ButtonLink, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf, timeSpan } from '../dates.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { placeInPublic } from '../places.ts';
import { teaching } from './paths.ts';
import { TaughtSessions, type TaughtSessionsProps } from './taught-sessions.tsx';

type CardProps = RequestToAnswer & { action: string; level: 2 | 3 };

/** One request on a trainer's phone: what, when, where, and the two answers. */
export function RequestCard({ request, details: { seminar, provider }, sessions, action, level }: CardProps) {
  const { t, language } = usePage();
  const Heading = level === 2 ? 'h2' : 'h3';
  const zone = sessions[0]?.timeZone ?? 'Europe/Berlin';
  return (
    <div class="panel brief request">
      <Heading class="kern-title" lang={seminar.language}>
        {seminar.title}
      </Heading>
      <p class="muted">
        <span lang="de">{provider.name}</span>
      </p>
      <ul class="kern-list kern-list--bullet">
        {sessions.map((session) => (
          <li key={session.id}>
            {dayOf(session.startsAt, session.timeZone, language)}, {timeSpan(session, language)} ·{' '}
            {placeInPublic(session.location, t)}
          </li>
        ))}
      </ul>
      {request.replaces && <p class="kern-body">{t('teaching.first-gets-it')}</p>}
      <p class="kern-body">
        {t(request.isOverdue ? 'teaching.overdue' : 'teaching.answer-by', {
          moment: momentOf(request.answerBy, zone, language),
        })}
      </p>
      <Form action={action}>
        <div class="actions">
          <SubmitButton label={t('teaching.accept')} name="answer" value="accepted" />
          <SubmitButton label={t('teaching.decline')} kind="secondary" name="answer" value="declined" />
        </div>
      </Form>
    </div>
  );
}

export type TeachingLinkView = RequestToAnswer &
  Omit<TaughtSessionsProps, 'home'> & {
    /** What the last press came to, when it was too late. */
    refusal?: 'request-taken' | 'request-answered' | 'plan-conflicts';
  };

/** The page of a request's link: the question, and afterwards what the trainer needs for the day. */
export function TeachingLink(view: TeachingLinkView) {
  const { t, language } = usePage();
  const { request, details, sessions, refusal } = view;
  const { seminar } = details;
  const foreign = seminar.language === language ? undefined : seminar.language;
  const isOpen = request.status === 'asked' && details.run.status !== 'cancelled' && sessions.length > 0;
  return (
    <Layout title={seminar.title} titleLanguage={foreign} preline={t('teaching.your-request')}>
      <div class="stack">
        {refusal && <Alert tone="warning" title={t(`teaching.refused-${refusal}`)} role="alert" />}
        {isOpen ? <RequestCard {...view} level={2} action={teaching(request.token)} /> : <Outcome {...view} />}
      </div>
    </Layout>
  );
}

function Outcome(view: TeachingLinkView) {
  const { t } = usePage();
  const { request, details, sessions } = view;
  const state = details.run.status === 'cancelled' ? 'cancelled' : sessions.length === 0 ? 'withdrawn' : request.status;
  return (
    <>
      <Alert
        tone={state === 'accepted' ? 'success' : 'info'}
        title={t(`teaching.state-${state === 'asked' ? 'withdrawn' : state}`)}
        role="status"
      />
      {state === 'accepted' && <TaughtSessions {...view} home={teaching(request.token)} />}
    </>
  );
}

export type AbsenceView = { title: string; titleLanguage: string; day: string; action: string; back: string };

/** Asks once more before a trainer says that they cannot come. */
export function AbsenceQuestion({ title, titleLanguage, day, action, back }: AbsenceView) {
  const { t } = usePage();
  return (
    <Layout title={t('teaching.absent-question')} above={<BackLink href={back} label={t('teaching.back')} />}>
      <div class="panel brief">
        <p class="kern-title" lang={titleLanguage}>
          {title}
        </p>
        <p>{day}</p>
      </div>
      <p class="kern-body">{t('teaching.absent-follows')}</p>
      <Form action={action}>
        <div class="actions">
          <SubmitButton label={t('teaching.absent-submit')} />
          <ButtonLink href={back} label={t('teaching.absent-keep')} kind="tertiary" />
        </div>
      </Form>
    </Layout>
  );
}
