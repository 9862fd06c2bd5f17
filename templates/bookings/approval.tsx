import {
  afterExpiryOf,
  approvalOutcome,
  headCountOf,
  type RequestedApproval,
} from '../../server/modules/booking/index.ts';
import { Alert, Facts, Section } from '../components/display.tsx';
import { TextArea } from '../components/fields.tsx';
import { ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf, timeSpan } from '../dates.ts';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { placeInPublic } from '../places.ts';

export type ApprovalView = RequestedApproval & { token: string; form: FormState; now: Date };

/** Asks a superior whether a booking is approved, or says what came of it. Opening it changes nothing. */
export function ApprovalPage(view: ApprovalView) {
  const { t } = usePage();
  const { booking, form } = view;
  const standing = standingOf(view);
  return (
    <Layout
      title={t(standing === 'open' ? 'approval.title' : 'approval.title-over', { places: booking.places })}
      hasErrors={form.errors.length > 0}
    >
      <ErrorSummary form={form} labelOf={(field) => (field === 'reason' ? t('approval.reason') : undefined)} />
      {standing !== 'open' && <Over {...view} standing={standing} />}
      <InBrief {...view} />
      {standing === 'open' && <Question {...view} />}
    </Layout>
  );
}

type Standing = 'open' | 'approved' | 'refused' | 'expired' | 'cancelled';

/** The deadline is the truth, also where nobody has noted yet that it is over. */
function standingOf({ booking, now }: ApprovalView): Standing {
  const outcome = approvalOutcome(booking.states) ?? 'cancelled';
  const isOver = booking.approval?.until !== undefined && booking.approval.until <= now;
  return outcome === 'open' && isOver ? 'expired' : outcome;
}

function Over({ booking, details, standing }: ApprovalView & { standing: Exclude<Standing, 'open'> }) {
  const { t, language } = usePage();
  const { at, reason } = booking.states.findLast(({ status }) => status === ends[standing]) ?? {};
  const { timeZone } = details.run;
  return (
    <Alert tone={standing === 'approved' ? 'success' : 'info'} title={t(`approval.over-${standing}`)} role="status">
      {at && <p class="kern-body">{t('approval.over-at', { at: momentOf(at, timeZone, language) })}</p>}
      {standing === 'refused' && reason && <p class="kern-body">{t('approval.over-reason', { reason })}</p>}
      <p class="kern-body">{t('approval.nothing-to-do')}</p>
    </Alert>
  );
}

const ends = { approved: 'confirmed', refused: 'declined', expired: 'expired', cancelled: 'cancelled' } as const;

function InBrief({ booking, details }: ApprovalView) {
  const { t, language } = usePage();
  const { run, seminar, sessions, provider } = details;
  const { booker, institution, participants, places } = booking;
  const when =
    sessions.length > 1
      ? t('booking.first-of', { day: dayOf(run.startsAt, run.timeZone, language), sessions: sessions.length })
      : `${dayOf(run.startsAt, run.timeZone, language)}, ${timeSpan(run, language)}`;
  const names = participants.map(({ name }) => name).join(', ');
  const unnamed = headCountOf(booking) ? 0 : places - participants.length;
  return (
    <>
      <div class="panel brief">
        <p class="kern-title" lang={seminar.language === language ? undefined : seminar.language}>
          {seminar.title}
        </p>
        <p>{when}</p>
        <p class="muted">{placeInPublic(run.location, t)}</p>
      </div>
      <Facts
        facts={[
          { term: t('approval.booked-by'), value: booker.name },
          institution !== undefined && { term: t('booking.institution'), value: institution },
          { term: t('booking.places'), value: String(places) },
          names !== '' && { term: t('booking.participants'), value: names },
          unnamed > 0 && { term: t('approval.unnamed'), value: String(unnamed) },
          { term: t('public.provider'), value: <span lang="de">{provider.name}</span> },
        ]}
      />
    </>
  );
}

function Question({ booking, details: { run }, token, form }: ApprovalView) {
  const { t, language } = usePage();
  const until = momentOf(booking.approval?.until ?? run.startsAt, run.timeZone, language);
  const { places } = booking;
  return (
    <>
      <Section id="grant" title={t('approval.question')}>
        <p class="kern-body">
          {t('approval.held-until', { places, until })} {t(`approval.after-${afterExpiryOf(run, booking)}`)}
        </p>
        <Form action={paths.approvalGrant(token)}>
          <div class="actions">
            <SubmitButton label={t('approval.approve')} />
          </div>
        </Form>
      </Section>
      <Section id="refusal" title={t('approval.or-not')}>
        <Form action={paths.approvalRefusal(token)}>
          <TextArea
            form={form}
            name="reason"
            label={t('approval.reason')}
            hint={t('approval.reason-hint')}
            rows={3}
            optional
          />
          <div class="actions">
            <SubmitButton label={t('approval.refuse')} kind="secondary" />
          </div>
        </Form>
      </Section>
    </>
  );
}
