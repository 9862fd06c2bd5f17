import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

/** What stands under every page, in the same place: help, and who answers for it. */
export function Footer() {
  const { t, operator, demo } = usePage();
  return (
    <footer class="site-footer">
      <div class="site-footer__inner">
        {demo && <p class="kern-body kern-body--small">{t('layout.demo')}</p>}
        <ul>
          <li>
            <a class="kern-link kern-link--small kern-link--no-visited-state" href={`mailto:${operator.email}`}>
              {t('layout.help')}
            </a>
          </li>
          {(['imprint', 'privacy', 'accessibility'] as const).map((page) => (
            <li key={page}>
              <a class="kern-link kern-link--small kern-link--no-visited-state" href={paths[page]()}>
                {t(`layout.${page}`)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}
