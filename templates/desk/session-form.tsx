import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import { Alert } from '../components/display.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { SelectField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { SessionFields } from './session-fields.tsx';

/** Who hears of a change: how many of each. */
export type Told = { participants: number; bookers: number; trainers: number };
export type SessionFormView = {
  listing: RunListing;
  form: FormState;
  trainers: readonly Person[];
  timeZones: readonly string[];
  /** The session that is moved; a new one has none. */
  session?: { id: string; isOver: boolean };
  told: Told;
};

/** Moves a session, changes its room or its trainers; or adds one to a draft. Says before saving who is told. */
export function SessionForm({ listing, form, trainers, timeZones, session, told }: SessionFormView) {
  const { t } = usePage();
  const { run, seminar } = listing;
  return (
    <DeskLayout
      title={t(session ? 'desk.session-change-title' : 'desk.session-new-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} labelOf={(field) => deskLabel(field, t)} />
      {session?.isOver || run.status === 'cancelled' ? (
        <Alert tone="info" title={t(session?.isOver ? 'desk.session-is-over' : 'desk.run-is-cancelled')} />
      ) : (
        <Form action={session ? deskPaths.session(session.id) : deskPaths.newSession(run.id)}>
          <SessionFields form={form} prefix="" modules={session ? [] : seminar.modules} trainers={trainers} />
          <SelectField
            form={form}
            name="timeZone"
            label={t('desk.time-zone')}
            options={timeZones.map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
          />
          <WhoIsTold told={told} isDraft={run.status === 'draft'} />
          <div class="actions">
            <SubmitButton label={t(session ? 'desk.session-save' : 'desk.session-add')} />
            <a class="kern-link" href={deskPaths.run(run.id)}>
              {t('desk.back-without')}
            </a>
          </div>
        </Form>
      )}
    </DeskLayout>
  );
}

function WhoIsTold({ told, isDraft }: { told: Told; isDraft: boolean }) {
  const { t } = usePage();
  if (isDraft) return <Alert tone="info" title={t('desk.told-nobody')} />;
  return (
    <Alert tone="info" title={t('desk.told-title')}>
      <ul class="kern-list kern-list--bullet">
        <li>{t('desk.told-participants', { count: told.participants })}</li>
        <li>{t('desk.told-bookers', { count: told.bookers })}</li>
        <li>{t('desk.told-trainers', { count: told.trainers })}</li>
      </ul>
    </Alert>
  );
}
