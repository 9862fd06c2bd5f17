import { inTransaction } from '../../platform/database.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { messagesById, noteAnswer, postOnce, type GivenAnswer } from '../mail/index.ts';

type Invited = Awaited<ReturnType<typeof messagesById>>[number];

/**
 * Takes what somebody's calendar answers to an invitation. It is noted, and changes nothing by itself: whoever booked is
 * asked by mail what a refusal is to mean, and another time that is proposed gets a polite answer, unless a program
 * proposed it. Taking the same twice asks once. Gives whether it answers an invitation that stands.
 */
export function takeCalendarAnswer(given: GivenAnswer, { isAutomatic }: { isAutomatic: boolean }): Promise<boolean> {
  return inTransaction(async () => {
    const noted = await noteAnswer(given);
    const [invited] = noted ? await messagesById([noted.messageId]) : [];
    if (!invited || !('bookingId' in invited.to) || 'approverId' in invited.to) return noted !== undefined;

    const { bookingId, participantId } = invited.to;
    const { runId } = invited.about;
    const facts = { participantId, answer: given.answer };
    recordEvent(systemActor, { type: 'calendar-answered', about: { ...(runId && { runId }), bookingId }, facts });
    if (given.answer === 'declined') await ask(invited, given, { bookingId });
    if (given.answer === 'countered' && !isAutomatic) await answer(invited, given, invited.to);
    return true;
  });
}

/** The question goes to whoever can cancel, or send somebody else: the person who booked. */
function ask({ to, about }: Invited, { uid, sequence }: GivenAnswer, booker: { bookingId: string }): Promise<void> {
  const key = `calendar-declined:${uid}:${sequence}`;
  const facts = 'participantId' in to ? { participantId: to.participantId } : {};
  return postOnce([{ key, kind: 'calendar-declined', to: booker, about, facts }]);
}

function answer({ about }: Invited, { uid, sequence }: GivenAnswer, to: Invited['to']): Promise<void> {
  return postOnce([{ key: `calendar-countered:${uid}:${sequence}`, kind: 'calendar-countered', to, about }]);
}
