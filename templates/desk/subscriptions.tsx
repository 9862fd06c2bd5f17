import { deskCalendar, subscriptionPaths } from '../calendar/paths.ts';
import { SubscriptionRow, type Subscription } from '../calendar/subscription.tsx';
import { Section } from '../components/display.tsx';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';

export type SubscriptionsView = { subscriptions: readonly Subscription[] };

const kinds = ['provider', 'room', 'trainer'] as const;

/** The calendars a coordinator may subscribe to: of providers, rooms and trainers. */
export function Subscriptions({ subscriptions }: SubscriptionsView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('calendar.subscribe-title')} back={{ href: deskCalendar(), label: t('calendar.title') }} wide>
      <p class="kern-body lead">{t('calendar.subscribe-lead')}</p>
      {kinds.map((kind) => {
        const own = subscriptions.filter((one) => one.kind === kind);
        return (
          own.length > 0 && (
            <Section key={kind} id={`of-${kind}`} title={t(`calendar.subscribe-${kind}`)}>
              <ul class="subscriptions">
                {own.map((subscription) => (
                  <SubscriptionRow
                    key={subscription.id}
                    subscription={subscription}
                    action={subscriptionPaths.desk()}
                  />
                ))}
              </ul>
            </Section>
          )
        );
      })}
    </DeskLayout>
  );
}
