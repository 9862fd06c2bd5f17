import { landName, type Land } from '../../server/modules/holidays/index.ts';
import type { DayNote } from '../../server/modules/scheduling/index.ts';
import { Alert } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { usePage } from '../page.ts';
import { DayRows, type DayRowsProps, type ProposedDay } from './day-rows.tsx';
import { DeskLayout } from './frame.tsx';
import { dateLabel } from './planning-dates.ts';
import { OverrideFields } from './override.tsx';
import { CheckedPlan, type PlanCheck } from './plan-check.tsx';
import { planningLabel } from './planning-labels.ts';
import { planningPaths } from './planning-paths.ts';
import { queueFields } from './queue-labels.ts';
import { FirstButton, FormKey } from './rows.tsx';
import type { SeriesView } from './series-form.tsx';
import { FoldedQueueFields } from './queue-fields.tsx';
import { SettingsFields } from './settings-form.tsx';

export type SeriesPreviewView = SeriesView & {
  rows: readonly ProposedDay[];
  notes: readonly (readonly DayNote[])[];
  conflicts: NonNullable<DayRowsProps['conflicts']>;
  checked: PlanCheck;
  /** How many sessions the rule asks for. */
  wanted: number;
  land: Land | undefined;
  unknownSchoolYears: readonly string[];
};

const fieldsHere = new Set(['capacity', 'minimum', 'cancellationHours', ...queueFields]);

function isOnThisPage(name: string): boolean {
  return fieldsHere.has(name) || /^(sessions\[|override\.)/.test(name);
}

/** The days that a rule finds, before anything is saved; then places and deadlines. */
export function SeriesPreview(view: SeriesPreviewView) {
  const { t, language } = usePage();
  const { form, seminar, formKey, rows } = view;
  const days = rows.map(({ date }) => dateLabel(date, language));
  return (
    <DeskLayout
      title={t('planning.preview-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: planningPaths.series(seminar.id, view.plannedFor), label: t('planning.series-title') }}
    >
      <ErrorSummary form={form} labelOf={(field) => planningLabel(field, t, days)} />
      <CheckedPlan checked={view.checked} />
      {view.plannedFor && <Alert tone="info" title={t(`demand.for-${view.plannedFor.kind}`)} />}
      <Form action={planningPaths.series(seminar.id, view.plannedFor)}>
        <FirstButton value="check" />
        <FormKey value={formKey} />
        <RuleInBehind form={form} />
        <Days {...view} />
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
          <div class="actions">
            <SubmitButton label={t('desk.save-draft')} name="_do" value="draft" kind="secondary" />
            <SubmitButton label={t('desk.publish-now')} name="_do" value="publish" />
          </div>
        </section>
      </Form>
    </DeskLayout>
  );
}

function Days({ form, rows, notes, conflicts, seminar, wanted, land, unknownSchoolYears }: SeriesPreviewView) {
  const { t } = usePage();
  const taken = rows.filter(({ take }) => take).length;
  return (
    <section class="stack" aria-labelledby="days">
      <h2 class="kern-heading-medium" id="days">
        {t('planning.days', { taken, out: rows.length - taken })}
      </h2>
      {taken < wanted && (
        <Alert tone="warning" title={t('planning.missing-title', { missing: wanted - taken, wanted })}>
          <p class="kern-body">{t('planning.missing-lead')}</p>
        </Alert>
      )}
      {land !== undefined && unknownSchoolYears.length > 0 && (
        <p class="kern-body muted">
          {t('planning.school-years-unknown', { land: landName(land), years: unknownSchoolYears.join(', ') })}
        </p>
      )}
      <DayRows form={form} rows={rows} notes={notes} conflicts={conflicts} modules={seminar.modules} />
      <OverrideFields form={form} />
      <div class="actions">
        <SubmitButton label={t('planning.check-again')} name="_do" value="check" kind="secondary" />
        <SubmitButton label={t('planning.add-at-end')} name="_do" value="make-up" kind="secondary" />
        {seminar.modules.length > 0 && (
          <SubmitButton label={t('planning.lay-modules')} name="_do" value="modules" kind="tertiary" />
        )}
        <SubmitButton label={t('planning.change-rule')} name="_do" value="rule" kind="tertiary" />
      </div>
    </section>
  );
}

/** The rule stays with its days, to go on by it and to go back to it. */
function RuleInBehind({ form }: Pick<SeriesPreviewView, 'form'>) {
  return (
    <>
      {Object.entries(form.values)
        .filter(([name]) => !isOnThisPage(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
    </>
  );
}
