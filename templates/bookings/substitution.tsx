import type { Booking, Participant } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { AccessFields } from '../venues/access-needs.tsx';

export type SubstitutionView = { booking: Booking; participant: Participant; form: FormState };

/** Asks who comes instead of somebody; says beforehand what both of them will get. */
export function SubstitutionPage({ booking, participant, form }: SubstitutionView) {
  const { t } = usePage();
  return (
    <Layout
      title={t('names.substitute-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} />
      <p class="kern-body">{t('names.substitute-lead', { name: participant.name })}</p>
      <Form action={paths.substitution(booking.token, participant.id)}>
        <TextField form={form} name="name" label={t('names.substitute-name')} autocomplete="off" />
        <TextField
          form={form}
          name="email"
          label={t('names.substitute-email')}
          type="email"
          inputMode="email"
          autocomplete="off"
        />
        <AccessFields form={form} prefix="access." isSomebodyElse />
        <div class="actions">
          <SubmitButton label={t('names.substitute-submit')} />
          <ButtonLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} kind="tertiary" />
        </div>
      </Form>
    </Layout>
  );
}
