import { approvals, bookingModes, seminarKinds } from '../../server/modules/catalogue/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { Fieldset } from '../components/fields.tsx';
import { SelectField, TextArea, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { languageName } from '../language-names.ts';
import { usePage } from '../page.ts';
import { deskLabel } from './field-labels.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { FirstButton, FormKey, RowButton, rowsIn } from './rows.tsx';

export type SeminarFormView = {
  form: FormState;
  providers: readonly Provider[];
  formKey: string;
  /** When one that is there is changed. */
  seminarId?: string;
};

const languages = [
  'de',
  'en',
  'ar',
  'bg',
  'es',
  'fa',
  'fr',
  'it',
  'ku',
  'pl',
  'ro',
  'ru',
  'sq',
  'sr',
  'tr',
  'uk',
  'vi',
];

/** A seminar as it stands in the catalogue, with the modules of a course. */
export function SeminarForm({ form, providers, formKey, seminarId }: SeminarFormView) {
  const { t } = usePage();
  const title = t(seminarId ? 'desk.seminar-change-title' : 'desk.seminar-new-title');
  return (
    <DeskLayout
      title={title}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.seminars(), label: t('desk.seminars-title') }}
    >
      <ErrorSummary form={form} labelOf={(field) => deskLabel(field, t)} />
      <Form action={seminarId ? deskPaths.seminar(seminarId) : deskPaths.newSeminar()}>
        <FirstButton value="save" />
        <FormKey value={formKey} />
        <About form={form} providers={providers} />
        <Modules form={form} />
        <div class="actions">
          <SubmitButton label={t(seminarId ? 'desk.save' : 'desk.seminar-create')} name="_do" value="save" />
          <a class="kern-link" href={deskPaths.seminars()}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}

function About({ form, providers }: Pick<SeminarFormView, 'form' | 'providers'>) {
  const { t, language } = usePage();
  const kinds = seminarKinds.map((kind) => ({ value: kind, label: t(`public.kind-${kind}`) }));
  const pick = t('desk.please-choose');
  return (
    <>
      <TextField form={form} name="title" label={t('desk.seminar-title')} maxLength={160} />
      <TextArea
        form={form}
        name="summary"
        label={t('desk.seminar-summary')}
        hint={t('desk.seminar-summary-hint')}
        rows={3}
      />
      <TextArea
        form={form}
        name="description"
        label={t('desk.seminar-description')}
        hint={t('desk.seminar-description-hint')}
        rows={8}
        optional
      />
      <div class="fields fields--2">
        <SelectField form={form} name="kind" label={t('desk.seminar-kind')} options={kinds} anyLabel={pick} />
        <SelectField
          form={form}
          name="language"
          label={t('desk.seminar-language')}
          options={languages.map((code) => ({ value: code, label: languageName(code, language) }))}
          anyLabel={pick}
        />
      </div>
      <SelectField
        form={form}
        name="approval"
        label={t('approval.seminar')}
        hint={t('approval.seminar-hint')}
        options={approvals.map((value) => ({ value, label: t(`approval.seminar-${value}`) }))}
      />
      {providers.length === 1 ? (
        <input type="hidden" name="provider" value={providers[0]?.id} />
      ) : (
        <SelectField
          form={form}
          name="provider"
          label={t('desk.provider')}
          options={providers.map(({ id, name }) => ({ value: id, label: name, language: 'de' }))}
          anyLabel={pick}
        />
      )}
    </>
  );
}

function Modules({ form }: { form: FormState }) {
  const { t } = usePage();
  const rows = rowsIn(form, 'modules');
  return (
    <section class="stack" aria-labelledby="modules">
      <div>
        <h2 class="kern-heading-medium" id="modules">
          {t('desk.modules')}
        </h2>
        <p class="kern-body muted">{t('desk.modules-hint')}</p>
      </div>
      {Array.from({ length: rows }, (_, index) => (
        <div class="form-row" id={`modules-${index}`} key={index}>
          <Fieldset legend={t('desk.module-number', { number: index + 1 })}>
            <input type="hidden" name={`modules[${index}].id`} value={form.values[`modules[${index}].id`] ?? ''} />
            <TextField form={form} name={`modules[${index}].title`} label={t('desk.module-title')} maxLength={160} />
            <TextArea
              form={form}
              name={`modules[${index}].content`}
              label={t('desk.module-content')}
              rows={2}
              optional
            />
            <TextField
              form={form}
              name={`modules[${index}].teachingUnits`}
              label={t('modules.teaching-units')}
              inputMode="numeric"
              width="short"
              optional
            />
          </Fieldset>
          <div class="actions">
            {index > 0 && <MoveUp index={index} />}
            <RowButton
              list="modules"
              act="remove"
              index={index}
              label={t('desk.module-remove', { number: index + 1 })}
            />
          </div>
        </div>
      ))}
      <RowButton list="modules" act="add" index={rows} label={t('desk.module-add')} />
      {rows > 0 && (
        <SelectField
          form={form}
          name="booking"
          label={t('modules.booking-mode')}
          hint={t('modules.booking-mode-hint')}
          options={bookingModes.map((mode) => ({ value: mode, label: t(`modules.mode-${mode}`) }))}
        />
      )}
    </section>
  );
}

/** Puts a module before the one above it: their order is the order of the course. */
function MoveUp({ index }: { index: number }) {
  const { t } = usePage();
  return (
    <button
      type="submit"
      class="kern-btn kern-btn--tertiary"
      name="_do"
      value={`up-modules-${index}`}
      formaction={`#modules-${index - 1}`}
    >
      <span class="kern-label">{t('modules.move-up', { number: index + 1 })}</span>
    </button>
  );
}
