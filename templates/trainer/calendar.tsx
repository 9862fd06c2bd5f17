import { Calendar } from '../calendar/calendar.tsx';
import type { CalendarView } from '../calendar/calendar.types.ts';
import { subscriptionPaths } from '../calendar/paths.ts';
import { SubscriptionRow, type Subscription } from '../calendar/subscription.tsx';
import { BackLink, Section } from '../components/display.tsx';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

export type TrainerCalendarView = { calendar: CalendarView; subscription: Subscription };

/** A trainer's own sessions by month, week or list, and their address for the calendar on the phone. */
export function TrainerCalendar({ calendar, subscription }: TrainerCalendarView) {
  const { t } = usePage();
  return (
    <Layout
      title={t('calendar.trainer-title')}
      above={<BackLink href={paths.trainer()} label={t('trainer.title')} />}
      wide
    >
      <Calendar {...calendar} />
      <Section id="subscription" title={t('calendar.subscribe-title')}>
        <p class="kern-body">{t('calendar.subscribe-lead')}</p>
        <ul class="subscriptions">
          <SubscriptionRow subscription={subscription} action={subscriptionPaths.trainer()} />
        </ul>
      </Section>
    </Layout>
  );
}
