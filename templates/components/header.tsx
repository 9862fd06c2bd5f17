import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { FormToken } from './form.tsx';

/** Product name, the doors that are open to this visitor, and the choice of language. */
export function Header() {
  const { t } = usePage();
  return (
    <header class="site-header">
      <div class="site-header__inner">
        <a class="site-header__name" href={paths.catalogue()}>
          <Logo />
          <span>{t('layout.product')}</span>
        </a>
        <Navigation />
        <LanguageSwitch />
      </div>
    </header>
  );
}

function Navigation() {
  const { t, visitor, diskMail } = usePage();
  return (
    <nav class="site-header__nav" aria-label={t('layout.navigation')}>
      <ul>
        <Item href={paths.catalogue()} label={t('layout.catalogue')} />
        {visitor.coordinates && <Item href={paths.desk()} label={t('layout.desk')} />}
        {visitor.teaches && <Item href={paths.trainer()} label={t('layout.trainer')} />}
        {visitor.represents && <Item href={paths.institution()} label={t('layout.institution')} />}
        {diskMail && <Item href={paths.devMail()} label={t('layout.dev-mail')} />}
        {visitor.signedIn ? <SignOut /> : <Item href={paths.signIn()} label={t('layout.sign-in')} />}
      </ul>
    </nav>
  );
}

function Item({ href, label }: { href: string; label: string }) {
  const here = usePage().path.split('?')[0] ?? '/';
  const isHere = href === '/' ? here === '/' : here === href || here.startsWith(`${href}/`);
  return (
    <li>
      <a href={href} aria-current={isHere ? 'page' : undefined}>
        {label}
      </a>
    </li>
  );
}

function SignOut() {
  const { t } = usePage();
  return (
    <li>
      <form method="post" action={paths.signOut()}>
        <FormToken />
        <button type="submit" class="site-header__button">
          {t('layout.sign-out')}
        </button>
      </form>
    </li>
  );
}

/** The link is written in the language it leads to. */
function LanguageSwitch() {
  const { language, path } = usePage();
  const other = language === 'de' ? { code: 'en', name: 'English' } : { code: 'de', name: 'Deutsch' };
  return (
    <a
      class="site-header__language"
      lang={other.code}
      hreflang={other.code}
      href={`${path}${path.includes('?') ? '&' : '?'}lang=${other.code}`}
    >
      {other.name}
    </a>
  );
}

function Logo() {
  return (
    <svg class="site-header__logo" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="10" height="10" rx="2" class="logo-a" />
      <rect x="13" y="1" width="10" height="10" rx="5" class="logo-b" />
      <rect x="1" y="13" width="10" height="10" rx="5" class="logo-c" />
      <rect x="13" y="13" width="10" height="10" rx="2" class="logo-d" />
    </svg>
  );
}
