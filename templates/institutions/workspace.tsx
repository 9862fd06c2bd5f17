import type { BookingWithRun } from '../../server/modules/booking/index.ts';
import type { Deadline, Workspace } from '../../server/modules/institutions/index.ts';
import type { Institution } from '../../server/modules/people/index.ts';
import { Badge, Section } from '../components/display.tsx';
import { TextField } from '../components/fields.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { InstitutionLayout, type InstitutionFrame } from './frame.tsx';
import { institutionPaths } from './paths.ts';

/** Whoever is a contact of several institutions chooses one. */
export function InstitutionChoice({ institutions }: { institutions: readonly Institution[] }) {
  const { t } = usePage();
  return (
    <Layout title={t('institutions.choose')}>
      <p class="kern-body">{t('institutions.choose-lead')}</p>
      <ul class="demand-list">
        {institutions.map(({ id, name, kind }) => (
          <li key={id}>
            <a class="kern-link" href={institutionPaths.workspace(id)} lang="de">
              {name}
            </a>
            <span class="muted">{t(`institutions.kind-${kind}`)}</span>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

export type WorkspaceView = InstitutionFrame & { workspace: Workspace; mayBook: boolean; form: FormState };

/** All that an institution has booked: what is to be done, what is to come, what is over. */
export function WorkspacePage(view: WorkspaceView) {
  const { t } = usePage();
  const { workspace, institution, form, mayBook } = view;
  return (
    <InstitutionLayout {...view} here="bookings" hasErrors={form.errors.length > 0}>
      <ErrorSummary form={form} labelOf={() => t('institutions.link')} />
      <Section id="deadlines" title={t('institutions.deadlines')}>
        <Deadlines {...view} />
      </Section>
      <Section id="coming" title={t('institutions.coming')}>
        {workspace.coming.length === 0 && <p class="kern-body">{t('institutions.nothing-coming')}</p>}
        <Bookings bookings={workspace.coming} institutionId={institution.id} />
        {mayBook && (
          <div class="actions">
            <ButtonLink href={paths.catalogue()} label={t('institutions.find')} kind="secondary" />
          </div>
        )}
      </Section>
      {mayBook && <TakeIn institutionId={institution.id} form={form} />}
      {workspace.over.length > 0 && (
        <Section id="over" title={t('institutions.over')}>
          <Bookings bookings={workspace.over} institutionId={institution.id} />
        </Section>
      )}
    </InstitutionLayout>
  );
}

function Deadlines({ workspace: { deadlines }, institution }: WorkspaceView) {
  const { t } = usePage();
  if (deadlines.length === 0) return <p class="kern-body">{t('institutions.no-deadlines')}</p>;
  return (
    <ol class="demand-list">
      {deadlines.map((deadline) => (
        <DeadlineRow key={`${deadline.booking.id} ${deadline.kind}`} {...deadline} institutionId={institution.id} />
      ))}
    </ol>
  );
}

function DeadlineRow({ kind, at, booking, run, seminar, institutionId }: Deadline & { institutionId: string }) {
  const { t, language } = usePage();
  return (
    <li>
      <span>
        {t(`institutions.deadline-${kind}`)}{' '}
        <strong>{t('institutions.until', { moment: momentOf(at, run.timeZone, language) })}</strong>
      </span>
      <a class="kern-link" href={institutionPaths.booking(institutionId, booking.id)} lang={seminar.language}>
        {seminar.title}
      </a>
    </li>
  );
}

function Bookings({ bookings, institutionId }: { bookings: readonly BookingWithRun[]; institutionId: string }) {
  return (
    <ol class="teach-list">
      {bookings.map((one) => (
        <BookingCard key={one.booking.id} {...one} institutionId={institutionId} />
      ))}
    </ol>
  );
}

function BookingCard({ booking, run, seminar, institutionId }: BookingWithRun & { institutionId: string }) {
  const { t, language } = usePage();
  const named = booking.participants.length;
  return (
    <li class="teach-list__session">
      <p class="teach-list__when">
        <span>{dayOf(run.startsAt, run.timeZone, language)}</span>
      </p>
      <h3 class="kern-title" lang={seminar.language}>
        <a
          class="kern-link kern-link--no-visited-state kern-link--stretched"
          href={institutionPaths.booking(institutionId, booking.id)}
        >
          {seminar.title}
        </a>
      </h3>
      <p class="kern-body">
        {named < booking.places
          ? t('institutions.named', { named, places: booking.places })
          : t('institutions.places', { places: booking.places })}{' '}
        · {t('institutions.booked-by', { name: booking.booker.name })}
      </p>
      <BookingBadge status={booking.status} />
    </li>
  );
}

type Status = BookingWithRun['booking']['status'];
const open: readonly Status[] = ['requested', 'waiting', 'offered'];

export function BookingBadge({ status }: { status: Status }) {
  const { t } = usePage();
  const tone = status === 'confirmed' ? 'success' : open.includes(status) ? 'warning' : 'info';
  return <Badge tone={tone} label={t(`institutions.status-${status}`)} />;
}

function TakeIn({ institutionId, form }: { institutionId: string; form: FormState }) {
  const { t } = usePage();
  return (
    <Section id="take-in" title={t('institutions.take-in')}>
      <p class="kern-body">{t('institutions.take-in-lead')}</p>
      <Form action={institutionPaths.bookings(institutionId)}>
        <TextField form={form} name="link" label={t('institutions.link')} hint={t('institutions.link-hint')} />
        <div class="actions">
          <SubmitButton label={t('institutions.take-in-submit')} kind="secondary" />
        </div>
      </Form>
    </Section>
  );
}
