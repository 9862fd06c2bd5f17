import { bookingToTell, detailsAsked } from '../../server/modules/booking/index.ts';
import { noLongerTrue, type Held, type MailContent, type Sender } from './mail-draft.ts';
import { seminarFacts, sessionsToTell } from './seminar-facts.ts';

/** To whom the booker has given a place without a name: the link by which they say who they are. */
export async function toInvited(bookingId: string, linkId: string, sender: Sender): Promise<MailContent | Held> {
  const { booking } = (await bookingToTell(bookingId)) ?? {};
  const link = booking?.detailsLinks?.find(({ id }) => id === linkId);
  if (!booking || !link) return noLongerTrue('The place of this link is no longer to be filled.');
  const { state, until, details } = await detailsAsked(link.token);
  if (state !== 'open') return noLongerTrue('The link opens nothing any more.');
  const facts = {
    ...seminarFacts(details, ''),
    sessions: sessionsToTell(details),
    bookerName: booking.booker.name,
    ...(booking.institution && { institution: booking.institution }),
    waits: booking.status !== 'confirmed',
    again: link.sends > 1,
    // The last minute says it better than the first of the next day.
    until: new Date(until.getTime() - 60_000),
    link: `${sender.baseUrl}/details/${link.token}`,
  };
  const to = { name: '', email: link.email };
  return { kind: 'details-asked', facts, to, language: booking.booker.language };
}
