import type { Interest } from '../../server/modules/demand/index.ts';
import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { RunDetails } from '../../server/modules/booking/index.ts';
import { Alert, BackLink } from '../components/display.tsx';
import { TextArea, TextField } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { Plan } from '../components/plan.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { publicPlan } from '../planned-sessions.ts';
import type { TextKey } from '../texts/texts.ts';
import { demandPaths } from './paths.ts';

const labels: Record<string, TextKey> = {
  name: 'booking.your-name',
  email: 'booking.your-email',
  places: 'booking.places',
  times: 'demand.times',
};

/** The form of somebody who would come if there were a date. */
export function InterestForm({ seminar, form }: { seminar: Seminar; form: FormState }) {
  const { t, language } = usePage();
  return (
    <Layout
      title={t('demand.interest-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.seminar(seminar.id)} label={t('booking.back-to-run')} />}
    >
      <ErrorSummary form={form} labelOf={(field) => labels[field] && t(labels[field])} />
      <p class="kern-body">{t('demand.interest-lead')}</p>
      <Form action={demandPaths.interest(seminar.id)}>
        <input type="hidden" name="language" value={language} />
        <TextField form={form} name="name" label={t('booking.your-name')} autocomplete="name" />
        <TextField
          form={form}
          name="email"
          label={t('booking.your-email')}
          hint={t('demand.email-hint')}
          type="email"
          autocomplete="email"
          inputMode="email"
        />
        <TextField form={form} name="places" label={t('booking.places')} inputMode="numeric" width="short" />
        <TextArea form={form} name="times" label={t('demand.times')} hint={t('demand.times-hint')} rows={2} optional />
        <p class="kern-body kern-body--small muted">{t('demand.privacy')}</p>
        <div class="actions">
          <SubmitButton label={t('demand.interest-submit')} />
        </div>
      </Form>
    </Layout>
  );
}

/** Said to everybody alike, whether or not they were on the list. */
export function InterestNoted({ seminar }: { seminar: Seminar }) {
  const { t } = usePage();
  return (
    <Layout title={t('demand.noted-title')} preline={<span lang={seminar.language}>{seminar.title}</span>}>
      <Alert tone="success" title={t('demand.noted')} role="status">
        <p class="kern-body">{t('demand.noted-hint')}</p>
      </Alert>
    </Layout>
  );
}

export type OwnInterestView = {
  interest: Interest;
  seminar: Seminar;
  answerUntil?: Date;
  details?: RunDetails;
  form: FormState;
};

/** The page behind the link: what stands, and what one can do. */
export function OwnInterest({ interest, seminar, answerUntil, details, form }: OwnInterestView) {
  const { t, language } = usePage();
  const { status, token, places } = interest;
  const isOpen = status === 'open' || status === 'invited';
  return (
    <Layout
      title={t(`demand.state-${status}`)}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
    >
      <ErrorSummary form={form} />
      <div class="stack">
        <p class="kern-body">{t(`demand.state-${status}-hint`, { places })}</p>
        {status === 'invited' && details && answerUntil && (
          <>
            <Plan sessions={publicPlan(details, t)} />
            <p class="kern-body">
              {t('demand.answer-until', { moment: momentOf(answerUntil, details.run.timeZone, language) })}
            </p>
            <Form action={demandPaths.acceptance(token)}>
              <div class="actions">
                <SubmitButton label={t('demand.accept', { places })} />
              </div>
            </Form>
          </>
        )}
        {status === 'unconfirmed' && (
          <Form action={demandPaths.interestConfirmation(token)}>
            <div class="actions">
              <SubmitButton label={t('demand.confirm-interest')} />
            </div>
          </Form>
        )}
        {isOpen && (
          <Form action={demandPaths.interestWithdrawal(token)}>
            <div class="actions">
              <SubmitButton label={t('demand.withdraw')} kind="secondary" />
            </div>
          </Form>
        )}
      </div>
    </Layout>
  );
}
