import type { Booking, BookingMail, CalendarProof, RunListing } from '../../server/modules/booking/index.ts';
import { Badge, Section } from '../components/display.tsx';
import { momentOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { Calendar } from './calendar-proof.tsx';
import { deskPaths, type Notice } from './paths.ts';

export type BookingMailsView = {
  booking: Booking;
  listing: RunListing;
  mails: readonly BookingMail[];
  calendars: readonly CalendarProof[];
  notice: Notice | undefined;
};

const tones = {
  due: 'info',
  claimed: 'info',
  sent: 'success',
  failed: 'danger',
  withdrawn: 'warning',
  missed: 'warning',
} as const;

/** What the calendars of a booking were told, and every mail about it: who is told what and when, and what became of it. */
export function BookingMails({ booking, listing: { run, seminar }, mails, calendars, notice }: BookingMailsView) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('desk-mail.booking-title', { name: booking.booker.name })}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
      notice={notice}
      wide
    >
      {calendars.some(({ entries }) => entries.length > 0) && (
        <Section id="calendars" title={t('desk-mail.calendars-title')}>
          <p class="kern-body muted">{t('desk-mail.calendars-lead')}</p>
          {calendars.map((proof) => (
            <Calendar key={proof.participant.id} bookingId={booking.id} proof={proof} />
          ))}
        </Section>
      )}
      <Section id="mails" title={t('desk-mail.mails-title')}>
        <p class="kern-body muted">{t('desk-mail.booking-lead')}</p>
        <ol class="bookings">
          {mails.map((mail) => (
            <Mail key={mail.id} mail={mail} timeZone={run.timeZone} />
          ))}
        </ol>
      </Section>
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
