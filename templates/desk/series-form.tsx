import type { Seminar } from '../../server/modules/catalogue/index.ts';
import { landName, lands } from '../../server/modules/holidays/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import { placesInMonth, seriesPatterns, weekdays } from '../../server/modules/scheduling/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { Alert } from '../components/display.tsx';
import { Checkbox, Fieldset, SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { planningLabel } from './planning-labels.ts';
import { planningPaths, type PlannedFor } from './planning-paths.ts';
import { FormKey } from './rows.tsx';

export type SeriesView = {
  form: FormState;
  seminar: Seminar;
  trainers: readonly Person[];
  rooms: readonly Room[];
  timeZones: readonly string[];
  formKey: string;
  plannedFor?: PlannedFor | undefined;
};

/** How the sessions of a run recur, where they are, and what happens on holidays. */
export function SeriesPage(view: SeriesView) {
  const { t } = usePage();
  const { form, seminar, formKey } = view;
  return (
    <DeskLayout
      title={t('planning.series-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.newRun(seminar.id), label: t('desk.plan-run') }}
    >
      <ErrorSummary form={form} labelOf={(field) => planningLabel(field, t)} />
      {view.plannedFor && <Alert tone="info" title={t(`demand.for-${view.plannedFor.kind}`)} />}
      <p class="kern-body">{t('planning.series-lead')}</p>
      <Form action={planningPaths.series(seminar.id, view.plannedFor)}>
        <FormKey value={formKey} />
        <Rhythm form={form} />
        <Span form={form} />
        <Times form={form} timeZones={view.timeZones} />
        <Holidays form={form} />
        <Place {...view} />
        <div class="actions">
          <SubmitButton label={t('planning.show-days')} name="_do" value="lay" />
        </div>
      </Form>
    </DeskLayout>
  );
}

function Rhythm({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('planning.rhythm')}>
      <SelectField
        form={form}
        name="pattern"
        label={t('planning.pattern')}
        options={seriesPatterns.map((pattern) => ({ value: pattern, label: t(`planning.pattern-${pattern}`) }))}
      />
      <fieldset class="kern-fieldset">
        <legend class="kern-label">{t('planning.weekdays')}</legend>
        <p class="kern-hint">{t('planning.weekdays-hint')}</p>
        <div class="kern-fieldset__body checks">
          {weekdays.map((day, index) => (
            <Checkbox
              key={day}
              form={form}
              name={`weekdays[${index}]`}
              value={day}
              label={t(`planning.weekday-${day}`)}
            />
          ))}
        </div>
      </fieldset>
      <div class="fields fields--2">
        <TextField
          form={form}
          name="everyWeeks"
          label={t('planning.every-weeks')}
          hint={t('planning.every-weeks-hint')}
          inputMode="numeric"
          width="short"
          optional="unsaid"
        />
        <SelectField
          form={form}
          name="placeInMonth"
          label={t('planning.place-in-month')}
          hint={t('planning.place-in-month-hint')}
          options={placesInMonth.map((place) => ({
            value: place,
            label: t(`planning.place-in-month-${place === '-1' ? 'last' : place}`),
          }))}
          optional="unsaid"
        />
      </div>
    </Fieldset>
  );
}

function Span({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('planning.span')} hint={t('planning.span-hint')}>
      <div class="fields series-span">
        <TextField form={form} name="startsOn" type="date" label={t('planning.starts-on')} />
        <TextField
          form={form}
          name="count"
          label={t('planning.count')}
          inputMode="numeric"
          width="short"
          optional="unsaid"
        />
        <TextField form={form} name="lastOn" type="date" label={t('planning.last-on')} optional="unsaid" />
      </div>
    </Fieldset>
  );
}

function Times({ form, timeZones }: { form: FormState; timeZones: readonly string[] }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('planning.times')}>
      <div class="fields fields--2">
        <TextField form={form} name="from" type="time" label={t('desk.from')} />
        <TextField form={form} name="until" type="time" label={t('desk.until')} />
      </div>
      <SelectField
        form={form}
        name="timeZone"
        label={t('desk.time-zone')}
        options={timeZones.map((zone) => ({ value: zone, label: zone.replace(/_/g, ' ') }))}
      />
    </Fieldset>
  );
}

function Holidays({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('planning.holidays')}>
      <SelectField
        form={form}
        name="land"
        label={t('planning.land')}
        options={lands.map((land) => ({ value: land, label: landName(land), language: 'de' }))}
        anyLabel={t('planning.no-land')}
        optional="unsaid"
      />
      <Checkbox form={form} name="leaveOutPublic" label={t('planning.leave-out-public')} />
      <Checkbox form={form} name="leaveOutSchool" label={t('planning.leave-out-school')} />
      <Checkbox form={form} name="makeUp" label={t('planning.make-up')} />
    </Fieldset>
  );
}

function Place({ form, rooms, trainers }: SeriesView) {
  const { t } = usePage();
  const people = trainers.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Fieldset legend={t('planning.place')} hint={t('planning.place-hint')}>
      {rooms.length > 0 && (
        <SelectField
          form={form}
          name="roomId"
          label={t('planning.room')}
          options={rooms.map(({ id, name, venue }) => ({ value: id, label: `${venue.name}, ${name}`, language: 'de' }))}
          anyLabel={t('planning.no-room')}
          optional
        />
      )}
      <TextField
        form={form}
        name="location"
        label={t('desk.location')}
        hint={t('desk.location-hint')}
        maxLength={300}
        optional={rooms.length > 0}
      />
      <div class="fields fields--2">
        {['desk.trainer' as const, 'desk.further-trainer' as const].map((label, index) => (
          <SelectField
            key={label}
            form={form}
            name={`trainers[${index}]`}
            label={t(label)}
            options={people}
            anyLabel={t('desk.nobody')}
            optional
          />
        ))}
      </div>
    </Fieldset>
  );
}
