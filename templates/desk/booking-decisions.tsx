import type { Booking, RunListing } from '../../server/modules/booking/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { ErrorSummary } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { PolicyLines } from '../queue/policy.tsx';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { PriorityForm } from './priority.tsx';
import { HistoryLines, type Happening } from './run-history.tsx';

export type BookingDecisionsView = {
  booking: Booking;
  listing: RunListing;
  happenings: readonly Happening[];
  form: FormState;
  /** The priority was changed just now. */
  isSet: boolean;
};

/** Why a booking has its places, or has them not: every decision with its reason, and the rule it was made by. */
export function BookingDecisions(view: BookingDecisionsView) {
  const { booking, listing, happenings, form, isSet } = view;
  const { run, seminar } = listing;
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('queue.decisions-title', { name: booking.booker.name })}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      hasErrors={form.errors.length > 0}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      {isSet && <Alert tone="success" title={t('rights.priority-set')} role="status" />}
      <ErrorSummary form={form} labelOf={(field) => (field === 'reason' ? t('rights.priority-reason') : undefined)} />
      <p class="kern-body muted">{t('queue.decisions-lead')}</p>
      <HistoryLines happenings={happenings} timeZone={run.timeZone} />
      {booking.status === 'waiting' && <PriorityForm booking={booking} form={form} />}
      <Section id="policy" title={t('queue.decisions-policy')}>
        <ul class="kern-list kern-list--bullet">
          <PolicyLines run={run} />
        </ul>
      </Section>
    </DeskLayout>
  );
}
