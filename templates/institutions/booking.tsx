import { headCountOf, namesWanted, type HeldBooking } from '../../server/modules/booking/index.ts';
import type { Institution } from '../../server/modules/people/index.ts';
import { Alert, BackLink, Facts, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { Plan } from '../components/plan.tsx';
import { momentOf } from '../dates.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { planForParticipants, publicPlan } from '../planned-sessions.ts';
import { institutionPaths, type InstitutionNotice } from './paths.ts';
import { BookingBadge } from './workspace.tsx';

export type InstitutionBookingView = HeldBooking & {
  institution: Institution;
  mayBook: boolean;
  notice: InstitutionNotice | undefined;
};

/** One booking of an institution: how it stands, who sits there, and its papers. */
export function InstitutionBooking(view: InstitutionBookingView) {
  const { t, language } = usePage();
  const { institution, booking, details, mayBook, notice } = view;
  const foreign = details.seminar.language === language ? undefined : details.seminar.language;
  const sits = booking.status === 'confirmed';
  return (
    <Layout
      title={details.seminar.title}
      titleLanguage={foreign}
      preline={institution.name}
      above={<BackLink href={institutionPaths.workspace(institution.id)} label={t('institutions.back')} />}
    >
      {notice && <Alert tone="success" title={t(`institutions.notice-${notice}`)} role="status" />}
      <p>
        <BookingBadge status={booking.status} />
      </p>
      {mayBook && (
        <div class="stack">
          <p class="kern-body">{t('institutions.manage-hint')}</p>
          <div class="actions">
            <ButtonLink href={paths.booking(booking.token)} label={t('institutions.manage')} />
          </div>
        </div>
      )}
      <Section id="details" title={t('institutions.booking')}>
        <BookedFacts {...view} />
      </Section>
      {details.sessions.length > 0 && (
        <Section title={t('public.plan', { sessions: details.sessions.length })} id="plan">
          <Plan sessions={sits ? planForParticipants(details, t) : publicPlan(details, t)} language={foreign} />
        </Section>
      )}
      <Section id="participants" title={t('institutions.participants')}>
        <People {...view} />
      </Section>
      <Section id="papers" title={t('institutions.papers')}>
        <Papers {...view} />
      </Section>
    </Layout>
  );
}

function BookedFacts({ booking, details: { run, provider } }: HeldBooking) {
  const { t, language } = usePage();
  return (
    <Facts
      facts={[
        { term: t('booking.places'), value: String(booking.places) },
        { term: t('institutions.booker'), value: `${booking.booker.name} (${booking.booker.email})` },
        { term: t('institutions.booked-on'), value: momentOf(booking.createdAt, run.timeZone, language) },
        { term: t('institutions.provider'), value: <span lang="de">{provider.name}</span> },
      ]}
    />
  );
}

function People({ booking }: HeldBooking) {
  const { t } = usePage();
  const group = headCountOf(booking);
  const unnamed = group ? 0 : namesWanted(booking);
  return (
    <ul class="kern-list kern-list--bullet">
      {group && <li>{t('names.head-count', group)}</li>}
      {booking.participants.map(({ id, name, email }) => (
        <li key={id}>
          {name} <span class="muted">({email})</span>
        </li>
      ))}
      {unnamed > 0 && <li>{t('institutions.unnamed', { count: unnamed })}</li>}
    </ul>
  );
}

function Papers({ booking, institution }: InstitutionBookingView) {
  const { t } = usePage();
  if (booking.status !== 'confirmed') return <p class="kern-body">{t('institutions.no-papers')}</p>;
  const { id } = institution;
  return (
    <div class="actions">
      <ButtonLink
        href={institutionPaths.confirmation(id, booking.id)}
        label={t('institutions.confirmation')}
        kind="secondary"
      />
      <ButtonLink
        href={institutionPaths.calendar(id, booking.id)}
        label={t('institutions.calendar')}
        kind="secondary"
      />
    </div>
  );
}

/** What is kept in a file, or printed: what was booked for whom, when and where, and who is billed. */
export function BookingConfirmation(view: InstitutionBookingView & { now: Date }) {
  const { t, language } = usePage();
  const { institution, booking, details, now } = view;
  const foreign = details.seminar.language === language ? undefined : details.seminar.language;
  const { billing } = institution;
  const values = { institution: institution.name, places: booking.places };
  return (
    <Layout
      title={t('institutions.confirmation')}
      above={
        <BackLink
          href={institutionPaths.booking(institution.id, booking.id)}
          label={t('institutions.back-to-booking')}
        />
      }
    >
      <p class="kern-body kern-body--large lead">{t('institutions.confirmation-text', values)}</p>
      <Facts
        facts={[
          { term: t('institutions.seminar'), value: <span lang={foreign}>{details.seminar.title}</span> },
          { term: t('institutions.provider'), value: <span lang="de">{details.provider.name}</span> },
          { term: t('booking.places'), value: String(booking.places) },
          billing && {
            term: t('institutions.billed-to'),
            value: `${billing.recipient}, ${billing.street}, ${billing.postalCode} ${billing.town}`,
          },
          billing?.costCentre !== undefined && { term: t('institutions.cost-centre'), value: billing.costCentre },
          billing?.leitwegId !== undefined && { term: t('institutions.leitweg-id'), value: billing.leitwegId },
        ]}
      />
      <Section title={t('public.plan', { sessions: details.sessions.length })} id="plan">
        <Plan sessions={publicPlan(details, t)} language={foreign} />
      </Section>
      <Section id="participants" title={t('institutions.participants')}>
        <People {...view} />
      </Section>
      <div class="section">
        <p class="kern-body muted">
          {t('institutions.confirmation-date', { moment: momentOf(now, details.run.timeZone, language) })}
        </p>
        <p class="kern-body muted">{t('institutions.print-hint')}</p>
      </div>
    </Layout>
  );
}
