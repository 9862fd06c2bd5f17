import type { InHouseRequest, Interest, InterestList } from '../../server/modules/demand/index.ts';
import { answers } from '../../server/modules/demand/index.ts';
import type { Seminar } from '../../server/modules/catalogue/index.ts';
import { Alert, Badge, Section } from '../components/display.tsx';
import { SelectField, TextArea, TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { demandPaths, type DemandNotice } from '../demand/paths.ts';
import { RequestFacts } from '../demand/in-house.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { planningPaths } from './planning-paths.ts';

export type DemandView = {
  requests: readonly InHouseRequest[];
  lists: readonly InterestList[];
  seminars: readonly Seminar[];
  form: FormState;
  notice: DemandNotice | undefined;
};

/** What people ask for: requests of institutions, and seminars without a date. */
export function DeskDemand({ requests, lists, seminars, form, notice }: DemandView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('demand.desk-title')} hasErrors={form.errors.length > 0}>
      <DeskTabs here="demand" />
      {notice && <Alert tone="success" title={t(`demand.notice-${notice}`)} role="status" />}
      <ErrorSummary form={form} />
      <Section id="requests" title={t('demand.requests')}>
        {requests.length === 0 && <p class="kern-body">{t('demand.no-requests')}</p>}
        <ul class="demand-list">
          {requests.map((request) => (
            <li key={request.id}>
              <a class="kern-link" href={demandPaths.deskInHouse(request.id)}>
                {request.topic}
              </a>
              <span class="muted">
                {request.institution} · {t('demand.group-of', { count: request.groupSize })}
              </span>
              <RequestBadge request={request} />
            </li>
          ))}
        </ul>
      </Section>
      <Section id="lists" title={t('demand.lists')}>
        {lists.length === 0 && <p class="kern-body">{t('demand.no-lists')}</p>}
        <ul class="demand-list">
          {lists.map((list) => (
            <li key={list.id}>
              <a class="kern-link" href={demandPaths.deskList(list.id)} lang={list.seminar.language}>
                {list.seminar.title}
              </a>
              <span class="muted">{t('demand.list-people', { people: list.people, places: list.places })}</span>
              <Badge tone={list.status === 'open' ? 'success' : 'info'} label={t(`demand.list-${list.status}`)} />
            </li>
          ))}
        </ul>
      </Section>
      <Collect seminars={seminars} form={form} />
    </DeskLayout>
  );
}

function RequestBadge({ request: { status } }: { request: InHouseRequest }) {
  const { t } = usePage();
  if (status === 'unconfirmed') return null;
  const tones = { asked: 'warning', planned: 'success', declined: 'info', withdrawn: 'info' } as const;
  return <Badge tone={tones[status]} label={t(`demand.status-${status}`)} />;
}

function Collect({ seminars, form }: Pick<DemandView, 'seminars' | 'form'>) {
  const { t } = usePage();
  return (
    <Section id="collect" title={t('demand.collect-title')}>
      <p class="kern-body">{t('demand.collect-lead')}</p>
      <Form action={demandPaths.desk()}>
        <SelectField
          form={form}
          name="seminar"
          label={t('desk.which-seminar')}
          options={seminars.map(({ id, title, language }) => ({ value: id, label: title, language }))}
          anyLabel={t('desk.please-choose')}
        />
        <SelectField
          form={form}
          name="answer"
          label={t('demand.answer')}
          options={answers.map((answer) => ({ value: answer, label: t(`demand.answer-${answer}`) }))}
        />
        <TextField
          form={form}
          name="answerDays"
          label={t('demand.answer-days')}
          hint={t('demand.answer-days-hint')}
          inputMode="numeric"
          width="short"
        />
        <div class="actions">
          <SubmitButton label={t('demand.collect')} />
        </div>
      </Form>
    </Section>
  );
}

export type DeskRequestView = { request: InHouseRequest; seminars: readonly Seminar[]; form: FormState };

/** A request as its coordinator answers it: with a closed run, or with a reason why not. */
export function DeskRequest({ request, seminars, form }: DeskRequestView) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={request.topic}
      preline={request.institution}
      hasErrors={form.errors.length > 0}
      back={{ href: demandPaths.desk(), label: t('demand.desk-title') }}
    >
      <ErrorSummary form={form} labelOf={() => t('demand.decline-reason')} />
      <div class="stack">
        <RequestBadge request={request} />
        <RequestFacts request={request} />
        {request.run && <ButtonLink href={deskPaths.run(request.run.id)} label={t('demand.open-run')} />}
      </div>
      {request.status === 'asked' && (
        <>
          <Section id="plan" title={t('demand.plan-title')}>
            <p class="kern-body">{t('demand.plan-lead')}</p>
            <form class="form" method="get" action={planningPaths.series()}>
              <input type="hidden" name="in-house" value={request.id} />
              <SelectField
                form={{ values: { seminar: request.seminarId ?? '' }, errors: [] }}
                name="seminar"
                label={t('demand.plan-seminar')}
                options={seminars.map(({ id, title, language }) => ({ value: id, label: title, language }))}
              />
              <div class="actions">
                <SubmitButton label={t('demand.plan')} />
              </div>
            </form>
          </Section>
          <Section id="decline" title={t('demand.decline-title')}>
            <Form action={demandPaths.decline(request.id)}>
              <TextArea
                form={form}
                name="reason"
                label={t('demand.decline-reason')}
                hint={t('demand.decline-hint')}
                rows={3}
              />
              <div class="actions">
                <SubmitButton label={t('demand.decline')} kind="secondary" />
              </div>
            </Form>
          </Section>
        </>
      )}
    </DeskLayout>
  );
}

export type DeskListView = { list: InterestList; interests: readonly Interest[]; form: FormState };

/** Who waits for a date, in their order, and the two ways on. */
export function DeskInterestList({ list, interests, form }: DeskListView) {
  const { t } = usePage();
  const { seminar, status, run } = list;
  return (
    <DeskLayout
      title={seminar.title}
      titleLanguage={seminar.language}
      preline={t('demand.lists')}
      hasErrors={form.errors.length > 0}
      back={{ href: demandPaths.desk(), label: t('demand.desk-title') }}
    >
      <ErrorSummary form={form} />
      <div class="stack">
        <p class="kern-body">
          {t('demand.list-people', { people: list.people, places: list.places })}. {t('demand.answer')}:{' '}
          {t(`demand.answer-${list.answer}`)}.
        </p>
        {run && <ButtonLink href={deskPaths.run(run.id)} label={t('demand.open-run')} />}
      </div>
      <Section id="people" title={t('demand.on-the-list')}>
        {interests.length === 0 && <p class="kern-body">{t('demand.nobody')}</p>}
        <ol class="people-list">
          {interests.map(({ id, contact, places, times, status: state }) => (
            <li key={id}>
              <p>
                <strong>{contact.name}</strong> · {t('demand.person-places', { places })} ·{' '}
                {t(`demand.interest-${state}`)}
              </p>
              <p>
                <a class="kern-link kern-link--no-visited-state" href={`mailto:${contact.email}`}>
                  {contact.email}
                </a>
              </p>
              {times !== undefined && <p class="muted">{times}</p>}
            </li>
          ))}
        </ol>
      </Section>
      {status === 'open' && !run && (
        <Section id="dates" title={t('demand.give-dates')}>
          <p class="kern-body">{t('demand.give-dates-lead')}</p>
          <div class="actions">
            <ButtonLink
              href={planningPaths.series(seminar.id, { kind: 'interest', id: list.id })}
              label={t('demand.give-dates')}
            />
          </div>
        </Section>
      )}
      {status === 'open' && (
        <Section id="close" title={t('demand.close-list')}>
          <p class="kern-body">{t('demand.close-lead')}</p>
          <Form action={demandPaths.closeList(list.id)}>
            <div class="actions">
              <SubmitButton label={t('demand.close-list')} kind="secondary" />
            </div>
          </Form>
        </Section>
      )}
    </DeskLayout>
  );
}
