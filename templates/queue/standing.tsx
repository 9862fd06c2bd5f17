import type { Booking, RunDetails } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import { PolicyLines } from './policy.tsx';

type Standing = { booking: Booking; details: RunDetails; parts: readonly Booking[] };

/** Why somebody still waits, by which rule, and what of the same group has places. */
export function QueueStanding({ booking, details, parts }: Standing) {
  return (
    <>
      {parts.length > 0 && <Parts parts={parts} />}
      {booking.status === 'waiting' && details.run.status === 'published' && (
        <WhyWaiting booking={booking} details={details} />
      )}
    </>
  );
}

function WhyWaiting({ booking, details: { run } }: Pick<Standing, 'booking' | 'details'>) {
  const { t } = usePage();
  const { reason, passes, places } = booking;
  return (
    <Section title={t('queue.why-title')} id="why">
      {reason && <p class="kern-body">{t(`queue.why-${reason}`, { places })}</p>}
      {booking.lifted && <p class="kern-body">{t('rights.priority-told')}</p>}
      {passes !== undefined && run.policy.order === 'fill' && (
        <p class="kern-body">{t('queue.passed', { passes, most: run.policy.maxPasses ?? 0 })}</p>
      )}
      <ul class="kern-list kern-list--bullet">
        <PolicyLines run={run} />
      </ul>
    </Section>
  );
}

function Parts({ parts }: { parts: readonly Booking[] }) {
  const { t } = usePage();
  return (
    <Section title={t('queue.parts')} id="parts">
      <p class="kern-body">{t('queue.parts-lead')}</p>
      <ul class="kern-list kern-list--bullet">
        {parts.map(({ id, token, places, status }) => (
          <li key={id}>
            <a class="kern-link kern-link--no-visited-state" href={paths.booking(token)}>
              {t('queue.part-of', { places, state: t(`queue.state-${status}`) })}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
