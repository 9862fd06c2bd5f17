import { takeCalendarAnswer } from '../server/modules/booking/index.ts';
import { readReply } from '../server/modules/calendar/index.ts';
import { markReturned, messageReturnedTo, type IncomingMail } from '../server/modules/mail/index.ts';

/** What comes to the inbox at `address`: mails that came back, and answers of calendars; anything else is not for us. */
export function takeIncoming(address: string) {
  return async ({ to, failure, calendar, isAutomatic }: IncomingMail): Promise<boolean> => {
    const [returned] = to.flatMap((one) => messageReturnedTo(one, address) ?? []);
    if (returned) return failure !== undefined && markReturned(returned, failure.reason);

    const answer = calendar === undefined ? undefined : await readReply(calendar);
    return answer !== undefined && takeCalendarAnswer({ ...answer, to }, { isAutomatic });
  };
}
