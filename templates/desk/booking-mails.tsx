import type { Booking, BookingMail, RunListing } from '../../server/modules/booking/index.ts';
import { Badge } from '../components/display.tsx';
import { momentOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';

export type BookingMailsView = { booking: Booking; listing: RunListing; mails: readonly BookingMail[] };

const tones = {
  due: 'info',
  claimed: 'info',
  sent: 'success',
  failed: 'danger',
  withdrawn: 'warning',
  missed: 'warning',
} as const;

/** Every mail about a booking: who is told what and when, and what became of it. */
export function BookingMails({ booking, listing: { run, seminar }, mails }: BookingMailsView) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('desk-mail.booking-title', { name: booking.booker.name })}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
      wide
    >
      <p class="kern-body muted">{t('desk-mail.booking-lead')}</p>
      <ol class="bookings">
        {mails.map((mail) => (
          <Mail key={mail.id} mail={mail} timeZone={run.timeZone} />
        ))}
      </ol>
    </DeskLayout>
  );
}

function Mail({ mail, timeZone }: { mail: BookingMail; timeZone: string }) {
  const { t, language } = usePage();
  const { kind, recipient, state, settledAt, dueAt, calendar, reason } = mail;
  return (
    <li class="bookings__entry">
      <p class="bookings__places">{momentOf(settledAt ?? dueAt, timeZone, language)}</p>
      <div class="bookings__who">
        <p class="bookings__name">{t(`desk-mail.kind-${kind}`)}</p>
        <p class="kern-body kern-body--small">{recipient}</p>
      </div>
      <div class="bookings__who">
        <Badge tone={tones[state]} label={t(`desk-mail.state-${state}`)} />
        {calendar && (
          <p class="kern-body kern-body--small">
            {t(`desk-mail.calendar-${calendar.method}`, { sequence: calendar.sequence })}
          </p>
        )}
        {reason && state !== 'sent' && <p class="kern-body kern-body--small">{t('desk-mail.reason', { reason })}</p>}
      </div>
    </li>
  );
}
