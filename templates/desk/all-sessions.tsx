import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Session } from '../../server/modules/scheduling/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { Alert } from '../components/display.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DatedSession } from './dated-session.tsx';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { OverrideFields } from './override.tsx';
import { deskPaths } from './paths.ts';
import { CheckButton, CheckedPlan, type PlanChecked } from './plan-check.tsx';
import { FirstButton } from './rows.tsx';

export type AllSessionsView = PlanChecked & {
  listing: RunListing;
  form: FormState;
  /** Those to come, in the order of the form. */
  sessions: readonly Session[];
  rooms: readonly Room[];
};

/** Every session of a run that is still to come, to be changed in one act, on the clock of its place: all of them, or none. */
export function AllSessions({ listing: { run, seminar }, form, sessions, rooms, checked }: AllSessionsView) {
  const { t } = usePage();
  const labelOf = (field: string) => deskLabel(field.replace('dates[', 'sessions['), t);
  return (
    <DeskLayout
      title={t('changes.all-sessions-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} labelOf={labelOf} />
      <CheckedPlan checked={checked} notes={form.notes} labelOf={labelOf} />
      <Form action={deskPaths.allSessions(run.id)}>
        <FirstButton value="save" />
        <p class="kern-body">{t('changes.all-sessions-lead')}</p>
        {sessions.map((session, index) => (
          <DatedSession key={session.id} form={form} rooms={rooms} session={session} index={index} />
        ))}
        <OverrideFields form={form} />
        <Alert tone="info" title={t(run.status === 'draft' ? 'desk.told-nobody' : 'changes.next-preview')} />
        <div class="actions">
          <CheckButton />
          <SubmitButton label={t(run.status === 'draft' ? 'desk.save' : 'changes.to-preview')} />
          <a class="kern-link" href={deskPaths.run(run.id)}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}
