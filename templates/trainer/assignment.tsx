import type { RequestToAnswer } from '../../server/modules/booking/index.ts';
import { Alert } from '../components/display.tsx';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { teaching } from './paths.ts';
import { RequestCard } from './request.tsx';
import { TaughtSessions, WhoPlans, type TaughtSessionsProps } from './taught-sessions.tsx';

export type AssignmentView = TaughtSessionsProps & { requests: readonly RequestToAnswer[] };

/** The page of a trainer's link to a run: whoever has no account finds everything here that the mails speak of. */
export function AssignmentPage(view: AssignmentView) {
  const { t, language } = usePage();
  const { details, sessions, requests } = view;
  const { seminar, run } = details;
  const foreign = seminar.language === language ? undefined : seminar.language;
  const teaches = sessions.length > 0 && run.status !== 'cancelled' && run.status !== 'postponed';
  return (
    <Layout title={seminar.title} titleLanguage={foreign} preline={t('teaching.your-assignment')}>
      {(requests.length > 0 || !teaches) && (
        <div class="stack">
          {requests.map((one) => (
            <RequestCard key={one.request.id} {...one} level={2} action={teaching(one.request.token)} />
          ))}
          {requests.length === 0 && <Over {...view} />}
        </div>
      )}
      {teaches ? <TaughtSessions {...view} /> : <WhoPlans {...view} />}
    </Layout>
  );
}

function Over({ details: { run } }: AssignmentView) {
  const { t } = usePage();
  const state = run.status === 'cancelled' || run.status === 'postponed' ? run.status : 'released';
  const reason = run.cancellation?.reason;
  return (
    <Alert tone="info" title={t(`teaching.assignment-${state}`)}>
      {reason && <p class="kern-body">{t('desk.cancelled-because', { reason })}</p>}
    </Alert>
  );
}
