import type { InHouseRequest } from '../../server/modules/demand/index.ts';
import { pathOfRun } from '../../server/modules/booking/index.ts';
import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { Alert, BackLink, Facts } from '../components/display.tsx';
import { Fieldset, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { TextKey } from '../texts/texts.ts';
import { demandPaths } from './paths.ts';

const labels: Record<string, TextKey> = {
  topic: 'demand.topic',
  provider: 'public.provider',
  institution: 'booking.institution',
  groupSize: 'demand.group-size',
  periods: 'demand.periods',
  place: 'demand.place',
  message: 'demand.message',
  name: 'booking.your-name',
  email: 'booking.your-email',
};

export type InHouseFormView = { seminar?: Seminar; providers: readonly Provider[]; form: FormState };

/** The form of an institution that would like a seminar for its own people. */
export function InHouseForm({ seminar, providers, form }: InHouseFormView) {
  const { t, language } = usePage();
  return (
    <Layout
      title={t('demand.in-house-title')}
      preline={seminar && <span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      above={
        <BackLink
          href={seminar ? paths.seminar(seminar.id) : paths.catalogue()}
          label={t(seminar ? 'booking.back-to-run' : 'public.all-seminars')}
        />
      }
    >
      <ErrorSummary form={form} labelOf={(field) => labels[field] && t(labels[field])} />
      <p class="kern-body">{t('demand.in-house-lead')}</p>
      <Form action={demandPaths.newInHouse(seminar?.id)}>
        <input type="hidden" name="language" value={language} />
        <Fieldset legend={t('demand.what')}>
          <TextField form={form} name="topic" label={t('demand.topic')} maxLength={200} />
          {!seminar && (
            <SelectField
              form={form}
              name="provider"
              label={t('public.provider')}
              options={providers.map(({ id, name }) => ({ value: id, label: name, language: 'de' }))}
              anyLabel={t('desk.please-choose')}
            />
          )}
          <TextField form={form} name="groupSize" label={t('demand.group-size')} inputMode="numeric" width="short" />
          <TextArea form={form} name="periods" label={t('demand.periods')} hint={t('demand.periods-hint')} rows={2} />
          <TextField form={form} name="place" label={t('demand.place')} hint={t('demand.place-hint')} maxLength={300} />
          <TextArea form={form} name="message" label={t('demand.message')} rows={3} optional />
        </Fieldset>
        <Fieldset legend={t('booking.you')}>
          <TextField
            form={form}
            name="institution"
            label={t('booking.institution')}
            hint={t('booking.institution-hint')}
            autocomplete="organization"
          />
          <TextField form={form} name="name" label={t('booking.your-name')} autocomplete="name" />
          <TextField
            form={form}
            name="email"
            label={t('booking.your-email')}
            hint={t('demand.confirm-hint')}
            type="email"
            autocomplete="email"
            inputMode="email"
          />
        </Fieldset>
        <p class="kern-body kern-body--small muted">{t('demand.privacy')}</p>
        <div class="actions">
          <SubmitButton label={t('demand.in-house-submit')} />
        </div>
      </Form>
    </Layout>
  );
}

export function InHouseAsked() {
  const { t } = usePage();
  return (
    <Layout title={t('demand.asked-title')}>
      <Alert tone="info" title={t('demand.asked')} role="status">
        <p class="kern-body">{t('demand.asked-hint')}</p>
      </Alert>
    </Layout>
  );
}

/** The page by which an institution follows what comes of its request. */
export function InHousePage({ request, form }: { request: InHouseRequest; form: FormState }) {
  const { t } = usePage();
  const { status, token, run, states } = request;
  const isOut = status === 'planned' && run?.status === 'published';
  const state = status === 'planned' && !isOut ? 'asked' : status;
  const reason = states.findLast((one) => one.status === 'declined')?.reason;
  return (
    <Layout title={t(`demand.in-house-${state}`)} preline={request.institution} hasErrors={form.errors.length > 0}>
      <ErrorSummary form={form} />
      <div class="stack">
        <p class="kern-body">{t(`demand.in-house-${state}-hint`)}</p>
        {status === 'declined' && reason !== undefined && (
          <p class="kern-body">
            {t('booking.reason')} {reason}
          </p>
        )}
        {isOut && (
          <div class="actions">
            <ButtonLink href={pathOfRun(run)} label={t('demand.to-run')} />
          </div>
        )}
        {status === 'unconfirmed' && (
          <Form action={demandPaths.inHouseConfirmation(token)}>
            <div class="actions">
              <SubmitButton label={t('demand.confirm')} />
            </div>
          </Form>
        )}
        <RequestFacts request={request} />
        {(status === 'unconfirmed' || status === 'asked') && (
          <Form action={demandPaths.inHouseWithdrawal(token)}>
            <div class="actions">
              <SubmitButton label={t('demand.withdraw-request')} kind="secondary" />
            </div>
          </Form>
        )}
      </div>
    </Layout>
  );
}

export function RequestFacts({ request }: { request: InHouseRequest }) {
  const { t } = usePage();
  const { topic, institution, groupSize, periods, place, message, contact } = request;
  return (
    <Facts
      facts={[
        { term: t('demand.topic'), value: topic },
        { term: t('booking.institution'), value: institution },
        { term: t('demand.group-size'), value: groupSize },
        { term: t('demand.periods'), value: periods },
        { term: t('demand.place'), value: place },
        message !== undefined && { term: t('demand.message'), value: message },
        { term: t('demand.contact'), value: `${contact.name}, ${contact.email}` },
      ]}
    />
  );
}
