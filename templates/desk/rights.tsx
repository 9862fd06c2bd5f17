import { pathOfRun, type ContingentOfRun, type RunDetails } from '../../server/modules/booking/index.ts';
import { institutionKinds } from '../../server/modules/people/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { Checkbox, Fieldset, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { rightsPaths, type RightsNotice } from './rights-paths.ts';
import { whenShort } from './run-table.tsx';

export type RightsView = {
  details: RunDetails;
  contingents: readonly ContingentOfRun[];
  /** Of both forms; only one of them was sent. */
  form: FormState;
  notice: RightsNotice | undefined;
};

const labels: Record<string, TextKey> = {
  perInstitution: 'rights.limit',
  codes: 'rights.codes',
  domains: 'rights.domains',
  admitted: 'rights.admitted',
  places: 'rights.keep-places',
  institutions: 'rights.keep-institutions',
  releaseOn: 'rights.release-on',
  releaseTime: 'rights.release-time',
};

/** Who may book a run, how many places one institution may hold, and for whom some are kept. */
export function RunRights({ details, contingents, form, notice }: RightsView) {
  const { t, language } = usePage();
  const { run, seminar } = details;
  return (
    <DeskLayout
      title={t('rights.title')}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      {notice && <Alert tone="success" title={t(`rights.notice-${notice}`)} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => labels[field] && t(labels[field])} />
      <Section id="admission" title={t('rights.admission-title')}>
        <Admission details={details} form={form} />
      </Section>
      <Section id="limit" title={t('rights.limit-title')}>
        <Form action={rightsPaths.limit(run.id)}>
          <TextField
            form={form}
            name="perInstitution"
            label={t('rights.limit')}
            hint={t('rights.limit-hint')}
            inputMode="numeric"
            width="short"
            optional
          />
          <div class="actions">
            <SubmitButton label={t('rights.limit-save')} kind="secondary" />
          </div>
        </Form>
      </Section>
      <Section id="kept" title={t('rights.kept-title')}>
        <p class="kern-body">{t('rights.kept-lead')}</p>
        <Contingents details={details} contingents={contingents} />
        <KeepPlaces details={details} form={form} />
      </Section>
    </DeskLayout>
  );
}

/** Who may book, and whether everybody sees that there is such a run. */
function Admission({ details: { run }, form }: Pick<RightsView, 'details' | 'form'>) {
  const { t } = usePage();
  return (
    <Form action={rightsPaths.admission(run.id)}>
      <p class="kern-body">{t(run.access === 'closed' ? 'rights.by-link' : 'rights.admission-lead')}</p>
      {run.access === 'closed' && (
        <p class="kern-body">
          <a class="kern-link kern-link--no-visited-state" href={pathOfRun(run)}>
            {t('rights.link-of-run')}
          </a>
        </p>
      )}
      <SelectField
        form={form}
        name="listed"
        label={t('rights.listed')}
        options={[
          { value: 'yes', label: t('rights.listed-yes') },
          { value: 'no', label: t('rights.listed-no') },
        ]}
      />
      <TextArea
        form={form}
        name="admitted"
        label={t('rights.admitted')}
        hint={t('rights.keep-institutions-hint')}
        rows={3}
        optional
      />
      <TextArea
        form={form}
        name="domains"
        label={t('rights.domains')}
        hint={t('rights.domains-hint')}
        rows={2}
        optional
      />
      <TextArea form={form} name="codes" label={t('rights.codes')} hint={t('rights.codes-hint')} rows={2} optional />
      <div class="actions">
        <SubmitButton label={t('rights.admission-save')} kind="secondary" />
      </div>
    </Form>
  );
}

function Contingents({ details: { run }, contingents }: Pick<RightsView, 'details' | 'contingents'>) {
  const { t } = usePage();
  if (contingents.length === 0) return <p class="kern-body muted">{t('rights.kept-none')}</p>;
  return (
    <ul class="bookings">
      {contingents.map((contingent) => (
        <li key={contingent.id} class="bookings__entry">
          <p class="bookings__places">{t('desk.places-count', { count: contingent.places })}</p>
          <div class="bookings__who">
            <p class="bookings__name">
              <KeptFor contingent={contingent} />
            </p>
            <Standing contingent={contingent} timeZone={run.timeZone} />
          </div>
          {!contingent.released && (
            <Form action={rightsPaths.release(run.id, contingent.id)}>
              <SubmitButton label={t('rights.release')} kind="tertiary" />
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}

function KeptFor({ contingent: { institutions, kinds } }: { contingent: ContingentOfRun }) {
  const { t } = usePage();
  const known = institutionKinds.filter((kind) => kinds.includes(kind)).map((kind) => t(`rights.kind-${kind}`));
  return <>{[...institutions, ...known].join(', ')}</>;
}

function Standing({ contingent, timeZone }: { contingent: ContingentOfRun; timeZone: string }) {
  const { t, language } = usePage();
  const { held, kept, releaseAt, released } = contingent;
  if (released)
    return (
      <p class="kern-body kern-body--small">
        {t('rights.released-at', { moment: momentOf(released.at, timeZone, language) })}
      </p>
    );
  return (
    <p class="kern-body kern-body--small">
      {t('rights.held-and-kept', { held, kept, moment: momentOf(releaseAt, timeZone, language) })}
    </p>
  );
}

function KeepPlaces({ details: { run, places }, form }: Pick<RightsView, 'details' | 'form'>) {
  const { t } = usePage();
  return (
    <Form action={rightsPaths.contingents(run.id)}>
      <Fieldset legend={t('rights.keep')} hint={t('rights.keep-hint', { left: places.left })}>
        <TextField form={form} name="places" label={t('rights.keep-places')} inputMode="numeric" width="short" />
        <TextArea
          form={form}
          name="institutions"
          label={t('rights.keep-institutions')}
          hint={t('rights.keep-institutions-hint')}
          rows={3}
          optional
        />
        <Fieldset legend={t('rights.keep-kinds')} hint={t('rights.keep-kinds-hint')}>
          {institutionKinds.map((kind) => (
            <Checkbox key={kind} form={form} name={`_kind_${kind}`} label={t(`rights.kind-${kind}`)} />
          ))}
        </Fieldset>
        <div class="fields fields--2">
          <TextField form={form} name="releaseOn" label={t('rights.release-on')} type="date" width="medium" />
          <TextField form={form} name="releaseTime" label={t('rights.release-time')} type="time" width="short" />
        </div>
      </Fieldset>
      <div class="actions">
        <SubmitButton label={t('rights.keep-save')} kind="secondary" />
      </div>
    </Form>
  );
}
