import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Session, SetAsideSession } from '../../server/modules/scheduling/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { Alert } from '../components/display.tsx';
import { SelectField, TextArea } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DatedSession } from './dated-session.tsx';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { OverrideFields } from './override.tsx';
import { deskPaths } from './paths.ts';
import { CheckButton, CheckedPlan, type PlanChecked } from './plan-check.tsx';
import { FirstButton } from './rows.tsx';
import { whenShort } from './run-table.tsx';

export type ReasonView = { listing: RunListing; form: FormState };

/** Takes the dates from a run, for a reason that everybody may read; new ones will follow. */
export function RunPostponement({ listing: { run, seminar }, form }: ReasonView) {
  const { t, language } = usePage();
  return (
    <DeskLayout
      title={t('changes.postpone-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} />
      <Form action={deskPaths.postponement(run.id)}>
        <Alert tone="info" title={t('changes.postpone-lead')}>
          <p class="kern-body">{t('changes.postpone-follows')}</p>
        </Alert>
        <TextArea form={form} name="reason" label={t('desk.reason')} hint={t('desk.cancel-run-reason-hint')} rows={3} />
        <div class="actions">
          <SubmitButton label={t('changes.to-preview')} />
          <a class="kern-link" href={deskPaths.run(run.id)}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}

export type SessionCancellationView = ReasonView & { session: Session };

/** Cancels one session of several. */
export function SessionCancellation({ listing: { run, seminar }, session, form }: SessionCancellationView) {
  const { t, language } = usePage();
  return (
    <DeskLayout
      title={t('changes.cancel-session-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {dayOf(session.startsAt, session.timeZone, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} />
      <Form action={deskPaths.sessionCancellation(session.id)}>
        <p class="kern-body">{t('changes.cancel-session-lead')}</p>
        <TextArea form={form} name="reason" label={t('desk.reason')} hint={t('desk.cancel-run-reason-hint')} rows={3} />
        <div class="actions">
          <SubmitButton label={t('changes.to-preview')} />
          <a class="kern-link" href={deskPaths.run(run.id)}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}

export type NewDatesView = ReasonView &
  PlanChecked & {
    sessions: readonly SetAsideSession[];
    rooms: readonly Room[];
    timeZones: readonly string[];
  };

/** New dates for a run that has none: each session with what it was; one left empty will not take place. */
export function NewDates({ listing: { run, seminar }, sessions, rooms, form, timeZones, checked }: NewDatesView) {
  const { t } = usePage();
  const labelOf = (field: string) => deskLabel(field.replace('dates[', 'sessions['), t);
  return (
    <DeskLayout
      title={t('changes.new-dates-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} labelOf={labelOf} />
      <CheckedPlan checked={checked} notes={form.notes} labelOf={labelOf} />
      <Form action={deskPaths.newDates(run.id)}>
        <FirstButton value="save" />
        <p class="kern-body">{t('changes.new-dates-lead')}</p>
        {sessions.map((session, index) => (
          <DatedSession key={session.id} form={form} rooms={rooms} session={session} index={index} optional />
        ))}
        <SelectField
          form={form}
          name="timeZone"
          label={t('desk.time-zone')}
          options={timeZones.map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
        />
        <OverrideFields form={form} />
        <div class="actions">
          <CheckButton />
          <SubmitButton label={t('changes.to-preview')} />
          <a class="kern-link" href={deskPaths.run(run.id)}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}
