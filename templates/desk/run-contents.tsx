import { usePage } from '../page.ts';
import type { RunView } from './run.tsx';

/** Everything one can do here, one step away: the page grows with its bookings. */
export function RunContents({ view: { details, queue, now, reminders } }: { view: RunView }) {
  const { t } = usePage();
  const isCancelled = details.run.status === 'cancelled';
  const links = [
    ['sessions', true],
    ['reminders', reminders !== undefined],
    ['waiting', queue.some(({ status }) => status === 'waiting')],
    ['bookings', true],
    ['places', !isCancelled],
    ['history', true],
    ['cancelling', !isCancelled && details.run.endsAt > now],
  ] as const;
  return (
    <nav class="on-this-page" aria-label={t('desk.on-this-page')}>
      <ul>
        {links.map(
          ([id, isThere]) =>
            isThere && (
              <li key={id}>
                <a class="kern-link kern-link--no-visited-state" href={`#${id}`}>
                  {t(`desk.jump-${id}`)}
                </a>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}
