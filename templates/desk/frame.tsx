import type { ComponentChildren } from 'preact';
import { deskCalendar } from '../calendar/paths.ts';
import { Alert, BackLink, Badge } from '../components/display.tsx';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import type { Run } from '../../server/modules/scheduling/index.ts';
import { decisionPaths } from '../decisions/paths.ts';
import { venuePaths } from '../venues/paths.ts';
import { deskPaths, type Notice } from './paths.ts';
import { demandPaths } from '../demand/paths.ts';
import { institutionPaths } from '../institutions/paths.ts';
import { planningPaths } from './planning-paths.ts';

type DeskLayoutProps = {
  title: string;
  titleLanguage?: string;
  preline?: ComponentChildren;
  notice?: Notice | undefined;
  noticeValues?: Record<string, number>;
  hasErrors?: boolean;
  wide?: boolean;
  back?: { href: string; label: string };
  script?: string;
  children: ComponentChildren;
};

/** A page of the desk: the way back, what has just been done, and the page itself. */
export function DeskLayout({ back, notice, noticeValues, children, ...rest }: DeskLayoutProps) {
  const { t } = usePage();
  return (
    <Layout {...rest} above={back && <BackLink {...back} />}>
      {notice && (
        <div class="desk-notice">
          <Alert tone="success" title={t(`desk.notice-${notice}`, noticeValues)} role="status" />
        </div>
      )}
      {children}
    </Layout>
  );
}

/** The two rooms of the desk. */
export function DeskTabs({
  here,
}: {
  here:
    | 'runs'
    | 'calendar'
    | 'decisions'
    | 'seminars'
    | 'rooms'
    | 'trainers'
    | 'mail'
    | 'holidays'
    | 'demand'
    | 'institutions';
}) {
  const { t } = usePage();
  const tabs = [
    ['runs', deskPaths.overview()],
    ['decisions', decisionPaths.decisions()],
    ['calendar', deskCalendar()],
    ['seminars', deskPaths.seminars()],
    ['rooms', venuePaths.venues()],
    ['trainers', deskPaths.trainers()],
    ['mail', deskPaths.mail()],
    ['demand', demandPaths.desk()],
    ['institutions', institutionPaths.desk()],
    ['holidays', planningPaths.holidays()],
  ] as const;
  return (
    <nav class="desk-tabs" aria-label={t('desk.tabs')}>
      <ul>
        {tabs.map(([tab, href]) => (
          <li key={tab}>
            <a href={href} aria-current={tab === here ? 'page' : undefined}>
              {t(`desk.tab-${tab}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const tones = {
  draft: 'warning',
  published: 'success',
  cancelled: 'danger',
  postponed: 'warning',
  completed: 'info',
} as const;

export function StatusBadge({ run }: { run: Run }) {
  const { t } = usePage();
  return <Badge tone={tones[run.status]} label={t(`desk.status-${run.status}`)} />;
}
