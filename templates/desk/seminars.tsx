import type { Seminar } from '../../server/modules/catalogue/index.ts';
import type { Provider } from '../../server/modules/people/index.ts';
import { ButtonLink } from '../components/form.tsx';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';
import { deskPaths, type Notice } from './paths.ts';
import { reminderPaths } from './reminder-paths.ts';

export type SeminarsView = {
  seminars: readonly (Seminar & { provider: Provider | undefined; upcoming: number })[];
  notice: Notice | undefined;
};

/** The seminars one plans for, with the way to change them and to plan their next run. */
export function DeskSeminars({ seminars, notice }: SeminarsView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('desk.seminars-title')} notice={notice} wide>
      <DeskTabs here="seminars" />
      <div class="desk-bar">
        <ButtonLink href={deskPaths.newSeminar()} label={t('desk.create-seminar')} />
      </div>
      {seminars.length === 0 && <p class="kern-body">{t('desk.no-seminars')}</p>}
      <ul class="seminar-list">
        {seminars.map((seminar) => (
          <SeminarRow key={seminar.id} seminar={seminar} />
        ))}
      </ul>
    </DeskLayout>
  );
}

function SeminarRow({ seminar }: { seminar: SeminarsView['seminars'][number] }) {
  const { t } = usePage();
  const { id, title, language, kind, provider, upcoming, modules } = seminar;
  return (
    <li class="seminar-list__item">
      <div>
        <h2 class="kern-title" lang={language}>
          {title}
        </h2>
        <p class="kern-body kern-body--small muted">
          {t(`public.kind-${kind}`)}
          {' · '}
          <span lang="de">{provider?.shortName}</span>
          {modules.length > 0 && ` · ${t('desk.modules-count', { count: modules.length })}`}
          {' · '}
          {t('desk.upcoming-count', { count: upcoming })}
        </p>
      </div>
      <div class="actions">
        <a class="kern-link kern-link--no-visited-state" href={deskPaths.seminar(id)}>
          {t('desk.change')}
          <span class="kern-sr-only"> {title}</span>
        </a>
        <a class="kern-link kern-link--no-visited-state" href={reminderPaths.ofSeminar(id)}>
          {t('reminders.title')}
          <span class="kern-sr-only"> {title}</span>
        </a>
        <a class="kern-link kern-link--no-visited-state" href={deskPaths.newRun(id)}>
          {t('desk.plan-run')}
          <span class="kern-sr-only"> {title}</span>
        </a>
      </div>
    </li>
  );
}
