import { BackLink, Facts, Section } from '../components/display.tsx';
import { momentOf } from '../dates.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { MailSummary } from './list.tsx';

export type MailView = {
  mail: MailSummary & { from: string; text: string; html: string; calendars: { filename: string; content: string }[] };
};

/** One mail: as it looks, its plain text, and its calendar parts. The HTML runs nothing: it stands in a sealed frame. */
export function MailPage({ mail }: MailView) {
  const { t, language } = usePage();
  return (
    <Layout
      title={mail.subject || t('dev-mail.no-subject')}
      above={<BackLink href={paths.devMail()} label={t('dev-mail.all')} />}
      wide
    >
      <Facts
        facts={[
          { term: t('dev-mail.from'), value: mail.from },
          { term: t('dev-mail.to'), value: mail.to },
          { term: t('dev-mail.date'), value: momentOf(mail.date, 'Europe/Berlin', language) },
        ]}
      />
      {mail.html !== '' && (
        <Section title={t('dev-mail.html')} id="html">
          <iframe class="mail-frame" sandbox="" title={t('dev-mail.frame')} src={paths.devMessageHtml(mail.name)} />
        </Section>
      )}
      <Section title={t('dev-mail.text')} id="text">
        <pre class="source" tabIndex={0}>
          {mail.text}
        </pre>
      </Section>
      {mail.calendars.map(({ filename, content }) => (
        <Section key={filename} title={`${t('dev-mail.calendar')}: ${filename}`} id={`calendar-${filename}`}>
          <pre class="source" tabIndex={0}>
            {content}
          </pre>
        </Section>
      ))}
    </Layout>
  );
}
