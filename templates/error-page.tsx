import { ButtonLink } from './components/form.tsx';
import { Layout } from './layout.tsx';
import { usePage } from './page.ts';
import { paths } from './paths.ts';
import type { TextKey, TextValues } from './texts/texts.ts';

export type ErrorPageView = { title: TextKey; text: TextKey; values?: TextValues; requestId?: string };

/** What went wrong, what to do now, and the way on. */
export function ErrorPage({ title, text, values, requestId }: ErrorPageView) {
  const { t, operator } = usePage();
  return (
    <Layout title={t(title)}>
      <div class="stack">
        <p class="kern-body kern-body--large">{t(text, values)}</p>
        {requestId && (
          <p class="kern-body">
            <code>{requestId}</code>{' '}
            <a class="kern-link" href={`mailto:${operator.email}`}>
              {operator.email}
            </a>
          </p>
        )}
        <p>
          <ButtonLink href={paths.catalogue()} label={t('errors.back-to-catalogue')} kind="secondary" />
        </p>
      </div>
    </Layout>
  );
}
