import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { Alert } from '../components/display.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { SelectField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { venuePaths } from '../venues/paths.ts';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { OverrideFields } from './override.tsx';
import { deskPaths } from './paths.ts';
import { CheckButton, CheckedPlan, type PlanChecked } from './plan-check.tsx';
import { FirstButton } from './rows.tsx';
import { SessionFields } from './session-fields.tsx';

export type SessionFormView = PlanChecked & {
  listing: RunListing;
  form: FormState;
  trainers: readonly Person[];
  rooms: readonly Room[];
  timeZones: readonly string[];
  /** The session that is moved; a new one has none. */
  session?: { id: string; isOver: boolean };
};

/** Moves a session, changes its room or its trainers; or adds one. What is public is shown once more before it is saved. */
export function SessionForm({ listing, form, trainers, rooms, timeZones, session, checked }: SessionFormView) {
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
      <CheckedPlan checked={checked} notes={form.notes} labelOf={(field) => deskLabel(field, t)} />
      {session?.isOver || run.status === 'cancelled' ? (
        <Alert tone="info" title={t(session?.isOver ? 'desk.session-is-over' : 'desk.run-is-cancelled')} />
      ) : (
        <Form action={session ? deskPaths.session(session.id) : deskPaths.newSession(run.id)}>
          <SessionFields
            form={form}
            prefix=""
            modules={session ? [] : seminar.modules}
            trainers={trainers}
            rooms={rooms}
            freeRooms={session && <FreeRoomsLink sessionId={session.id} />}
          />
          <SelectField
            form={form}
            name="timeZone"
            label={t('desk.time-zone')}
            options={timeZones.map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
          />
          <OverrideFields form={form} />
          <Alert tone="info" title={t(run.status === 'draft' ? 'desk.told-nobody' : 'changes.next-preview')} />
          <FirstButton value="save" />
          <div class="actions">
            <CheckButton />
            <SubmitButton
              label={t(
                run.status === 'draft' ? (session ? 'desk.session-save' : 'desk.session-add') : 'changes.to-preview',
              )}
            />
            <a class="kern-link" href={deskPaths.run(run.id)}>
              {t('desk.back-without')}
            </a>
          </div>
        </Form>
      )}
    </DeskLayout>
  );
}

function FreeRoomsLink({ sessionId }: { sessionId: string }) {
  const { t } = usePage();
  return (
    <p class="kern-body">
      <a class="kern-link kern-link--no-visited-state" href={venuePaths.freeRooms(sessionId)}>
        {t('rooms.find-rooms')}
      </a>
    </p>
  );
}
