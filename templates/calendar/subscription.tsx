import { Form, SubmitButton } from '../components/form.tsx';
import { usePage } from '../page.ts';

/** A calendar to subscribe to. `address`: whole, once it was made. */
export type Subscription = {
  kind: 'provider' | 'room' | 'trainer';
  id: string;
  name: string;
  under?: string;
  address?: string;
};

/** One calendar's address with what to do with it, or the button that makes one. */
export function SubscriptionRow({ subscription, action }: { subscription: Subscription; action: string }) {
  const { t } = usePage();
  const { kind, id, name, under, address } = subscription;
  const field = `address-${kind}-${id}`;
  return (
    <li class="subscription">
      <p class="subscription__name">
        <span lang="de">{name}</span>
        {under && <span class="calendar-row__under">{under}</span>}
      </p>
      {address !== undefined && (
        <div class="kern-form-input">
          <label class="kern-label" for={field}>
            {t('calendar.address')}
            <span class="kern-sr-only"> {name}</span>
          </label>
          <input id={field} class="kern-form-input__input" type="url" readonly value={address} />
        </div>
      )}
      <Form action={action} label={name}>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="id" value={id} />
        <SubmitButton
          label={t(address === undefined ? 'calendar.make-address' : 'calendar.renew-address')}
          kind={address === undefined ? 'secondary' : 'tertiary'}
          name="wish"
          value={address === undefined ? 'open' : 'renew'}
        />
      </Form>
    </li>
  );
}
