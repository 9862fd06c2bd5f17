import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { htmlNode } from '../../server/platform/view.ts';
import { BackLink, Facts, Prose, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { demandPaths } from '../demand/paths.ts';
import { languageName } from '../language-names.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { runCard } from './run-card.tsx';

/** `collects`: whether interest is collected, since there is no date yet. */
export type SeminarView = { seminar: Seminar; provider: Provider; runs: readonly RunListing[]; collects: boolean };

/** What is offered, and when one can take part. */
export function SeminarPage({ seminar, provider, runs, collects }: SeminarView) {
  const { t, language } = usePage();
  const foreign = seminar.language === language ? undefined : seminar.language;
  return (
    <Layout
      title={seminar.title}
      titleLanguage={foreign}
      preline={t(`public.kind-${seminar.kind}`)}
      above={<BackLink href={paths.catalogue()} label={t('public.all-seminars')} />}
    >
      <p class="kern-body kern-body--large" lang={foreign}>
        {seminar.summary}
      </p>
      <Prose text={seminar.description} language={foreign} />
      <ProviderFacts provider={provider} seminar={seminar} />
      <Modules seminar={seminar} />
      {collects && (
        <Section title={t('demand.undated')} id="undated">
          <p class="kern-body">{t('demand.undated-lead')}</p>
          <div class="actions">
            <ButtonLink href={demandPaths.interest(seminar.id)} label={t('demand.register-interest')} />
          </div>
        </Section>
      )}
      <Section title={t('public.coming-runs')} id="runs">
        {runs.length > 0 ? (
          htmlNode('ol', { class: 'run-list' }, runs.map((listing) => runCard(listing, language)).join(''))
        ) : (
          <p class="kern-body">{t('public.no-coming-runs', { provider: provider.name, email: provider.email })}</p>
        )}
        <p class="kern-body">
          <a class="kern-link kern-link--no-visited-state" href={demandPaths.newInHouse(seminar.id)}>
            {t('demand.in-house-ask')}
          </a>
        </p>
      </Section>
    </Layout>
  );
}

/** The parts of a modular course, in order, each with what it is about. */
export function Modules({ seminar }: { seminar: Seminar }) {
  const { t, language } = usePage();
  const foreign = seminar.language === language ? undefined : seminar.language;
  if (seminar.modules.length === 0) return null;
  return (
    <Section title={t('public.modules')} id="modules">
      <ol class="modules">
        {seminar.modules.map(({ id, title, content }, index) => (
          <li key={id}>
            <h3 class="kern-heading-small">
              {t('public.module-number', { number: index + 1 })}: <span lang={foreign}>{title}</span>
            </h3>
            <Prose text={content} language={foreign} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function ProviderFacts({ provider, seminar }: { provider: Provider; seminar: Seminar }) {
  const { t, language } = usePage();
  return (
    <div class="panel">
      <Facts
        facts={[
          { term: t('public.provider'), value: <span lang="de">{provider.name}</span> },
          { term: t('public.language'), value: languageName(seminar.language, language) },
        ]}
      />
    </div>
  );
}
