import {
  approvalOutcome,
  cameTrueElsewhere,
  hasBegun,
  isActive,
  isMakeUp,
  makeUpUnit,
  substituteUntil,
  type Booking,
  type HeldBooking,
  type RunDetails,
} from '../../server/modules/booking/index.ts';
import { Alert, Facts, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { Plan } from '../components/plan.tsx';
import { dayOf, momentOf } from '../dates.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { planForParticipants, publicPlan } from '../planned-sessions.ts';
import { OpenOffer } from '../queue/offer.tsx';
import { PendingApproval } from '../queue/pending-approval.tsx';
import { QueueStanding } from '../queue/standing.tsx';
import { Wishes } from '../queue/wishes.tsx';
import type { Language, TextKey, TextValues } from '../texts/texts.ts';
import { Participants } from './participants.tsx';

export type BookingView = {
  /** Bookings of other modules in the same run that were made from this page. */
  related: readonly Booking[];
  /** What of the same group was divided from it. */
  parts: readonly Booking[];
  booking: Booking;
  position?: number;
  /** The runs that were named together with this one, in their order. */
  wishes: HeldBooking['wishes'];
  details: RunDetails;
  cancelUntil: Date;
  mayCancel: boolean;
  /** Whether names may be filled in, and people be swapped. */
  mayName: HeldBooking['mayName'];
};

/** The booker's own page, opened by the link in every mail: how it stands, when and where, and the way out. */
export function BookingPage(view: BookingView) {
  const { t, language } = usePage();
  const { booking, details } = view;
  const { seminar } = details;
  const hasDates = details.run.status !== 'cancelled' && details.run.status !== 'postponed';
  const sits = booking.status === 'confirmed' && hasDates;
  const foreign = seminar.language === language ? undefined : seminar.language;
  return (
    <Layout title={seminar.title} titleLanguage={foreign} preline={t('booking.your-booking')}>
      <div class="stack">
        <Standing {...view} />
        {sits && (
          <div class="actions">
            <ButtonLink href={paths.bookingCalendar(booking.token)} label={t('booking.calendar')} kind="secondary" />
          </div>
        )}
      </div>
      {details.sessions.length > 0 && (
        <Section title={t('public.plan', { sessions: details.sessions.length })} id="plan">
          <Plan sessions={sits ? planForParticipants(details, t) : publicPlan(details, t)} language={foreign} />
        </Section>
      )}
      <Section title={t('booking.participants')} id="participants">
        <Participants booking={booking} mayChange={view.mayName} />
        <LastDayForNames {...view} />
        <LastDayToSwap {...view} />
      </Section>
      <Section title={t('booking.details')} id="details">
        <BookingFacts {...view} />
      </Section>
      <Wishes {...view} />
      <QueueStanding {...view} />
      <Modules {...view} />
      <MakeUp {...view} />
      <WayOut {...view} />
    </Layout>
  );
}

function Standing(view: BookingView) {
  const { status } = view.booking;
  const isOpen = view.details.run.status === 'published';
  if (isOpen && status === 'offered') return <OpenOffer {...view} />;
  return isOpen && status === 'requested' ? <PendingApproval {...view} /> : <Status {...view} />;
}

/** Until when names are expected, and what becomes of places without one then. */
function LastDayForNames({ booking, details: { run }, mayName }: BookingView) {
  const { t, language } = usePage();
  if (!mayName.until || booking.status !== 'confirmed' || booking.participants.length === booking.places) return null;
  const until = momentOf(new Date(mayName.until.getTime() - 60_000), run.timeZone, language);
  return (
    <p class="kern-body">
      {t('names.until', { until })} {run.afterNames === 'wait' && t('names.until-then-wait')}
    </p>
  );
}

/** Until when people may be swapped, where the run has a day for it. */
function LastDayToSwap({ details: { run }, mayName }: BookingView) {
  const { t, language } = usePage();
  if (run.substituteUntilOn === undefined || !mayName.places) return null;
  // The last minute of the day says it better than the first of the next one.
  const until = momentOf(new Date(substituteUntil(run).getTime() - 60_000), run.timeZone, language);
  return <p class="kern-body">{t(mayName.people ? 'names.substitute-until' : 'names.substitute-closed', { until })}</p>;
}

/** One clear sentence on how it stands, and what happens next. */
export function Status(view: BookingView) {
  const { t, language } = usePage();
  const { tone, key, values } = stateOf(view, language);
  const reason = reasonOf(view);
  return (
    <Alert tone={tone} title={t(`booking.state-${key}`, values)} role="status">
      <p class="kern-body">{t(`booking.state-${key}-hint`, values)}</p>
      {reason && (
        <p class="kern-body">
          {t('booking.reason')} {reason}
        </p>
      )}
    </Alert>
  );
}

type StateKey =
  | 'confirmed'
  | 'waiting'
  | 'requested'
  | 'cancelled'
  | 'run-cancelled'
  | 'run-postponed'
  | 'run-completed'
  | 'lapsed'
  | 'declined'
  | 'refused'
  | 'expired'
  | 'kept-elsewhere'
  | 'other';
type State = { tone: 'success' | 'info' | 'warning'; key: StateKey; values: TextValues };

function stateOf({ booking, position = 0, details }: BookingView, language: Language): State {
  const { startsAt, timeZone } = details.run;
  const day = dayOf(startsAt, timeZone, language);
  const values = { places: booking.places, position, email: booking.booker.email, day };
  if (details.run.status === 'cancelled') return { tone: 'warning', key: 'run-cancelled', values };
  if (details.run.status === 'postponed' && isActive(booking.status))
    return { tone: 'warning', key: 'run-postponed', values };
  if (details.run.status === 'completed' && booking.status === 'confirmed')
    return { tone: 'success', key: 'run-completed', values };
  if (booking.status === 'confirmed') return { tone: 'success', key: 'confirmed', values };
  if (booking.status === 'waiting') return { tone: 'info', key: 'waiting', values };
  if (booking.status === 'expired') return { tone: 'warning', key: 'expired', values };
  if (approvalOutcome(booking.states) === 'refused') return { tone: 'warning', key: 'refused', values };
  if (booking.status === 'lapsed' || booking.status === 'declined')
    return { tone: 'warning', key: booking.status, values };
  if (booking.states.at(-1)?.reason === cameTrueElsewhere) return { tone: 'info', key: 'kept-elsewhere', values };
  if (booking.status === 'requested') return { tone: 'info', key: 'requested', values };
  return { tone: 'warning', key: booking.status === 'cancelled' ? 'cancelled' : 'other', values };
}

/** Why it was refused, or the run cancelled or postponed, in the words of whoever did it; those who had booked may know. */
function reasonOf({ booking, details }: BookingView): string | undefined {
  const { status, cancellation, postponement } = details.run;
  if (status === 'published' && approvalOutcome(booking.states) === 'refused') return booking.states.at(-1)?.reason;
  if (status === 'postponed') return postponement?.reason;
  return status === 'cancelled' ? cancellation?.reason : undefined;
}

/** What somebody missed can be made up elsewhere; a place for that says which module it is for. */
function MakeUp({ booking, details }: BookingView) {
  const { t, language } = usePage();
  const { seminar, sessions } = details;
  const number = 1 + seminar.modules.findIndex(({ id }) => booking.units.includes(makeUpUnit(id)));
  const module = seminar.modules[number - 1];
  if (module)
    return (
      <Section title={t('modules.make-up')} id="make-up">
        <p class="kern-body" lang={seminar.language === language ? undefined : seminar.language}>
          {t('modules.make-up-booking', { number, title: module.title })}
        </p>
      </Section>
    );
  const isBegun = sessions.some((session) => session.moduleId !== undefined && hasBegun(session));
  if (booking.status !== 'confirmed' || !isBegun) return null;
  return (
    <Section title={t('modules.make-up-section')} id="make-up">
      <p class="kern-body">{t('modules.make-up-hint')}</p>
      <ButtonLink href={paths.makeUp(booking.token)} label={t('modules.make-up')} kind="secondary" />
    </Section>
  );
}

/** What of a course is booked, and the way to give some of it up or to book more. */
function Modules({ booking, details, related }: BookingView) {
  const { t, language } = usePage();
  const { seminar, places, run } = details;
  if (!places.modules || booking.units.some(isMakeUp)) return null;
  const foreign = seminar.language === language ? undefined : seminar.language;
  const chosen = (units: readonly string[]) =>
    seminar.modules
      .map(({ id, title }, index) => ({ id, title, number: index + 1 }))
      .filter(({ id }) => units.includes(id));
  const open = isActive(booking.status) && run.status === 'published';
  return (
    <Section title={t(booking.status === 'waiting' ? 'modules.wanted' : 'modules.booked')} id="modules">
      <ul class="kern-list kern-list--bullet">
        {chosen(booking.units).map(({ id, title, number }) => (
          <li key={id}>
            {t('modules.number-title', { number, title: '' })}
            <span lang={foreign}>{title}</span>
          </li>
        ))}
      </ul>
      {related.length > 0 && (
        <>
          <p class="kern-body">{t('modules.also-booked')}</p>
          <ul class="kern-list kern-list--bullet">
            {related.map(({ id, token, units, status }) => (
              <li key={id}>
                <a class="kern-link kern-link--no-visited-state" href={paths.booking(token)}>
                  {t('modules.of-booking', {
                    numbers: chosen(units)
                      .map(({ number }) => number)
                      .join(', '),
                  })}
                </a>
                {`, ${t(`modules.status-${status}`)}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {open && (
        <p class="kern-body">
          {t('modules.change-hint')}{' '}
          <ButtonLink href={paths.bookedModules(booking.token)} label={t('modules.change')} kind="secondary" />
        </p>
      )}
    </Section>
  );
}

function BookingFacts({ booking, details, cancelUntil }: BookingView) {
  const { t, language } = usePage();
  const { provider, run } = details;
  return (
    <Facts
      facts={[
        { term: t('booking.booker'), value: `${booking.booker.name} (${booking.booker.email})` },
        booking.institution !== undefined && { term: t('booking.institution'), value: booking.institution },
        { term: t('booking.places'), value: String(booking.places) },
        { term: t('booking.booked-on'), value: momentOf(booking.createdAt, run.timeZone, language) },
        {
          term: t('public.provider'),
          value: (
            <>
              <span lang="de">{provider.name}</span>,{' '}
              <a class="kern-link kern-link--no-visited-state" href={`mailto:${provider.email}`}>
                {provider.email}
              </a>
            </>
          ),
        },
        booking.status === 'confirmed' &&
          run.status === 'published' && {
            term: t('booking.cancel-until'),
            value: momentOf(cancelUntil, run.timeZone, language),
          },
      ]}
    />
  );
}

function WayOut({ booking, mayCancel, mayName, details, cancelUntil }: BookingView) {
  const { t, language } = usePage();
  if (!isActive(booking.status) || details.run.status === 'cancelled')
    return (
      <p class="section">
        <ButtonLink href={paths.catalogue()} label={t('booking.find-another')} kind="secondary" />
      </p>
    );
  const label: TextKey = booking.status === 'waiting' ? 'booking.leave' : 'booking.cancel';
  return (
    <Section title={t(booking.status === 'waiting' ? 'booking.leave-title' : 'booking.cancel-title')} id="way-out">
      {mayCancel ? (
        <>
          {booking.freeCancellationUntil && details.run.status === 'published' && (
            <p class="kern-body">
              {t('booking.free-until', { until: momentOf(cancelUntil, details.run.timeZone, language) })}
            </p>
          )}
          <p class="kern-body">{t('booking.link-is-key')}</p>
          <div class="actions">
            <ButtonLink href={paths.cancellation(booking.token)} label={t(label)} kind="secondary" />
            {booking.places > 1 && mayName.places && (
              <ButtonLink href={paths.reduction(booking.token)} label={t('names.reduce')} kind="secondary" />
            )}
            {mayName.places && booking.status !== 'requested' && (
              <ButtonLink href={paths.transfer(booking.token)} label={t('names.transfer')} kind="secondary" />
            )}
          </div>
        </>
      ) : (
        <p class="kern-body">
          {t('booking.too-late', { provider: details.provider.name, email: details.provider.email })}
        </p>
      )}
    </Section>
  );
}
