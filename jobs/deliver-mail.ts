import { now } from '../server/platform/clock.ts';
import { logger } from '../server/platform/logger.ts';
import {
  claimMessage,
  dueMessageIds,
  isStillOurs,
  markFailed,
  markNotSent,
  markPostponed,
  markSent,
  markTriedInVain,
  type ClaimedMessage,
  type DeliveryOutcome,
  type MailTransport,
} from '../server/modules/mail/index.ts';
import { composeMail, type Sender } from './compose-mail.ts';

export type { Sender } from './compose-mail.ts';

const together = 10;
const pageSize = 100;
const pauseMilliseconds = 60_000;

/** The two ways to send: one message by its id, and everything that is due. */
export function prepareDelivery(transport: MailTransport, sender: Sender, leaseSeconds?: number) {
  // After a refusal that no mail can get past (RFC 4954: 535), attempts would only burn: this process waits.
  let pausedUntil = 0;

  const deliverMail = async (id: string): Promise<void> => {
    if (now().getTime() < pausedUntil) return;
    const message = await claimMessage(id, leaseSeconds);
    if (!message) return;
    const outcome = await attempt(message, transport, sender);
    if (outcome?.kind === 'pause') pausedUntil = now().getTime() + pauseMilliseconds;
  };

  const sendDueMail = async (_data: unknown, signal?: AbortSignal): Promise<void> => {
    const goesOn = () => !signal?.aborted && now().getTime() >= pausedUntil;
    let ids = await dueMessageIds(pageSize);
    while (ids.length > 0 && goesOn()) {
      for (let start = 0; start < ids.length; start += together)
        await Promise.all(ids.slice(start, start + together).map(deliverMail));
      ids = ids.length < pageSize ? [] : await dueMessageIds(pageSize);
    }
  };
  return { deliverMail, sendDueMail };
}

async function attempt(
  message: ClaimedMessage,
  transport: MailTransport,
  sender: Sender,
): Promise<DeliveryOutcome | undefined> {
  try {
    const draft = await composeMail(message, sender);
    if (draft.kind === 'not-sent') await markNotSent(message, draft.state, draft.reason);
    else if (draft.kind === 'postponed') await markPostponed(message, draft.dueAt);
    else if (isStillOurs(message)) return await send(message, await transport.send(draft.mail));
  } catch (error) {
    // A mail that cannot be made must not stop the others, and must not be tried for ever.
    logger.error({ messageId: message.id, kind: message.kind, err: error }, 'A mail could not be made');
    await markTriedInVain(message, 'The mail could not be made; see the log.');
  }
  return undefined;
}

async function send(message: ClaimedMessage, outcome: DeliveryOutcome): Promise<DeliveryOutcome> {
  if (outcome.kind === 'accepted') await markSent(message);
  else if (outcome.kind === 'never') await markFailed(message, outcome.reason);
  else if (outcome.kind === 'later') await markTriedInVain(message, outcome.reason);
  else {
    logger.error({ reason: outcome.reason }, 'No mail can be sent until the settings are mended');
    await markPostponed(message, new Date(now().getTime() + pauseMilliseconds));
  }
  return outcome;
}
