import { institutionKinds, type Institution } from '../../server/modules/people/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { DeskLayout, DeskTabs } from '../desk/frame.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { institutionPaths, type InstitutionNotice } from './paths.ts';

export type DeskInstitutionsView = {
  institutions: readonly (Institution & { contacts: number })[];
  form: FormState;
};

/** All institutions, for those who coordinate. */
export function DeskInstitutions({ institutions, form }: DeskInstitutionsView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('institutions.desk-title')} hasErrors={form.errors.length > 0}>
      <DeskTabs here="institutions" />
      <ErrorSummary form={form} labelOf={(field) => t(labelOf(field))} />
      <p class="kern-body">{t('institutions.desk-lead')}</p>
      <ul class="demand-list">
        {institutions.map(({ id, name, kind, contacts }) => (
          <li key={id}>
            <a class="kern-link" href={institutionPaths.deskOne(id)} lang="de">
              {name}
            </a>
            <span class="muted">
              {t(`institutions.kind-${kind}`)} · {t('institutions.contacts-count', { count: contacts })}
            </span>
          </li>
        ))}
      </ul>
      <Section id="new" title={t('institutions.new')}>
        <InstitutionForm form={form} action={institutionPaths.desk()} label={t('institutions.create')} />
      </Section>
    </DeskLayout>
  );
}

export type DeskInstitutionView = {
  institution: Institution;
  form: FormState;
  notice: InstitutionNotice | undefined;
};

/** One institution on the desk: its name and kind, and the ways to its contacts and its billing address. */
export function DeskInstitution({ institution, form, notice }: DeskInstitutionView) {
  const { t } = usePage();
  const { id, name } = institution;
  return (
    <DeskLayout
      title={name}
      titleLanguage="de"
      hasErrors={form.errors.length > 0}
      back={{ href: institutionPaths.desk(), label: t('institutions.desk-title') }}
    >
      {notice && <Alert tone="success" title={t(`institutions.notice-${notice}`)} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => t(labelOf(field))} />
      <div class="actions">
        <ButtonLink href={institutionPaths.contacts(id)} label={t('institutions.tab-contacts')} kind="secondary" />
        <ButtonLink href={institutionPaths.billing(id)} label={t('institutions.tab-billing')} kind="secondary" />
      </div>
      <Section id="mend" title={t('institutions.mend')}>
        <InstitutionForm form={form} action={institutionPaths.deskOne(id)} label={t('institutions.save')} />
      </Section>
    </DeskLayout>
  );
}

function labelOf(field: string) {
  return field === 'kind' ? 'institutions.kind' : 'institutions.institution-name';
}

function InstitutionForm({ form, action, label }: { form: FormState; action: string; label: string }) {
  const { t } = usePage();
  return (
    <Form action={action}>
      <TextField form={form} name="name" label={t('institutions.institution-name')} />
      <SelectField
        form={form}
        name="kind"
        label={t('institutions.kind')}
        options={institutionKinds.map((kind) => ({ value: kind, label: t(`institutions.kind-${kind}`) }))}
        anyLabel={t('institutions.please-choose')}
      />
      <div class="actions">
        <SubmitButton label={label} />
      </div>
    </Form>
  );
}
