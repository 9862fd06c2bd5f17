import type { Provider } from '../../server/modules/people/index.ts';
import { Calendar } from '../calendar/calendar.tsx';
import type { CalendarView } from '../calendar/calendar.types.ts';
import { deskCalendar, subscriptionPaths } from '../calendar/paths.ts';
import { SelectField } from '../components/fields.tsx';
import { FormToken, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';

export type DeskCalendarView = {
  calendar: CalendarView;
  providers: readonly Provider[];
  filter: FormState;
  /** What dragging needs: the page's own small script, and the library it fetches when it is asked for. */
  files: { script: string; scripts: readonly string[]; styles: readonly string[] };
};

/** What is planned, and who is where. */
export function DeskCalendar({ calendar, providers, filter, files }: DeskCalendarView) {
  const { t } = usePage();
  const canDrag = calendar.view === 'month' || calendar.view === 'week';
  return (
    <DeskLayout title={t('calendar.title')} wide {...(canDrag && { script: files.script })}>
      <DeskTabs here="calendar" />
      {providers.length > 1 && calendar.view !== 'rooms' && (
        <form class="desk-filter" method="get" action={deskCalendar()} role="search" aria-label={t('desk.filter')}>
          <input type="hidden" name="view" value={calendar.view} />
          <input type="hidden" name="on" value={calendar.on} />
          <SelectField
            form={filter}
            name="provider"
            label={t('desk.provider')}
            options={providers.map(({ id, shortName }) => ({ value: id, label: shortName, language: 'de' }))}
            anyLabel={t('desk.all-providers')}
            optional="unsaid"
          />
          <SubmitButton label={t('desk.filter-show')} kind="secondary" />
        </form>
      )}
      {canDrag && <Dragging calendar={calendar} files={files} />}
      <Calendar {...calendar} />
      <p class="calendar-subscribe">
        <a class="kern-link kern-link--no-visited-state" href={subscriptionPaths.desk()}>
          {t('calendar.subscribe')}
        </a>
      </p>
    </DeskLayout>
  );
}

/** Shown by the script alone: without it there is nothing to drag. */
function Dragging({ calendar, files }: Pick<DeskCalendarView, 'calendar' | 'files'>) {
  const { t, language } = usePage();
  const { view, on, timeZone } = calendar;
  const { scripts, styles } = files;
  return (
    <div class="calendar-drag" data-calendar={JSON.stringify({ scripts, styles, view, on, language, timeZone })} hidden>
      <p class="kern-body muted">{t('calendar.drag')}</p>
      <button type="button" class="kern-btn kern-btn--secondary">
        <span class="kern-label">{t('calendar.start-dragging')}</span>
      </button>
      <form method="post" hidden>
        <FormToken />
        {['date', 'from', 'until', 'endsOn'].map((name) => (
          <input key={name} type="hidden" name={name} />
        ))}
      </form>
    </div>
  );
}
