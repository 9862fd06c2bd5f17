import type { Teaching } from '../../server/modules/booking/index.ts';
import { Badge, Facts, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { Plan } from '../components/plan.tsx';
import { dayOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { planForParticipants, publicPlan } from '../planned-sessions.ts';
import { taughtAbsence, taughtCalendar, taughtSession } from './paths.ts';

/** `home`: the link behind which all of it is; `now`: what has begun cannot be called off. */
export type TaughtSessionsProps = Teaching & { home: string; now: Date };

/** What somebody teaches in a run: when and where, who comes, the file for the calendar, and who plans it. */
export function TaughtSessions(props: TaughtSessionsProps) {
  const { details, sessions, home } = props;
  const { t, language } = usePage();
  const { run, seminar } = details;
  const foreign = seminar.language === language ? undefined : seminar.language;
  const shown = { ...details, sessions };
  const isOn = run.status === 'published';
  return (
    <>
      <Section id="plan" title={t('teaching.your-sessions')}>
        <Plan sessions={isOn ? planForParticipants(shown, t) : publicPlan(shown, t)} language={foreign} />
        {isOn && (
          <>
            <ul class="kern-list kern-list--bullet">
              {sessions.map((session) => (
                <Acts key={session.id} {...props} session={session} />
              ))}
            </ul>
            <div class="actions">
              <ButtonLink href={taughtCalendar(home)} label={t('teaching.calendar-file')} kind="secondary" />
            </div>
          </>
        )}
      </Section>
      <WhoPlans {...props} />
    </>
  );
}

type ActsProps = TaughtSessionsProps & { session: TaughtSessionsProps['sessions'][number] };

function Acts({ session, home, absentFrom, now }: ActsProps) {
  const { t, language } = usePage();
  const day = dayOf(session.startsAt, session.timeZone, language);
  return (
    <li>
      <p class="kern-body">
        <a class="kern-link kern-link--no-visited-state" href={taughtSession(home, session.id)}>
          {t('teaching.who-comes', { day })}
        </a>
      </p>
      {absentFrom.includes(session.id) ? (
        <Badge tone="warning" label={t('teaching.absence-known')} />
      ) : (
        session.startsAt > now && (
          <p class="kern-body">
            <a class="kern-link kern-link--no-visited-state" href={taughtAbsence(home, session.id)}>
              {t('teaching.absent-on', { day })}
            </a>
          </p>
        )
      )}
    </li>
  );
}

/** Whom to ask about the run: by name, under the address of the provider. */
export function WhoPlans({ details: { provider }, coordinators }: Pick<Teaching, 'details' | 'coordinators'>) {
  const { t } = usePage();
  return (
    <Section id="who-plans" title={t('teaching.who-plans')}>
      <Facts
        facts={[
          { term: t('desk.provider'), value: <span lang="de">{provider.name}</span> },
          coordinators.length > 0 && {
            term: t('teaching.coordinators', { count: coordinators.length }),
            value: coordinators.join(', '),
          },
          {
            term: t('teaching.write-to'),
            value: (
              <a class="kern-link kern-link--no-visited-state" href={`mailto:${provider.email}`}>
                {provider.email}
              </a>
            ),
          },
        ]}
      />
    </Section>
  );
}
