import type { AskedDetails } from '../../server/modules/booking/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { Plan } from '../components/plan.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { publicPlan } from '../planned-sessions.ts';
import { AccessFields } from '../venues/access-needs.tsx';

export type OwnDetailsView = { token: string; asked: AskedDetails; form: FormState };

/** Asks somebody to whom a place was given who they are; says clearly when it is too late for that, or done. */
export function OwnDetailsPage(view: OwnDetailsView) {
  const { t, language } = usePage();
  const { asked, form } = view;
  const { seminar } = asked.details;
  const foreign = seminar.language === language ? undefined : seminar.language;
  return (
    <Layout
      title={seminar.title}
      titleLanguage={foreign}
      preline={t('names.details-title')}
      hasErrors={form.errors.length > 0}
    >
      <ErrorSummary form={form} />
      {asked.state === 'open' ? <Question {...view} /> : <Answer {...asked} />}
      <Section title={t('public.plan', { sessions: asked.details.sessions.length })} id="plan">
        <Plan sessions={publicPlan(asked.details, t)} language={foreign} />
      </Section>
    </Layout>
  );
}

function Question({ token, asked: { booking, until, details }, form }: OwnDetailsView) {
  const { t, language } = usePage();
  const lead = booking.status === 'confirmed' ? 'names.details-lead' : 'names.details-lead-waiting';
  const last = momentOf(new Date(until.getTime() - 60_000), details.run.timeZone, language);
  const booker = booking.booker.name;
  return (
    <>
      <p class="kern-body">{t(lead, { booker, until: last })}</p>
      <Form action={paths.ownDetails(token)}>
        <TextField form={form} name="name" label={t('names.details-name')} autocomplete="name" />
        <TextField
          form={form}
          name="email"
          label={t('names.details-email')}
          type="email"
          inputMode="email"
          autocomplete="email"
        />
        <SelectField
          form={form}
          name="language"
          label={t('names.details-language')}
          options={[
            { value: 'de', label: 'Deutsch', language: 'de' },
            { value: 'en', label: 'English', language: 'en' },
          ]}
        />
        <AccessFields form={form} prefix="access." />
        <p class="kern-body muted">{t('names.details-privacy', { booker, provider: details.provider.name })}</p>
        <div class="actions">
          <SubmitButton label={t('names.details-submit')} />
        </div>
      </Form>
    </>
  );
}

function Answer({ state, booking, until, details: { run } }: AskedDetails) {
  const { t, language } = usePage();
  const last = momentOf(new Date(until.getTime() - 60_000), run.timeZone, language);
  const values = { booker: booking.booker.name, until: last };
  if (state === 'used') {
    const hint = booking.status === 'confirmed' ? 'names.details-used-hint' : 'names.details-used-waiting';
    return (
      <Alert tone="success" title={t('names.details-used')} role="status">
        <p class="kern-body">{t(hint, values)}</p>
      </Alert>
    );
  }
  const key = state === 'over' ? ('details-over' as const) : ('details-withdrawn' as const);
  return (
    <Alert tone="warning" title={t(`names.${key}`)} role="status">
      <p class="kern-body">{t(`names.${key}-hint`, values)}</p>
    </Alert>
  );
}
