import type { PersonSeated } from '../../server/modules/institutions/index.ts';
import { dayOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { InstitutionLayout, type InstitutionFrame } from './frame.tsx';
import { institutionPaths } from './paths.ts';
import { BookingBadge } from './workspace.tsx';

export type PeopleView = InstitutionFrame & { people: readonly PersonSeated[] };

/** Everybody an institution sends, each with their seminars. */
export function InstitutionPeople(view: PeopleView) {
  const { t } = usePage();
  const { people, institution } = view;
  return (
    <InstitutionLayout {...view} here="people">
      <div class="stack">
        <p class="kern-body">{t(people.length > 0 ? 'institutions.people-lead' : 'institutions.no-people')}</p>
        <ul class="teach-list">
          {people.map((person) => (
            <Person key={person.key} person={person} institutionId={institution.id} />
          ))}
        </ul>
      </div>
    </InstitutionLayout>
  );
}

function Person({ person, institutionId }: { person: PersonSeated; institutionId: string }) {
  const { language } = usePage();
  return (
    <li class="teach-list__session">
      <h2 class="kern-title">{person.name}</h2>
      <p class="kern-body muted">{person.email}</p>
      <ul class="demand-list">
        {person.bookings.map(({ booking, run, seminar }) => (
          <li key={booking.id}>
            <a class="kern-link" href={institutionPaths.booking(institutionId, booking.id)} lang={seminar.language}>
              {seminar.title}
            </a>
            <span class="muted">{dayOf(run.startsAt, run.timeZone, language)}</span>
            <BookingBadge status={booking.status} />
          </li>
        ))}
      </ul>
    </li>
  );
}
