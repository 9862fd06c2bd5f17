import type { ReminderPreview, RunDetails } from '../../server/modules/booking/index.ts';
import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Run } from '../../server/modules/scheduling/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { reminderPaths } from './reminder-paths.ts';
import { LateBookers, RemindersTable } from './reminder-preview.tsx';
import { reminderLabel, ReminderRules } from './reminder-rules.tsx';
import { FirstButton } from './rows.tsx';
import { whenShort } from './run-table.tsx';

export type RunRemindersView = {
  details: RunDetails;
  form: FormState;
  /** Of the rules in the form, while they can be read. */
  preview?: ReminderPreview;
  /** It shows what is typed, not what is saved. */
  isTrial: boolean;
  isSaved: boolean;
};

/** The reminder plan of a run: its rules, and what they do here. */
export function RunReminders({ details: { run, seminar }, form, preview, isTrial, isSaved }: RunRemindersView) {
  const { t, language } = usePage();
  return (
    <DeskLayout
      title={t('reminders.title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
      wide
    >
      {isSaved && <Alert tone="success" title={t('reminders.saved')} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => reminderLabel(field, t)} />
      <p class="kern-body">{t('reminders.lead-run')}</p>
      <Belonging run={run} />
      <Form action={reminderPaths.ofRun(run.id)}>
        <FirstButton value="preview" />
        <ReminderRules form={form} />
        <div class="actions">
          <SubmitButton label={t('reminders.preview')} name="_do" value="preview" kind="secondary" />
          <SubmitButton label={t('reminders.save')} name="_do" value="save" />
          {run.ownReminders && (
            <SubmitButton label={t('reminders.take-seminar')} name="_do" value="seminar" kind="tertiary" />
          )}
        </div>
      </Form>
      {preview && (
        <Section id="preview" title={t('reminders.preview-title')}>
          {isTrial && <p class="kern-body muted">{t('reminders.preview-unsaved')}</p>}
          <RemindersTable mails={preview.mails} />
          <LateBookers late={preview.late} timeZone={run.timeZone} />
        </Section>
      )}
    </DeskLayout>
  );
}

function Belonging({ run }: { run: Run }) {
  const { t } = usePage();
  const follows = run.status === 'draft' ? 'reminders.as-seminar' : 'reminders.as-seminar-was';
  return (
    <p class="kern-body">
      {t(run.ownReminders ? 'reminders.own' : follows)}{' '}
      <a class="kern-link kern-link--no-visited-state" href={reminderPaths.ofSeminar(run.seminarId)}>
        {t('reminders.of-seminar')}
      </a>
    </p>
  );
}

export type SeminarRemindersView = { seminar: Seminar; form: FormState; isSaved: boolean };

/** What a seminar proposes for the reminders of its runs. */
export function SeminarReminders({ seminar, form, isSaved }: SeminarRemindersView) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('reminders.title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.seminars(), label: t('desk.seminars-title') }}
    >
      {isSaved && <Alert tone="success" title={t('reminders.saved-seminar')} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => reminderLabel(field, t)} />
      <p class="kern-body">{t('reminders.lead-seminar')}</p>
      <Form action={reminderPaths.ofSeminar(seminar.id)}>
        <FirstButton value="save" />
        <ReminderRules form={form} />
        <div class="actions">
          <SubmitButton label={t('reminders.save')} name="_do" value="save" />
        </div>
      </Form>
    </DeskLayout>
  );
}

/** On the run's own page: who gets which mail when, before anything is published. */
export function RemindersOfRun({ run, preview }: { run: Run; preview: ReminderPreview }) {
  const { t } = usePage();
  return (
    <Section id="reminders" title={t('reminders.title')}>
      <p class="kern-body">{t('reminders.lead-run')}</p>
      <RemindersTable mails={preview.mails} />
      <LateBookers late={preview.late} timeZone={run.timeZone} />
      <div class="actions">
        <ButtonLink href={reminderPaths.ofRun(run.id)} label={t('reminders.open')} kind="secondary" />
      </div>
    </Section>
  );
}
