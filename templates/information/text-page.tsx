import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';

export type TextPageView = { title: TextKey; parts: readonly { heading: TextKey; text: TextKey }[] };

/** A page of plain words: who answers for this installation, what becomes of data, who can use it. */
export function TextPage({ title, parts }: TextPageView) {
  const { t, operator } = usePage();
  const values = { operator: operator.name, email: operator.email };
  return (
    <Layout title={t(title)}>
      {parts.map(({ heading, text }) => (
        <section class="text-part" key={heading}>
          <h2 class="kern-heading-medium">{t(heading)}</h2>
          {t(text, values)
            .split('\n')
            .map((paragraph) => (
              <p class="kern-body" key={paragraph}>
                {paragraph}
              </p>
            ))}
        </section>
      ))}
      <p class="text-part">
        <a class="kern-link kern-link--no-visited-state" href={`mailto:${operator.email}`}>
          {operator.email}
        </a>
      </p>
    </Layout>
  );
}
