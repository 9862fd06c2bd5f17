import type { Provider } from '../../server/modules/people/index.ts';
import { Calendar, type CalendarView } from '../calendar/calendar.tsx';
import { deskCalendar } from '../calendar/paths.ts';
import { SelectField } from '../components/fields.tsx';
import { SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { DeskLayout, DeskTabs } from './frame.tsx';

export type DeskCalendarView = { calendar: CalendarView; providers: readonly Provider[]; filter: FormState };

/** What is planned, and who is where. */
export function DeskCalendar({ calendar, providers, filter }: DeskCalendarView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('calendar.title')} wide>
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
      <Calendar {...calendar} />
    </DeskLayout>
  );
}
