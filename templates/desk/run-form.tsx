import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { Fieldset, SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { OverrideFields } from './override.tsx';
import { deskPaths } from './paths.ts';
import { CheckButton, CheckedPlan, type PlanChecked } from './plan-check.tsx';
import { planningPaths } from './planning-paths.ts';
import { FirstButton, FormKey, RowButton, rowsIn } from './rows.tsx';
import { SessionFields, type RoomChoices } from './session-fields.tsx';
import { FoldedQueueFields } from './queue-fields.tsx';
import { SettingsFields } from './settings-form.tsx';

export type RunFormView = PlanChecked & {
  form: FormState;
  seminar: Seminar;
  trainers: readonly Person[];
  rooms: readonly Room[];
  timeZones: readonly string[];
  formKey: string;
  /** What stands in the way of each room at the time of the session that asked. */
  choices?: RoomChoices & { row: number };
};

/** Plans a run: its sessions, its places, its deadlines. */
export function RunForm(view: RunFormView) {
  const { t } = usePage();
  const { form, seminar, formKey } = view;
  return (
    <DeskLayout
      title={t('desk.plan-run')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.overview(), label: t('desk.title') }}
    >
      <ErrorSummary form={form} labelOf={(field) => deskLabel(field, t)} />
      <CheckedPlan checked={view.checked} notes={form.notes} labelOf={(field) => deskLabel(field, t)} />
      <Form action={deskPaths.newRun(seminar.id)}>
        <FirstButton value="draft" />
        <FormKey value={formKey} />
        <p class="kern-body">
          <a class="kern-link kern-link--no-visited-state" href={planningPaths.series(seminar.id)}>
            {t('planning.plan-by-rule')}
          </a>
        </p>
        <Sessions {...view} />
        <section class="stack" aria-labelledby="places-and-deadlines">
          <h2 class="kern-heading-medium" id="places-and-deadlines">
            {t('desk.places-and-deadlines')}
          </h2>
          <TextField
            form={form}
            name="capacity"
            label={t('desk.capacity')}
            hint={t('desk.capacity-hint')}
            inputMode="numeric"
            width="short"
          />
          <SettingsFields form={form} />
          <FoldedQueueFields form={form} />
        </section>
        <section class="stack" aria-labelledby="save">
          <h2 class="kern-heading-medium" id="save">
            {t('desk.save-title')}
          </h2>
          <p class="kern-body">{t('desk.save-lead')}</p>
          <OverrideFields form={form} />
          <div class="actions">
            <CheckButton />
            <SubmitButton label={t('desk.save-draft')} name="_do" value="draft" kind="secondary" />
            <SubmitButton label={t('desk.publish-now')} name="_do" value="publish" />
          </div>
        </section>
      </Form>
    </DeskLayout>
  );
}

function Sessions({ form, seminar, trainers, rooms, timeZones, choices }: RunFormView) {
  const { t } = usePage();
  const rows = rowsIn(form, 'sessions', 1);
  return (
    <section class="stack" aria-labelledby="sessions">
      <h2 class="kern-heading-medium" id="sessions">
        {t('desk.sessions')}
      </h2>
      {Array.from({ length: rows }, (_, index) => (
        <div class="form-row" id={`sessions-${index}`} key={index}>
          <Fieldset legend={t('desk.session-number', { number: index + 1 })}>
            <SessionFields
              form={form}
              prefix={`sessions[${index}].`}
              modules={seminar.modules}
              trainers={trainers}
              rooms={rooms}
              choices={choices?.row === index ? choices : undefined}
              freeRooms={<FreeRoomsButton index={index} />}
            />
          </Fieldset>
          {rows > 1 && (
            <RowButton
              list="sessions"
              act="remove"
              index={index}
              label={t('desk.session-remove', { number: index + 1 })}
            />
          )}
        </div>
      ))}
      <RowButton list="sessions" act="add" index={rows} label={t('desk.session-add')} />
      <SelectField
        form={form}
        name="timeZone"
        label={t('desk.time-zone')}
        hint={t('desk.time-zone-hint')}
        options={timeZones.map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
      />
    </section>
  );
}

/** Sorts the rooms of this session by whether they are free then; the page comes back at it. */
function FreeRoomsButton({ index }: { index: number }) {
  const { t } = usePage();
  return (
    <div class="actions">
      <button
        type="submit"
        class="kern-btn kern-btn--tertiary"
        name="_do"
        value={`rooms-${index}`}
        formaction={`#sessions-${index}`}
      >
        <span class="kern-label">{t('rooms.find-rooms')}</span>
      </button>
    </div>
  );
}

export type SeminarChoiceView = { seminars: readonly Seminar[]; form: FormState };

/** Which seminar the new run is of. */
export function SeminarChoice({ seminars, form }: SeminarChoiceView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('desk.plan-run')} back={{ href: deskPaths.overview(), label: t('desk.title') }}>
      {seminars.length === 0 ? (
        <p class="kern-body">{t('desk.no-seminars')}</p>
      ) : (
        <form class="form" method="get" action={deskPaths.newRun()}>
          <SelectField
            form={form}
            name="seminar"
            label={t('desk.which-seminar')}
            options={seminars.map(({ id, title, language }) => ({ value: id, label: title, language }))}
          />
          <div class="actions">
            <SubmitButton label={t('desk.continue')} />
          </div>
        </form>
      )}
    </DeskLayout>
  );
}
