import { modulesOfRun, type RunDetails } from '../../server/modules/booking/index.ts';
import { Alert, BackLink, Facts, Prose, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { Plan } from '../components/plan.tsx';
import { formatted, isSameDay, momentOf, timeSpan } from '../dates.ts';
import { languageName } from '../language-names.ts';
import { Layout } from '../layout.tsx';
import { ModuleDates, ModulePlaces } from '../modules/module-facts.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { placeInPublic } from '../places.ts';
import { publicPlan } from '../planned-sessions.ts';
import { PolicyLines } from '../queue/policy.tsx';
import { PlacesBadge } from './run-card.tsx';

export type RunView = {
  details: RunDetails;
  /** Why nobody can book, if so. */
  closed?: 'draft' | 'cancelled' | 'begun' | 'postponed' | 'completed';
  cancelUntil: Date;
};

/** One run: what it is about, when and where it sits, how many places there are, and the way to one of them. */
export function RunPage({ details, closed, cancelUntil }: RunView) {
  const { t, language } = usePage();
  const { seminar, run } = details;
  const foreign = seminar.language === language ? undefined : seminar.language;
  return (
    <Layout
      title={seminar.title}
      titleLanguage={foreign}
      preline={`${t(`public.kind-${seminar.kind}`)} · ${whenOf(details, t('public.date-open'), dateOf(details, language))}`}
      above={<BackLink href={paths.catalogue()} label={t('public.all-seminars')} />}
      wide
    >
      {closed && <Closed reason={closed} />}
      <div class="with-aside">
        <aside class="panel booking-panel" aria-label={t('public.booking')}>
          <BookingPanel details={details} closed={closed} cancelUntil={cancelUntil} />
        </aside>
        <div class="with-aside__main">
          <p class="kern-body kern-body--large" lang={foreign}>
            {seminar.summary}
          </p>
          <Prose text={seminar.description} language={foreign} />
          {details.sessions.length > 0 && (
            <Section title={t('public.plan', { sessions: details.sessions.length })} id="plan">
              <Plan sessions={publicPlan(details, t)} language={foreign} />
            </Section>
          )}
          <ModuleContents details={details} language={foreign} />
          <ModulePlacesList details={details} language={foreign} />
          {run.status === 'published' && <Policy details={details} cancelUntil={cancelUntil} />}
          <p class="section">
            <a class="kern-link kern-link--no-visited-state" href={paths.seminar(seminar.id)}>
              {t('public.other-runs')}
            </a>
          </p>
        </div>
      </div>
    </Layout>
  );
}

/** A run that lost its dates shows none. */
function whenOf({ run }: RunView['details'], open: string, date: string): string {
  return run.status === 'postponed' ? open : date;
}

function BookingPanel({ details, closed, cancelUntil }: RunView) {
  const { t, language } = usePage();
  const { run, seminar, provider, places } = details;
  return (
    <>
      {!closed && <PlacesBadge places={places} language={language} />}
      <Facts
        facts={[
          { term: t('public.when'), value: whenOf(details, t('public.date-open'), dateOf(details, language)) },
          details.sessions.length === 1 && { term: t('public.time'), value: timeSpan(run, language) },
          {
            term: t('public.where'),
            value: whereOf(details, t('public.several-places'), placeInPublic(run.location, t)),
          },
          { term: t('public.provider'), value: <span lang="de">{provider.name}</span> },
          { term: t('public.language'), value: languageName(seminar.language, language) },
        ]}
      />
      {!closed && (
        <div class="stack stack--tight">
          {places.left === 0 && (
            <p class="kern-body kern-body--small">{t('public.full', { waiting: places.waiting })}</p>
          )}
          <ButtonLink
            href={paths.newBooking(run.id)}
            label={t(places.left > 0 ? 'public.book-one' : 'public.join-waiting-list')}
          />
          <ButtonLink
            href={paths.newGroupBooking(run.id)}
            label={t(places.left > 0 ? 'public.book-several' : 'public.join-waiting-list-several')}
            kind="secondary"
          />
          {run.groups === 'head-count' && (
            <ButtonLink href={paths.newClassBooking(run.id)} label={t('names.make-head-count')} kind="tertiary" />
          )}
          {run.admission && <p class="kern-body kern-body--small">{t('rights.restricted-said')}</p>}
          {run.perInstitution !== undefined && (
            <p class="kern-body kern-body--small">{t('rights.limit-said', { most: run.perInstitution })}</p>
          )}
          <p class="kern-body kern-body--small muted">
            {t('public.cancel-until', { moment: momentOf(cancelUntil, run.timeZone, language) })}
          </p>
        </div>
      )}
    </>
  );
}

function Closed({ reason }: { reason: NonNullable<RunView['closed']> }) {
  const { t } = usePage();
  const tone = reason === 'cancelled' ? 'danger' : 'info';
  return (
    <div class="notice">
      <Alert tone={tone} title={t(`public.closed-${reason}`)}>
        <p class="kern-body">{t(`public.closed-${reason}-hint`)}</p>
      </Alert>
    </div>
  );
}

/** What each module is about, where the plan has only its title. */
function ModuleContents({ details, language }: { details: RunDetails; language: string | undefined }) {
  const { t } = usePage();
  const modules = details.seminar.modules.filter(({ content }) => content.trim() !== '');
  if (modules.length === 0) return null;
  return (
    <Section title={t('public.modules')} id="modules">
      <ol class="modules">
        {modules.map(({ id, title, content }) => (
          <li key={id}>
            <h3 class="kern-heading-small" lang={language}>
              {title}
            </h3>
            <Prose text={content} language={language} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** How many places each module has, where each is booked for itself. */
function ModulePlacesList({ details, language }: { details: RunDetails; language: string | undefined }) {
  const { t } = usePage();
  const modules = modulesOfRun(details);
  if (modules.length === 0) return null;
  return (
    <Section title={t('modules.places')} id="module-places">
      <ul class="module-choice">
        {modules.map((module) => (
          <li key={module.id} class="module-choice__one">
            <p class="sittings__module">
              {t('modules.number-title', { number: module.number, title: '' })}
              <span lang={language}>{module.title}</span>
            </p>
            <div class="module-choice__facts">
              <ModuleDates module={module} />
              <ModulePlaces module={module} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How places are given, in plain words. */
function Policy({ details, cancelUntil }: { details: RunDetails; cancelUntil: Date }) {
  const { t, language } = usePage();
  const { run } = details;
  return (
    <Section title={t('public.policy')} id="policy">
      <ul class="kern-list kern-list--bullet">
        {details.places.modules && <li>{t('modules.policy')}</li>}
        <li>{t('public.policy-order')}</li>
        <PolicyLines run={run} />
        {details.places.kept !== undefined && <li>{t('rights.kept-policy')}</li>}
        <li>{t('public.policy-cancel', { moment: momentOf(cancelUntil, run.timeZone, language) })}</li>
      </ul>
    </Section>
  );
}

function dateOf({ run }: RunDetails, language: 'de' | 'en'): string {
  const first = formatted('shortDay', run.startsAt, run.timeZone, language);
  if (isSameDay(run.startsAt, run.endsAt, run.timeZone)) return first;
  return `${first} – ${formatted('shortDay', run.endsAt, run.timeZone, language)}`;
}

function whereOf({ sessions }: RunDetails, several: string, only: string): string {
  return new Set(sessions.map(({ location }) => location)).size > 1 ? several : only;
}
