import type { ComponentProps } from 'preact';
import {
  pathOfRun,
  type AccessNeed,
  type QueueEntry,
  type ReminderPreview,
  type RunDetails,
} from '../../server/modules/booking/index.ts';
import type { Run, SetAsideSession } from '../../server/modules/scheduling/index.ts';
import { Alert, Badge, Section } from '../components/display.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { AccessNeeds } from '../venues/access-needs.tsx';
import { PlanNotes, RunNeeds } from '../venues/run-needs.tsx';
import { attentionOf, AttentionText } from './attention.tsx';
import { DeskLayout, StatusBadge } from './frame.tsx';
import { deskPaths, type Notice } from './paths.ts';
import { planningPaths } from './planning-paths.ts';
import { RemindersOfRun } from './reminders.tsx';
import { RunBookings } from './run-bookings.tsx';
import { RunContents } from './run-contents.tsx';
import { Figures, figuresOf } from './run-figures.tsx';
import { RunHistory, type Happening } from './run-history.tsx';
import { RunModules } from './run-modules.tsx';
import { RunPlaces } from './run-places.tsx';
import { RunSessions } from './run-sessions.tsx';
import { whenShort } from './run-table.tsx';

export type RunView = {
  now: Date;
  details: RunDetails;
  queue: readonly QueueEntry[];
  history: readonly Happening[];
  /** Names of the trainers of this run, by id. */
  trainerNames: ReadonlyMap<string, string>;
  capacityForm: FormState;
  /** Requests to trainers without an answer, and those of them whose day has passed. */
  requests: { open: number; overdue: number };
  /** What speaks against the plan, and what participants need. */
  notes: ComponentProps<typeof PlanNotes>['notes'];
  needs: readonly AccessNeed[];
  /** Sessions that left the plan. */
  gone: readonly SetAsideSession[];
  /** Who is reminded when, while there is something to come. */
  reminders?: ReminderPreview;
  notice: Notice | undefined;
};

/** A run as its coordinator steers it: the next step, the figures, the plan, who sits, who waits and why, what happened. */
export function DeskRun(view: RunView) {
  const { t, language } = usePage();
  const { details, capacityForm, notice, queue, history, now } = view;
  const { run, seminar, provider, sessions } = details;
  const mayMakeUp = sessions.some(({ moduleId, startsAt }) => moduleId !== undefined && startsAt <= now);
  return (
    <DeskLayout
      title={seminar.title}
      titleLanguage={seminar.language}
      preline={
        <>
          <span lang="de">{provider.shortName}</span> · {whenShort(run, language)}
        </>
      }
      notice={notice}
      noticeValues={figuresOf(details)}
      hasErrors={capacityForm.errors.length > 0}
      back={{ href: deskPaths.overview(), label: t('desk.title') }}
      wide
    >
      <ErrorSummary form={capacityForm} />
      <div class="run-state">
        <StatusBadge run={run} />
        {run.access === 'closed' && <Badge tone="info" label={t('planning.closed')} />}
        {run.status === 'published' && (
          <a class="kern-link kern-link--no-visited-state" href={pathOfRun(run)}>
            {t('desk.public-page')}
          </a>
        )}
        <a class="kern-link kern-link--no-visited-state" href={planningPaths.copy(run.id)}>
          {t('planning.copy-open')}
        </a>
      </div>
      <NextStep details={details} now={now} requests={view.requests.open} />
      <Requests runId={run.id} requests={view.requests} />
      <PlanNotes notes={view.notes} />
      <Figures details={details} />
      <RunContents view={view} />
      <RunSessions
        run={run}
        sessions={sessions}
        seminar={seminar}
        trainerNames={view.trainerNames}
        now={now}
        gone={view.gone}
      />
      {view.reminders && <RemindersOfRun run={run} preview={view.reminders} />}
      <RunModules details={details} queue={queue} />
      <RunBookings queue={queue} places={details.places} modules={seminar.modules} mayMakeUp={mayMakeUp} run={run} />
      {view.needs.length > 0 && <AccessNeeds needs={view.needs} />}
      {run.status !== 'cancelled' && <RunNeeds run={run} />}
      {run.status !== 'cancelled' && <RunPlaces details={details} form={capacityForm} />}
      <RunHistory history={history} timeZone={run.timeZone} runId={run.id} />
      {isSteered(run, now) && <Cancelling run={run} />}
    </DeskLayout>
  );
}

/** What its trainers have not answered, where it stands out. */
function Requests({ runId, requests: { open, overdue } }: { runId: string; requests: RunView['requests'] }) {
  const { t } = usePage();
  if (open === 0) return null;
  const title =
    overdue > 0 ? t('teaching.overdue-requests', { count: overdue }) : t('teaching.open-requests', { count: open });
  return (
    <Alert tone={overdue > 0 ? 'warning' : 'info'} title={title}>
      <p class="kern-body">
        <a class="kern-link kern-link--no-visited-state" href={deskPaths.runTrainers(runId)}>
          {t('teaching.run-trainers')}
        </a>
      </p>
    </Alert>
  );
}

/** What to do now, in one place above everything else. */
function NextStep({ details, now, requests }: { details: RunDetails; now: Date; requests: number }) {
  const { t } = usePage();
  const { run } = details;
  if (run.status === 'cancelled')
    return (
      <Alert tone="danger" title={t('desk.run-is-cancelled')}>
        <p class="kern-body">{t('desk.cancelled-because', { reason: run.cancellation?.reason ?? '' })}</p>
        {run.mergedInto && (
          <p class="kern-body">
            {t('decisions.merged-into')}{' '}
            <a class="kern-link" href={deskPaths.run(run.mergedInto)}>
              {t('decisions.merged-link')}
            </a>
          </p>
        )}
      </Alert>
    );
  if (run.status === 'postponed')
    return (
      <Alert tone="warning" title={t('changes.postponed-title')}>
        <p class="kern-body">{t('changes.postponed-because', { reason: run.postponement?.reason ?? '' })}</p>
        <div class="actions">
          <ButtonLink href={deskPaths.newDates(run.id)} label={t('changes.new-dates-open')} />
        </div>
      </Alert>
    );
  if (run.status === 'draft') return <Draft runId={run.id} isLate={run.startsAt <= now} requests={requests} />;
  const attention = attentionOf(details, now);
  return (
    <>
      {attention.map((one) => (
        <Alert key={one.kind} tone={one.tone} title={t(`desk.attention-title-${one.kind}`)}>
          <p class="kern-body">
            <AttentionText attention={one} />
          </p>
        </Alert>
      ))}
    </>
  );
}

function Draft({ runId, isLate, requests }: { runId: string; isLate: boolean; requests: number }) {
  const { t } = usePage();
  return (
    <Alert tone="warning" title={t('desk.draft-title')}>
      <p class="kern-body">{t(isLate ? 'desk.draft-is-late' : 'desk.draft-lead')}</p>
      {requests > 0 && <p class="kern-body">{t('teaching.open-requests-publish', { count: requests })}</p>}
      {!isLate && (
        <Form action={deskPaths.publication(runId)}>
          <div class="actions">
            <SubmitButton label={t('desk.publish')} />
          </div>
        </Form>
      )}
    </Alert>
  );
}

/** What is public and still to come, or has no dates now, can be called off. */
function isSteered(run: Run, now: Date): boolean {
  return run.status === 'postponed' || (run.status !== 'cancelled' && run.endsAt > now);
}

function Cancelling({ run }: { run: Run }) {
  const { t } = usePage();
  return (
    <Section id="cancelling" title={t('desk.cancel-run-title')}>
      <p class="kern-body">{t('desk.cancel-run-lead')}</p>
      <div class="actions">
        <ButtonLink href={deskPaths.cancellation(run.id)} label={t('desk.cancel-run-open')} kind="secondary" />
        {run.status === 'published' && (
          <ButtonLink href={deskPaths.postponement(run.id)} label={t('changes.postpone-open')} kind="secondary" />
        )}
      </div>
    </Section>
  );
}
