import { momentOf } from '../dates.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

export type MailSummary = { name: string; date: Date; to: string; subject: string };
export type MailListView = { mails: readonly MailSummary[] };

/** The mails of a demonstration, the newest first. */
export function MailList({ mails }: MailListView) {
  const { t } = usePage();
  return (
    <Layout title={t('dev-mail.title')}>
      <p class="kern-body kern-body--large lead">{t('dev-mail.lead')}</p>
      {mails.length === 0 ? (
        <p class="kern-body">{t('dev-mail.none')}</p>
      ) : (
        <ol class="mails">
          {mails.map((mail) => (
            <Mail key={mail.name} mail={mail} />
          ))}
        </ol>
      )}
    </Layout>
  );
}

function Mail({ mail }: { mail: MailSummary }) {
  const { t, language } = usePage();
  return (
    <li>
      <a class="kern-link" href={paths.devMessage(mail.name)}>
        {mail.subject || t('dev-mail.no-subject')}
      </a>
      <span>
        {t('dev-mail.to')}: {mail.to}
      </span>
      <span class="muted">{momentOf(mail.date, 'Europe/Berlin', language)}</span>
    </li>
  );
}
