import type { ComponentChildren } from 'preact';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { usePage } from './page.ts';

type LayoutProps = {
  /** The page's h1 and, with the product's name, the title of the tab. */
  title: string;
  /** Above the heading, such as where it belongs. */
  preline?: ComponentChildren;
  /** A form came back with mistakes: said in the tab's title, which a screen reader says first. */
  hasErrors?: boolean;
  /** Text runs over the whole width, for lists and tables. */
  wide?: boolean;
  /** Of the title, when it is not the page's. */
  titleLanguage?: string;
  /** Between header and heading: breadcrumbs. */
  above?: ComponentChildren;
  /** A script of this page alone, which is complete without it. */
  script?: string;
  children: ComponentChildren;
};

/** The frame of every page: skip link, header, one h1, main, footer. */
export function Layout({ title, preline, hasErrors, wide, titleLanguage, above, script, children }: LayoutProps) {
  const { language, stylesheets, t } = usePage();
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${hasErrors ? `${t('layout.error')}: ` : ''}${title} – ${t('layout.product')}`}</title>
        {stylesheets.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <link rel="icon" href="data:," />
        {script && <script src={script} defer />}
      </head>
      <body>
        <a class="skip-link kern-link" href="#content">
          {t('layout.skip')}
        </a>
        <Header />
        <main id="content" tabIndex={-1} class={wide ? 'page page--wide' : 'page'}>
          {above}
          <div class="page__head">
            {preline && <p class="kern-preline">{preline}</p>}
            <h1 class="kern-heading-x-large" lang={titleLanguage}>
              {title}
            </h1>
          </div>
          {children}
        </main>
        <Footer />
      </body>
    </html>
  );
}
