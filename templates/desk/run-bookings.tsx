import { headCountOf, type PlacesOfRun, type QueueEntry } from '../../server/modules/booking/index.ts';
import type { Run } from '../../server/modules/scheduling/index.ts';
import { Section } from '../components/display.tsx';
import { momentOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { deskPaths } from './paths.ts';

type RunBookingsProps = {
  queue: readonly QueueEntry[];
  places: PlacesOfRun;
  modules: readonly { id: string }[];
  /** A session with a module has begun, so that there is something to make up. */
  mayMakeUp: boolean;
  run: Run;
};

/** Who sits, who waits and why, and who left. */
export function RunBookings({ queue, places, modules, mayMakeUp, run }: RunBookingsProps) {
  const { t } = usePage();
  const waiting = queue.filter(({ status }) => status === 'waiting');
  const gone = queue.filter(
    ({ status }) => status === 'cancelled' || status === 'declined' || status === 'expired' || status === 'lapsed',
  );
  const seated = queue.filter((entry) => !waiting.includes(entry) && !gone.includes(entry));
  return (
    <>
      {waiting.length > 0 && (
        <Section id="waiting" title={t('desk.waiting-title', { count: places.waiting })}>
          <p class="kern-body muted">{t('desk.waiting-lead')}</p>
          <ol class="bookings">
            {waiting.map((entry) => (
              <Entry key={entry.id} entry={entry} places={places} modules={modules} mayMakeUp={mayMakeUp} run={run} />
            ))}
          </ol>
        </Section>
      )}
      <Section id="bookings" title={t('desk.bookings-title', { count: seated.length })}>
        {seated.length === 0 && <p class="kern-body">{t('desk.no-bookings')}</p>}
        <ul class="bookings">
          {seated.map((entry) => (
            <Entry key={entry.id} entry={entry} places={places} modules={modules} mayMakeUp={mayMakeUp} run={run} />
          ))}
        </ul>
      </Section>
      {gone.length > 0 && <Gone entries={gone} places={places} modules={modules} mayMakeUp={mayMakeUp} run={run} />}
    </>
  );
}

type InRun = Pick<RunBookingsProps, 'places' | 'modules' | 'mayMakeUp' | 'run'>;

function Gone({ entries, places, modules, mayMakeUp, run }: InRun & { entries: readonly QueueEntry[] }) {
  const { t } = usePage();
  return (
    <details class="kern-accordion section">
      <summary class="kern-accordion__header">
        <span class="kern-title">{t('desk.gone-title', { count: entries.length })}</span>
      </summary>
      <div class="kern-accordion__body">
        <ul class="bookings">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} places={places} modules={modules} mayMakeUp={mayMakeUp} run={run} />
          ))}
        </ul>
      </div>
    </details>
  );
}

function Entry({ entry, places, modules, mayMakeUp, run }: InRun & { entry: QueueEntry }) {
  const { t } = usePage();
  const { booker, institution, position, status } = entry;
  const isActive = status === 'confirmed' || status === 'waiting' || status === 'requested' || status === 'offered';
  return (
    <li class="bookings__entry">
      <p class="bookings__places">
        {position !== undefined && <span class="bookings__position">{t('desk.position', { position })}</span>}
        {t('desk.places-count', { count: entry.places })}
      </p>
      <div class="bookings__who">
        <p class="bookings__name">{booker.name}</p>
        {institution && <p class="kern-body kern-body--small">{institution}</p>}
        <a class="kern-link kern-link--small kern-link--no-visited-state" href={`mailto:${booker.email}`}>
          {booker.email}
        </a>
      </div>
      <div class="bookings__who">
        <Why entry={entry} places={places} />
        <QueueFacts entry={entry} run={run} />
        <BookedModules entry={entry} modules={modules} />
        <Participants entry={entry} />
      </div>
      <p class="bookings__acts">
        <a class="kern-link kern-link--small kern-link--no-visited-state" href={deskPaths.bookingDecisions(entry.id)}>
          {t('queue.decisions')}
          <span class="kern-sr-only"> {booker.name}</span>
        </a>
        <a class="kern-link kern-link--small kern-link--no-visited-state" href={deskPaths.bookingMails(entry.id)}>
          {t('desk.mails-of-booking')}
          <span class="kern-sr-only"> {booker.name}</span>
        </a>
        {status === 'confirmed' && mayMakeUp && (
          <a class="kern-link kern-link--small kern-link--no-visited-state" href={deskPaths.makeUp(entry.id)}>
            {t('modules.make-up')}
            <span class="kern-sr-only"> {booker.name}</span>
          </a>
        )}
        {isActive && (
          <a
            class="kern-link kern-link--small kern-link--no-visited-state"
            href={deskPaths.bookingCancellation(entry.id)}
          >
            {t(status === 'waiting' ? 'desk.remove-waiting' : 'desk.cancel-booking')}
            <span class="kern-sr-only"> {booker.name}</span>
          </a>
        )}
      </p>
    </li>
  );
}

/** Which modules a booking is for, by their numbers. */
function BookedModules({ entry, modules }: { entry: QueueEntry; modules: readonly { id: string }[] }) {
  const { t } = usePage();
  const numbers = modules.flatMap(({ id }, index) => (entry.units.includes(id) ? [index + 1] : []));
  if (numbers.length === 0) return null;
  return <p class="kern-body kern-body--small">{t('modules.of-booking', { numbers: numbers.join(', ') })}</p>;
}

function Participants({ entry }: { entry: QueueEntry }) {
  const { t } = usePage();
  const { booker, participants } = entry;
  const group = headCountOf(entry);
  const [only] = participants;
  const isAlone = participants.length === 1 && only?.name === booker.name && !only.sitsElsewhere;
  const names = participants.map(({ name, sitsElsewhere }) =>
    sitsElsewhere ? t('desk.sits-elsewhere', { name }) : name,
  );
  if (group)
    return (
      <p class="kern-body kern-body--small">
        {t('names.head-count', group)} {names.length > 0 && t('names.comes-along', { name: names.join(', ') })}
      </p>
    );
  return (
    <p class="kern-body kern-body--small">
      {isAlone
        ? t('desk.comes-alone')
        : `${t('desk.participants')}: ${names.length > 0 ? names.join(', ') : t('desk.nobody-named')}`}
    </p>
  );
}

/** Until when an offer stands or an approval is waited for, what was divided, and how often others went ahead. */
function QueueFacts({ entry, run }: { entry: QueueEntry; run: Run }) {
  const { t, language } = usePage();
  const { approval, offeredUntil, partOf, passes, status, lifted } = entry;
  const most = run.policy.order === 'fill' ? run.policy.maxPasses : undefined;
  const sentences = [
    offeredUntil && t('queue.desk-offered', { until: momentOf(offeredUntil, run.timeZone, language) }),
    approval?.until && t('approval.desk-until', { until: momentOf(approval.until, run.timeZone, language) }),
    partOf && t('queue.desk-part'),
    lifted?.priority !== undefined && t('rights.priority-has', { priority: lifted.priority, reason: lifted.reason }),
    status === 'waiting' && passes && most !== undefined && t('queue.desk-passed', { passes, most }),
  ].filter(Boolean);
  return sentences.length > 0 ? <p class="kern-body kern-body--small">{sentences.join(' ')}</p> : null;
}

/** The reason of the last decision, in plain words. */
function Why({ entry, places }: { entry: QueueEntry; places: PlacesOfRun }) {
  const { t } = usePage();
  const free = Math.max(0, places.capacity - places.held);
  const reason = entry.status === 'waiting' ? entry.reason : undefined;
  const text = reason
    ? t(`desk.why-${reason}`, { places: entry.places, free })
    : entry.status === 'confirmed'
      ? t(entry.states.some(({ status }) => status === 'waiting') ? 'desk.why-promoted' : 'desk.why-fits')
      : t(`desk.booking-${entry.status}`);
  return <p class={`kern-body kern-body--small bookings__why${reason ? ' bookings__why--waits' : ''}`}>{text}</p>;
}
