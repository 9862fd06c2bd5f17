import { TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';
import { InstitutionLayout, type InstitutionFrame } from './frame.tsx';
import { institutionPaths } from './paths.ts';

const labels: Record<string, TextKey> = {
  recipient: 'institutions.recipient',
  street: 'institutions.street',
  postalCode: 'institutions.postal-code',
  town: 'institutions.town',
  costCentre: 'institutions.cost-centre',
  leitwegId: 'institutions.leitweg-id',
};

/** Where invoices go, kept until there are any. */
export function InstitutionBilling(view: InstitutionFrame & { form: FormState }) {
  const { t } = usePage();
  const { institution, form } = view;
  const labelOf = (field: string) => labels[field] && t(labels[field]);
  return (
    <InstitutionLayout {...view} here="billing" hasErrors={form.errors.length > 0}>
      <ErrorSummary form={form} labelOf={labelOf} />
      <p class="kern-body">{t('institutions.billing-lead')}</p>
      <Form action={institutionPaths.billing(institution.id)}>
        <TextField form={form} name="recipient" label={t('institutions.recipient')} autocomplete="organization" />
        <TextField form={form} name="street" label={t('institutions.street')} autocomplete="street-address" />
        <div class="fields fields--2">
          <TextField form={form} name="postalCode" label={t('institutions.postal-code')} autocomplete="postal-code" />
          <TextField form={form} name="town" label={t('institutions.town')} autocomplete="address-level2" />
        </div>
        <TextField form={form} name="costCentre" label={t('institutions.cost-centre')} width="medium" optional />
        <TextField
          form={form}
          name="leitwegId"
          label={t('institutions.leitweg-id')}
          hint={t('institutions.leitweg-id-hint')}
          width="medium"
          optional
        />
        <div class="actions">
          <SubmitButton label={t('institutions.save')} />
        </div>
      </Form>
    </InstitutionLayout>
  );
}
