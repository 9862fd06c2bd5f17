import { seminarKinds } from '../../server/modules/catalogue/index.ts';
import { fragment, htmlNode } from '../../server/platform/view.ts';
import { ButtonLink, SubmitButton } from '../components/form.tsx';
import { Checkbox, SelectField, TextField } from '../components/fields.tsx';
import { framed } from '../framed.tsx';
import { languageName } from '../language-names.ts';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { TextKey, Translate } from '../texts/texts.ts';
import type { CatalogueView } from './catalogue.tsx';

const labels: Record<string, TextKey> = {
  text: 'public.filter-text',
  kind: 'public.filter-kind',
  provider: 'public.filter-provider',
  language: 'public.filter-language',
  from: 'public.filter-from',
  to: 'public.filter-to',
  free: 'public.filter-free',
};
const further = ['provider', 'language', 'from', 'to'];

/** The filter as it stands before anybody asks for anything is the same for everybody, and is rendered once. */
export function CatalogueFilter(view: CatalogueView) {
  const page = usePage();
  const { filter, providers, languages } = view;
  if (filter.errors.length > 0 || Object.keys(filter.values).length > 0) return <FilterForm {...view} />;

  const shows = [...languages, ...providers.flatMap(({ id, name }) => [id, name])];
  const html = fragment(`catalogue-filter ${page.language}`, shows, () =>
    framed(page, FilterForm, { ...view, runs: [] }),
  );
  return htmlNode('div', {}, html);
}

/** What somebody looks for. The less common questions open on demand, and stay open while they are asked. */
function FilterForm({ filter, providers, languages, runs }: CatalogueView) {
  const { t, language } = usePage();
  const isUsed = Object.values(filter.values).some((value) => value !== '');
  const kinds = seminarKinds.map((kind) => ({ value: kind, label: t(`public.kind-${kind}`) }));
  return (
    <form class="filter" method="get" action={paths.catalogue()} role="search" aria-label={t('public.filter')}>
      <div class="filter__main">
        <TextField form={filter} name="text" type="search" label={t('public.filter-text')} optional="unsaid" />
        <SelectField
          form={filter}
          name="kind"
          label={t('public.filter-kind')}
          options={kinds}
          anyLabel={t('public.any')}
          optional="unsaid"
        />
      </div>
      <details open={further.some((name) => filter.values[name])}>
        <summary>{t('public.filter-more')}</summary>
        <div class="filter__more">
          <SelectField
            form={filter}
            name="provider"
            label={t('public.filter-provider')}
            options={providers.map(({ id, name }) => ({ value: id, label: name, language: 'de' }))}
            anyLabel={t('public.any')}
            optional="unsaid"
          />
          <SelectField
            form={filter}
            name="language"
            label={t('public.filter-language')}
            options={languages.map((code) => ({ value: code, label: languageName(code, language) }))}
            anyLabel={t('public.any')}
            optional="unsaid"
          />
          <TextField form={filter} name="from" type="date" label={t('public.filter-from')} optional="unsaid" />
          <TextField form={filter} name="to" type="date" label={t('public.filter-to')} optional="unsaid" />
        </div>
      </details>
      <Checkbox form={filter} name="free" label={t('public.filter-free')} />
      <div class="actions">
        <SubmitButton label={t('public.filter-submit')} />
        {isUsed && runs.length > 0 && (
          <ButtonLink href={paths.catalogue()} label={t('public.show-all')} kind="tertiary" />
        )}
      </div>
    </form>
  );
}

export function filterLabel(field: string, t: Translate): string | undefined {
  const key = labels[field];
  return key && t(key);
}
