import { Fragment } from 'preact';
import { landName, lands, type SchoolYear } from '../../server/modules/holidays/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { SelectField } from '../components/fields.tsx';
import { ErrorSummary, Form, FormToken, SubmitButton } from '../components/form.tsx';
import { errorOf, startingWith, type FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';
import { dateLabel } from './planning-dates.ts';
import { planningPaths, type HolidaysNotice } from './planning-paths.ts';

export type HolidaysView = {
  years: readonly SchoolYear[];
  providers: readonly Provider[];
  /** Whether one may change anything here. */
  mayChange: boolean;
  form: FormState;
  notice: HolidaysNotice | undefined;
};

/** Which holidays planning knows, and for the network: reading in the files of the ministries. */
export function HolidaysPage({ years, providers, mayChange, form, notice }: HolidaysView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('holidays.title')} hasErrors={form.errors.length > 0}>
      <DeskTabs here="holidays" />
      {notice && <Alert tone="success" title={t(`holidays.notice-${notice}`)} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => (field === 'file' ? t('holidays.file') : t('planning.land'))} />
      <p class="kern-body">{t('holidays.lead')}</p>
      <Section id="school-holidays" title={t('holidays.school-holidays')}>
        {years.length === 0 && <p class="kern-body">{t('holidays.none')}</p>}
        {years.map((year) => (
          <Year key={`${year.land} ${year.schoolYear}`} year={year} />
        ))}
      </Section>
      {mayChange && <Import form={form} />}
      {mayChange && <ProviderLands providers={providers} />}
    </DeskLayout>
  );
}

function Year({ year }: { year: SchoolYear }) {
  const { t } = usePage();
  const land = lands.find((one) => one === year.land);
  return (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title">
          {land ? landName(land) : year.land} {year.schoolYear} ·{' '}
          {t('holidays.periods', { count: year.periods.length })}
        </span>
      </summary>
      <div class="kern-accordion__body">
        <ul class="kern-list">
          {year.periods.map((period) => (
            <li key={period.firstOn}>
              <Period {...period} />
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

/** "Herbstferien: Mo., 5. Okt. – Sa., 17. Okt." */
export function Period({ name, firstOn, lastOn }: { name: string; firstOn: string; lastOn: string }) {
  const { language } = usePage();
  const days = [...new Set([firstOn, lastOn])].map((day) => dateLabel(day, language));
  return (
    <>
      <span lang="de">{name}</span>:{' '}
      {days.map((day, index) => (
        <Fragment key={day}>
          {index > 0 && ' – '}
          <span class="nowrap">{day}</span>
        </Fragment>
      ))}
    </>
  );
}

function Import({ form }: { form: FormState }) {
  const { t } = usePage();
  const error = errorOf(form, 'file');
  return (
    <Section id="import" title={t('holidays.import')}>
      <p class="kern-body">{t('holidays.import-lead')}</p>
      <form
        class="form"
        method="post"
        action={planningPaths.holidaysPreview()}
        encType="multipart/form-data"
        novalidate
      >
        <FormToken />
        <SelectField
          form={form}
          name="land"
          label={t('planning.land')}
          options={lands.map((land) => ({ value: land, label: landName(land), language: 'de' }))}
          anyLabel={t('desk.please-choose')}
        />
        <div class={`kern-form-input${error ? ' kern-form-input--error' : ''}`}>
          <label class="kern-label" for="file">
            {t('holidays.file')}
          </label>
          <div class="kern-hint" id="file-hint">
            {t('holidays.file-hint')}
          </div>
          <input
            class="kern-form-input__input"
            id="file"
            name="file"
            type="file"
            accept=".ics,.csv,.txt,text/calendar,text/csv,text/plain"
            aria-describedby={error ? 'file-hint file-error' : 'file-hint'}
            aria-invalid={error ? 'true' : undefined}
          />
          {error && (
            <p class="kern-error" id="file-error">
              <span class="kern-icon kern-icon--danger" aria-hidden="true" />
              <span class="kern-body">{t(error.key, error.values)}</span>
            </p>
          )}
        </div>
        <div class="actions">
          <SubmitButton label={t('holidays.show-file')} />
        </div>
      </form>
    </Section>
  );
}

function ProviderLands({ providers }: { providers: readonly Provider[] }) {
  const { t } = usePage();
  return (
    <Section id="providers" title={t('holidays.providers')}>
      <p class="kern-body">{t('holidays.providers-lead')}</p>
      {providers.map(({ id, name, land }) => (
        <Form key={id} action={planningPaths.providerLand(id)}>
          <div class="fields fields--2 land-row">
            <SelectField
              form={startingWith({ [`land-${id}`]: land })}
              name={`land-${id}`}
              label={name}
              options={lands.map((one) => ({ value: one, label: landName(one), language: 'de' }))}
              anyLabel={t('desk.please-choose')}
              optional="unsaid"
            />
            <SubmitButton label={t('holidays.save-land')} kind="secondary" />
          </div>
        </Form>
      ))}
    </Section>
  );
}
