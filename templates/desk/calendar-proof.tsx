import type { CalendarProof, ProvenEntry } from '../../server/modules/booking/index.ts';
import { Badge } from '../components/display.tsx';
import { Form, SubmitButton } from '../components/form.tsx';
import { dayOf, momentOf, timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import { deskPaths } from './paths.ts';

const tones = { right: 'success', 'on-its-way': 'info', 'not-delivered': 'danger', behind: 'warning' } as const;

/** What one person's calendar was told of each session, and whether it is right; with a button that says it once more. */
export function Calendar({ bookingId, proof }: { bookingId: string; proof: CalendarProof }) {
  const { t } = usePage();
  const { participant, entries, mayBeSentAgain } = proof;
  if (entries.length === 0) return null;
  const heading = `calendar-${participant.id}`;
  return (
    <section class="calendar-proof" aria-labelledby={heading}>
      <div class="calendar-proof__head">
        <div>
          <h3 class="kern-heading-small" id={heading}>
            {participant.name}
          </h3>
          <p class="kern-body kern-body--small muted">{participant.email}</p>
        </div>
        {mayBeSentAgain && (
          <Form action={deskPaths.calendarAgain(bookingId, participant.id)} label={participant.name}>
            <SubmitButton label={t('desk-mail.calendar-again')} kind="secondary" />
          </Form>
        )}
      </div>
      <ul class="calendar-proof__entries">
        {entries.map((entry) => (
          <Entry key={entry.session.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry: { session, ought, last, answer, state, isOver } }: { entry: ProvenEntry }) {
  const { t, language } = usePage();
  const at = last && momentOf(last.at, session.timeZone, language);
  return (
    <li class="calendar-proof__entry">
      <div>
        <p class="kern-body">
          {dayOf(session.startsAt, session.timeZone, language)}, {timeSpan(session, language)}
        </p>
        <p class="kern-body kern-body--small muted">{session.location}</p>
      </div>
      <p class="kern-body kern-body--small">
        {last
          ? t(`desk-mail.told-${last.method}`, { at: at ?? '', sequence: last.sequence })
          : t('desk-mail.told-nothing')}
        {answer && ` ${t(`desk-mail.answered-${answer}`)}`}
        {isOver && ` ${t('desk-mail.session-over')}`}
      </p>
      <p>
        <Badge
          tone={tones[state]}
          label={t(state === 'right' ? `desk-mail.proof-${ought}` : `desk-mail.proof-${state}`)}
        />
      </p>
    </li>
  );
}
