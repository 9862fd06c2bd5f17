import type { Booking, RunListing } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { usePage } from '../page.ts';
import { PolicyLines } from '../queue/policy.tsx';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { HistoryLines, type Happening } from './run-history.tsx';

export type BookingDecisionsView = { booking: Booking; listing: RunListing; happenings: readonly Happening[] };

/** Why a booking has its places, or has them not: every decision with its reason, and the rule it was made by. */
export function BookingDecisions({ booking, listing: { run, seminar }, happenings }: BookingDecisionsView) {
  const { t } = usePage();
  return (
    <DeskLayout
      title={t('queue.decisions-title', { name: booking.booker.name })}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <p class="kern-body muted">{t('queue.decisions-lead')}</p>
      <HistoryLines happenings={happenings} timeZone={run.timeZone} />
      <Section id="policy" title={t('queue.decisions-policy')}>
        <ul class="kern-list kern-list--bullet">
          <PolicyLines run={run} />
        </ul>
      </Section>
    </DeskLayout>
  );
}
