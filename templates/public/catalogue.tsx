import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { htmlNode } from '../../server/platform/view.ts';
import { ButtonLink, ErrorSummary } from '../components/form.tsx';
import { formatted } from '../dates.ts';
import { demandPaths } from '../demand/paths.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { Language } from '../texts/texts.ts';
import { CatalogueFilter, filterLabel } from './catalogue-filter.tsx';
import { runCard } from './run-card.tsx';

export type CatalogueView = {
  filter: FormState;
  runs: readonly RunListing[];
  providers: readonly Provider[];
  languages: readonly string[];
  /** Seminars without a date, in which interest is collected. */
  undated: readonly Seminar[];
  /** The address of the next page, when there is one. */
  next?: string;
  /** Whether this is not the first page. */
  isLaterPage: boolean;
};

/** The public catalogue: a filter, and the runs that fit it in the order of their start. */
export function Catalogue(view: CatalogueView) {
  const { t } = usePage();
  return (
    <Layout title={t('public.catalogue-title')} hasErrors={view.filter.errors.length > 0} wide>
      <p class="kern-body kern-body--large lead">{t('public.catalogue-lead')}</p>
      <ErrorSummary form={view.filter} labelOf={(field) => filterLabel(field, t)} />
      <CatalogueFilter {...view} />
      {view.runs.length > 0 ? <Runs {...view} /> : <NothingFound {...view} />}
      {!view.next && view.undated.length > 0 && <Undated undated={view.undated} />}
    </Layout>
  );
}

function Runs({ runs, next, isLaterPage }: CatalogueView) {
  const { language } = usePage();
  return (
    <>
      {monthsOf(runs, language).map(({ month, listings }) => (
        <section class="month" key={month} aria-label={month}>
          <h2 class="kern-heading-medium">{month}</h2>
          {htmlNode('ol', { class: 'run-list' }, listings.map((listing) => runCard(listing, language)).join(''))}
        </section>
      ))}
      <Pages next={next} isLaterPage={isLaterPage} />
    </>
  );
}

/** After the last run: what has no date yet. */
function Undated({ undated }: Pick<CatalogueView, 'undated'>) {
  const { t } = usePage();
  return (
    <section class="month" aria-labelledby="undated">
      <h2 class="kern-heading-medium" id="undated">
        {t('demand.undated')}
      </h2>
      <ul class="demand-list">
        {undated.map(({ id, title, language }) => (
          <li key={id}>
            <a class="kern-link kern-link--no-visited-state" href={paths.seminar(id)} lang={language}>
              {title}
            </a>
            <a class="kern-link" href={demandPaths.interest(id)}>
              {t('demand.register-interest')}
              <span class="kern-sr-only">: {title}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Pages({ next, isLaterPage }: { next: string | undefined; isLaterPage: boolean }) {
  const { t } = usePage();
  if (!next && !isLaterPage) return null;
  return (
    <nav class="actions pages" aria-label={t('public.pages')}>
      {isLaterPage && <ButtonLink href={paths.catalogue()} label={t('public.first-page')} kind="tertiary" />}
      {next && <ButtonLink href={next} label={t('public.next-page')} kind="secondary" />}
    </nav>
  );
}

function NothingFound({ filter, isLaterPage }: CatalogueView) {
  const { t } = usePage();
  const isFiltered = Object.values(filter.values).some((value) => value !== '');
  return (
    <section class="empty" aria-labelledby="nothing-found">
      <h2 class="kern-heading-medium" id="nothing-found">
        {t(isFiltered ? 'public.nothing-fits' : 'public.nothing-there')}
      </h2>
      <p class="kern-body">{t(isFiltered ? 'public.nothing-fits-hint' : 'public.nothing-there-hint')}</p>
      {(isFiltered || isLaterPage) && (
        <ButtonLink href={paths.catalogue()} label={t('public.show-all')} kind="secondary" />
      )}
    </section>
  );
}

function monthsOf(runs: readonly RunListing[], language: Language): { month: string; listings: RunListing[] }[] {
  const months = new Map<string, RunListing[]>();
  for (const listing of runs) {
    const month = formatted('month', listing.run.startsAt, listing.run.timeZone, language);
    const known = months.get(month);
    if (known) known.push(listing);
    else months.set(month, [listing]);
  }
  return [...months].map(([month, listings]) => ({ month, listings }));
}
