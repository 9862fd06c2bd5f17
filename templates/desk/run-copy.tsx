import type { RunDetails } from '../../server/modules/booking/index.ts';
import type { DayNote } from '../../server/modules/scheduling/index.ts';
import { SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DayRows, type DayRowsProps, type ProposedDay } from './day-rows.tsx';
import { DeskLayout } from './frame.tsx';
import { OverrideFields } from './override.tsx';
import { deskPaths } from './paths.ts';
import { dateLabel } from './planning-dates.ts';
import { CheckedPlan, type PlanCheck } from './plan-check.tsx';
import { planningLabel } from './planning-labels.ts';
import { planningPaths } from './planning-paths.ts';
import { FirstButton, FormKey } from './rows.tsx';
import { whenShort } from './run-table.tsx';

export type RunCopyView = {
  details: RunDetails;
  form: FormState;
  formKey: string;
  /** The new days, once somebody has said when the first one is. */
  rows: readonly ProposedDay[];
  notes: readonly (readonly DayNote[])[];
  conflicts: NonNullable<DayRowsProps['conflicts']>;
  checked: PlanCheck;
  places: readonly string[];
};

/** Repeats a run on new dates: first the new first day, then every session as it would be. */
export function RunCopy(view: RunCopyView) {
  const { t, language } = usePage();
  const { details, form, formKey, rows } = view;
  const { run, seminar } = details;
  const days = rows.map(({ date }) => dateLabel(date, language));
  return (
    <DeskLayout
      title={t('planning.copy-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} labelOf={(field) => planningLabel(field, t, days)} />
      {rows.length > 0 && <CheckedPlan checked={view.checked} />}
      <p class="kern-body">{t('planning.copy-lead')}</p>
      <Form action={planningPaths.copy(run.id)}>
        <FirstButton value="lay" />
        <FormKey value={formKey} />
        <div class="fields fields--2">
          <TextField form={form} name="firstOn" type="date" label={t('planning.copy-first-on')} />
          <SelectField
            form={form}
            name="by"
            label={t('planning.copy-by')}
            options={(['weeks', 'days'] as const).map((by) => ({ value: by, label: t(`planning.copy-by-${by}`) }))}
          />
        </div>
        <div class="actions">
          <SubmitButton
            label={t('planning.copy-show')}
            name="_do"
            value="lay"
            kind={rows.length > 0 ? 'secondary' : 'primary'}
          />
        </div>
        {rows.length > 0 && <NewDays {...view} />}
      </Form>
    </DeskLayout>
  );
}

function NewDays({ form, rows, notes, conflicts, places, details }: RunCopyView) {
  const { t } = usePage();
  const taken = rows.filter(({ take }) => take).length;
  return (
    <section class="stack" aria-labelledby="days">
      <h2 class="kern-heading-medium" id="days">
        {t('planning.days', { taken, out: rows.length - taken })}
      </h2>
      <DayRows {...{ form, rows, notes, conflicts, places }} modules={details.seminar.modules} />
      <OverrideFields form={form} />
      <div class="actions">
        <SubmitButton label={t('planning.check-again')} name="_do" value="check" kind="secondary" />
        <SubmitButton label={t('planning.copy-save')} name="_do" value="save" />
      </div>
    </section>
  );
}
