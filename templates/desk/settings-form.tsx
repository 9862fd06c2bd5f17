import type { RunListing } from '../../server/modules/booking/index.ts';
import { landName, lands } from '../../server/modules/holidays/index.ts';
import { afterNamesWays, groupWays } from '../../server/modules/scheduling/index.ts';
import { SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { QueueFields } from './queue-fields.tsx';
import { whenShort } from './run-table.tsx';

export type SettingsView = { listing: RunListing; form: FormState };

/** Changes the minimum and the deadlines of a run. */
export function RunSettingsForm({ listing: { run, seminar }, form }: SettingsView) {
  const { t, language } = usePage();
  return (
    <DeskLayout
      title={t('desk.settings-title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <ErrorSummary form={form} labelOf={(field) => deskLabel(field, t)} />
      <Form action={deskPaths.settings(run.id)}>
        <SettingsFields form={form} />
        <QueueFields form={form} />
        <TextField
          form={form}
          name="substituteUntilOn"
          label={t('names.substitute-until-on')}
          hint={t('names.substitute-until-on-hint')}
          type="date"
          width="medium"
          optional
        />
        <TextField
          form={form}
          name="namesUntilOn"
          label={t('names.names-until-on')}
          hint={t('names.names-until-on-hint')}
          type="date"
          width="medium"
          optional
        />
        <SelectField
          form={form}
          name="afterNames"
          label={t('names.after-names')}
          options={afterNamesWays.map((value) => ({ value, label: t(`names.after-names-${value}`) }))}
        />
        <SelectField
          form={form}
          name="groups"
          label={t('names.groups')}
          hint={t('names.groups-hint')}
          options={groupWays.map((value) => ({ value, label: t(`names.groups-${value}`) }))}
        />
        <SelectField
          form={form}
          name="land"
          label={t('planning.land')}
          hint={t('desk.land-hint')}
          options={lands.map((land) => ({ value: land, label: landName(land), language: 'de' }))}
          anyLabel={t('planning.no-land')}
          optional
        />
        <div class="actions">
          <SubmitButton label={t('desk.save')} />
        </div>
      </Form>
    </DeskLayout>
  );
}

/** Minimum number and deadlines. */
export function SettingsFields({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <>
      <TextField
        form={form}
        name="minimum"
        label={t('desk.minimum')}
        hint={t('desk.minimum-hint')}
        inputMode="numeric"
        width="short"
        optional
      />
      <TextField
        form={form}
        name="decisionOn"
        label={t('decisions.decision-on')}
        hint={t('decisions.decision-on-hint')}
        type="date"
        width="medium"
        optional
      />
      <TextField
        form={form}
        name="cancellationHours"
        label={t('desk.cancellation-hours')}
        hint={t('desk.cancellation-hours-hint')}
        inputMode="numeric"
        width="short"
      />
    </>
  );
}
