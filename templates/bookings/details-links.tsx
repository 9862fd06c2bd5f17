import { mostSends, type Booking } from '../../server/modules/booking/index.ts';
import { Section } from '../components/display.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form, FormToken, SubmitButton } from '../components/form.tsx';
import { momentOf } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';

type Links = { booking: Booking; timeZone: string; form: FormState };
type Link = NonNullable<Booking['detailsLinks']>[number];

/** Asks for the addresses of people who then say themselves who they are, and shows to whom a link was sent. */
export function ByLink({ booking, timeZone, form }: Links) {
  const { t } = usePage();
  const links = booking.detailsLinks ?? [];
  const isRoom = booking.places - booking.participants.length > links.length;
  return (
    <Section title={t('names.by-link')} id="by-link">
      <p class="kern-body">{t('names.by-link-lead')}</p>
      {isRoom && (
        <Form action={paths.detailsLinks(booking.token)}>
          <TextArea
            form={form}
            name="emails"
            label={t('names.link-addresses')}
            hint={t('names.link-addresses-hint')}
            rows={3}
          />
          <div class="actions">
            <SubmitButton label={t('names.link-submit')} kind="secondary" />
          </div>
        </Form>
      )}
      {links.length > 0 && (
        <>
          <h3 class="kern-heading-small">{t('names.links-sent')}</h3>
          <ul class="people">
            {links.map((link) => (
              <SentLink key={link.id} booking={booking} link={link} timeZone={timeZone} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function SentLink({ booking, link, timeZone }: Omit<Links, 'form'> & { link: Link }) {
  const { t, language } = usePage();
  const { email, sentAt, sends } = link;
  return (
    <li>
      <span class="people__email">{t('names.link-sent', { email, when: momentOf(sentAt, timeZone, language) })}</span>
      {sends < mostSends && (
        <form method="post" action={paths.detailsLinkRepetition(booking.token, link.id)}>
          <FormToken />
          <button class="kern-btn kern-btn--tertiary" type="submit" aria-label={t('names.link-again-to', { email })}>
            <span class="kern-label">{t('names.link-again')}</span>
          </button>
        </form>
      )}
      <form method="post" action={paths.detailsLinkWithdrawal(booking.token, link.id)}>
        <FormToken />
        <button class="kern-btn kern-btn--tertiary" type="submit" aria-label={t('names.link-back-from', { email })}>
          <span class="kern-label">{t('names.link-back')}</span>
        </button>
      </form>
    </li>
  );
}
