import { messagesAbout } from '../../server/modules/mail/index.ts';
import { AppError } from '../../server/platform/errors.ts';

/** The kinds of the messages about a booking that are not withdrawn, sorted. */
export async function kindsOfMessages(bookingId: string): Promise<string[]> {
  const messages = await messagesAbout(bookingId);
  return messages
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ kind }) => kind)
    .toSorted();
}

/** The code of the refusal that `asked` ends with. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  throw new Error('It was not refused.');
}
