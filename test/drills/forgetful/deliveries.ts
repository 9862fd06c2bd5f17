import { claimMessage as claim, markSent } from '../../../server/modules/mail/deliveries.ts';

export * from '../../../server/modules/mail/deliveries.ts';

/** Sends at most once, at the price that Mosaik must not pay: a mail whose sender dies is lost. */
export async function claimMessage(id: string): ReturnType<typeof claim> {
  const message = await claim(id);
  if (message) await markSent(message);
  return message;
}
