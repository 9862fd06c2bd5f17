import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bareMessageId, composeMessage } from './mime.ts';
import type { DeliveryOutcome, MailTransport, OutgoingMail } from './transport.types.ts';

/** Writes each mail as one .eml file, for installations without an SMTP server. A repeat replaces its file. */
export function openDiskTransport(directory: string): MailTransport {
  return {
    send: async (mail) => {
      try {
        return await writeMail(directory, mail);
      } catch (error) {
        return { kind: 'later', reason: `The mail could not be written: ${codeOf(error)}.` };
      }
    },
    close: async () => {},
  };
}

/** Written beside and renamed, so that a reader never meets half a mail; the file's date is the mail's, for the list's order. */
async function writeMail(directory: string, mail: OutgoingMail): Promise<DeliveryOutcome> {
  await mkdir(directory, { recursive: true });
  const draft = join(directory, `.${randomUUID()}.tmp`);
  await writeFile(draft, await composeMessage(mail), { mode: 0o600, flush: true });
  await utimes(draft, mail.date, mail.date);
  await rename(draft, join(directory, fileNameOf(mail.messageId)));
  return { kind: 'accepted' };
}

/** The hash keeps two ids apart that become the same safe text. */
function fileNameOf(messageId: string): string {
  const id = bareMessageId(messageId);
  const readable = id.replace(/[^A-Za-z0-9-]+/g, '_').slice(0, 80);
  return `${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}.eml`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
