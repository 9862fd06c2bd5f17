import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { Section } from '../components/display.tsx';
import { SelectField } from '../components/fields.tsx';
import { ButtonLink, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { attentionOf, AttentionText } from './attention.tsx';
import { DeskLayout, DeskTabs } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { RunTable, whenShort } from './run-table.tsx';

export type OverviewView = {
  now: Date;
  runs: readonly RunListing[];
  /** Whose runs one may look at; a choice is offered from two on. */
  providers: readonly Provider[];
  filter: FormState;
};

/** The desk: what needs somebody now, then the runs in the order of their start. */
export function DeskOverview({ now, runs, providers, filter }: OverviewView) {
  const { t } = usePage();
  const upcoming = runs.filter(({ run }) => run.endsAt > now);
  const past = runs.filter(({ run }) => run.endsAt <= now).toReversed();
  return (
    <DeskLayout title={t('desk.title')} wide>
      <DeskTabs here="runs" />
      <div class="desk-bar">
        <div class="actions">
          <ButtonLink href={deskPaths.newRun()} label={t('desk.plan-run')} />
          <ButtonLink href={deskPaths.newSeminar()} label={t('desk.create-seminar')} kind="secondary" />
        </div>
        {providers.length > 1 && <ProviderFilter providers={providers} filter={filter} />}
      </div>
      <ToDo now={now} runs={upcoming} />
      <Section id="upcoming" title={t('desk.upcoming', { count: upcoming.length })}>
        {upcoming.length > 0 ? <RunTable runs={upcoming} now={now} /> : <p class="kern-body">{t('desk.no-runs')}</p>}
      </Section>
      {past.length > 0 && (
        <details class="kern-accordion section">
          <summary class="kern-accordion__header">
            <span class="kern-title">{t('desk.past', { count: past.length })}</span>
          </summary>
          <div class="kern-accordion__body">
            <RunTable runs={past} now={now} />
          </div>
        </details>
      )}
    </DeskLayout>
  );
}

function ProviderFilter({ providers, filter }: Pick<OverviewView, 'providers' | 'filter'>) {
  const { t } = usePage();
  return (
    <form class="desk-filter" method="get" action={deskPaths.overview()} role="search" aria-label={t('desk.filter')}>
      <SelectField
        form={filter}
        name="provider"
        label={t('desk.provider')}
        options={providers.map(({ id, shortName }) => ({ value: id, label: shortName, language: 'de' }))}
        anyLabel={t('desk.all-providers')}
        optional="unsaid"
      />
      <SubmitButton label={t('desk.filter-show')} kind="secondary" />
    </form>
  );
}

/** Every run that waits for a decision, once, with what it waits for. */
function ToDo({ now, runs }: Pick<OverviewView, 'now' | 'runs'>) {
  const { t, language } = usePage();
  const waiting = runs
    .map((listing) => ({ listing, attention: attentionOf(listing, now) }))
    .filter(({ attention }) => attention.some(({ tone }) => tone !== 'info'));
  if (waiting.length === 0) return null;
  return (
    <Section id="to-do" title={t('desk.to-do', { count: waiting.length })}>
      <ul class="to-do">
        {waiting.map(({ listing: { run, seminar }, attention }) => (
          <li key={run.id} class={`to-do__item to-do__item--${attention[0]?.tone}`}>
            <p class="to-do__what">
              {attention.map((one) => (
                <span key={one.kind}>
                  <AttentionText attention={one} />{' '}
                </span>
              ))}
            </p>
            <p class="to-do__run">
              {whenShort(run, language)}
              {' · '}
              <a class="kern-link kern-link--no-visited-state" href={deskPaths.run(run.id)} lang={seminar.language}>
                {seminar.title}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
