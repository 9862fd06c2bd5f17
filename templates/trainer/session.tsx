import type { SessionWithParticipants } from '../../server/modules/booking/index.ts';
import { isOnline } from '../../server/modules/scheduling/index.ts';
import { Alert, BackLink, Facts, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import { AccessNeeds } from '../venues/access-needs.tsx';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';

/** `absence`: where to say that one cannot come. */
export type TrainerSessionView = SessionWithParticipants & { back: string; absence?: string };

/** One session on a trainer's phone: when, where, and who sits there. */
export function TrainerSession({
  session,
  run,
  seminar,
  provider,
  number,
  of,
  participants,
  unnamed,
  groups,
  needs,
  back,
  absence,
  isAbsent,
}: TrainerSessionView) {
  const { t, language } = usePage();
  const heads = groups.reduce((sum, group) => sum + group.heads, 0);
  const module = seminar.modules.find(({ id }) => id === session.moduleId);
  return (
    <Layout
      title={seminar.title}
      titleLanguage={seminar.language}
      preline={dayOf(session.startsAt, session.timeZone, language)}
      above={<BackLink href={back} label={t('trainer.title')} />}
    >
      <div class="stack">
        {run.status === 'cancelled' && (
          <Alert tone="danger" title={t('trainer.cancelled')}>
            <p class="kern-body">{t('desk.cancelled-because', { reason: run.cancellation?.reason ?? '' })}</p>
          </Alert>
        )}
        {isAbsent && (
          <Alert tone="warning" title={t('teaching.absence-told')} role="status">
            <p class="kern-body">{t('teaching.absence-told-follows')}</p>
          </Alert>
        )}
        <p class="teach-time">{timeSpan(session, language)}</p>
        <Facts
          facts={[
            { term: t('trainer.where'), value: <Room location={session.location} /> },
            module && { term: t('desk.module'), value: <span lang={seminar.language}>{module.title}</span> },
            of > 1 && { term: t('trainer.session'), value: t('trainer.number-of', { number, of }) },
            { term: t('desk.provider'), value: <span lang="de">{provider.name}</span> },
          ]}
        />
      </div>
      <Section
        id="participants"
        title={t('trainer.participants-count', { count: participants.length + unnamed + heads })}
      >
        {participants.length > 0 && (
          <ol class="participants">
            {participants.map((name, index) => (
              <li key={index}>{name}</li>
            ))}
          </ol>
        )}
        {groups.length > 0 && (
          <ul class="participants">
            {groups.map((group, index) => (
              <li key={index}>{t('names.head-count', group)}</li>
            ))}
          </ul>
        )}
        {unnamed > 0 && <p class="kern-body">{t('trainer.unnamed', { count: unnamed })}</p>}
      </Section>
      {needs.length > 0 && <AccessNeeds needs={needs} />}
      {absence && !isAbsent && run.status === 'published' && (
        <p class="section">
          <ButtonLink href={absence} label={t('teaching.absent')} kind="secondary" />
        </p>
      )}
    </Layout>
  );
}

function Room({ location }: { location: string }) {
  const { t } = usePage();
  if (!isOnline(location)) return <>{location}</>;
  return (
    <a class="kern-btn kern-btn--primary" href={location} rel="noreferrer">
      <span class="kern-label">{t('trainer.open-room')}</span>
    </a>
  );
}
