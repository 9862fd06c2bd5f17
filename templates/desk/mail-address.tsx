import type { FailedMail } from '../../server/modules/booking/index.ts';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { TextField } from '../components/fields.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';

export type MailAddressView = { mail: FailedMail; form: FormState };

/** One address that does not work: to be corrected, after which what did not arrive goes out again. */
export function MailAddress({ mail: { id, kind, recipient, reason }, form }: MailAddressView) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('desk-mail.address-title', { name: recipient?.name ?? '' })}
      back={{ href: deskPaths.mail(), label: t('desk-mail.address-back') }}
      notice={undefined}
      hasErrors={form.errors.length > 0}
    >
      <ErrorSummary form={form} />
      <p class="kern-body">
        {t('desk-mail.address-lead', { kind: t(`desk-mail.kind-${kind}`), email: recipient?.email ?? '' })}
      </p>
      <p class="kern-body">{t('desk-mail.reason', { reason })}</p>
      <p class="kern-body muted">{t('desk-mail.address-then')}</p>
      <Form action={deskPaths.mailAddress(id)}>
        <TextField form={form} name="email" type="email" label={t('desk-mail.address-field')} />
        <div class="actions">
          <SubmitButton label={t('desk-mail.address-submit')} />
        </div>
      </Form>
    </DeskLayout>
  );
}
