import type { PreviewedReminder, ReminderPreview } from '../../server/modules/booking/index.ts';
import { formatted, momentOf } from '../dates.ts';
import { usePage } from '../page.ts';

const columns = ['when', 'mail', 'session', 'people'] as const;

/** Every mail of a plan in the order of time. On a narrow screen each stands alone; the roles keep it a table. */
export function RemindersTable({ mails }: Pick<ReminderPreview, 'mails'>) {
  const { t } = usePage();
  if (mails.length === 0) return <p class="kern-body">{t('reminders.preview-none')}</p>;
  return (
    <table class="kern-table run-table reminder-table" role="table">
      <thead role="rowgroup" class="kern-table__head">
        <tr role="row" class="kern-table__row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col" class="kern-table__header">
              {t(`reminders.column-${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" class="kern-table__body">
        {mails.map((mail) => (
          <Mail key={`${mail.audience} ${mail.sessionId} ${mail.dueAt.getTime()}`} mail={mail} />
        ))}
      </tbody>
    </table>
  );
}

function Mail({ mail }: { mail: PreviewedReminder }) {
  const { t, language } = usePage();
  const { session, dueAt, after, audience, people, isPast } = mail;
  const { timeZone } = session;
  return (
    <tr role="row" class={`kern-table__row${isPast ? ' muted' : ''}`}>
      <th role="rowheader" scope="row" class="kern-table__cell reminder-table__when">
        <time datetime={dueAt.toISOString()}>
          {formatted('shortDay', dueAt, timeZone, language)}, {formatted('time', dueAt, timeZone, language)}
        </time>
        <Moved mail={mail} />
        {isPast && <span class="reminder-table__note">{t('reminders.past')}</span>}
      </th>
      <td role="cell" class="kern-table__cell">
        {t(after ? 'desk-mail.kind-follow-up' : 'desk-mail.kind-reminder')}
      </td>
      <td role="cell" class="kern-table__cell">
        {formatted('shortDay', session.startsAt, timeZone, language)},{' '}
        {formatted('time', session.startsAt, timeZone, language)}
      </td>
      <td role="cell" class="kern-table__cell">
        {people.length === 0 ? (
          t(`reminders.to-${audience}`, { count: 0 })
        ) : (
          <details>
            <summary>{t(`reminders.to-${audience}`, { count: people.length })}</summary>
            {people.join(', ')}
          </details>
        )}
      </td>
    </tr>
  );
}

function Moved({ mail: { movedFrom, session, holiday } }: { mail: PreviewedReminder }) {
  const { t, language } = usePage();
  if (!movedFrom) return null;
  const was = formatted('shortDay', movedFrom, session.timeZone, language);
  return (
    <span class="reminder-table__note">
      {holiday
        ? t('reminders.moved-holiday', { was, holiday: holiday[language] })
        : t('reminders.moved-weekend', { was })}
    </span>
  );
}

/** What those get who book from now on, by when they do. */
export function LateBookers({ late, timeZone }: Pick<ReminderPreview, 'late'> & { timeZone: string }) {
  const { t, language } = usePage();
  if (late.length === 0) return null;
  return (
    <>
      <h3 class="kern-title">{t('reminders.late-title')}</h3>
      <p class="kern-body">{t('reminders.late-lead')}</p>
      <ul class="kern-list kern-list--bullet">
        {late.map(({ until, gets, misses }) => (
          <li key={until?.getTime() ?? 'later'}>
            {until
              ? t('reminders.late-until', {
                  moment: momentOf(until, timeZone, language),
                  gets,
                  misses,
                  all: gets + misses,
                })
              : t('reminders.late-after', { gets })}
          </li>
        ))}
      </ul>
    </>
  );
}
