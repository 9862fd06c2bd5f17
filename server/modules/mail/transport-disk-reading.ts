import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressObject, Attachment, ParsedMail } from 'mailparser';

export type DiskMailSummary = { name: string; date: Date; to: string; subject: string };

/** A mail on disk, parsed for reading. `html` is what was sent and belongs into a sandbox when shown. */
export type DiskMail = DiskMailSummary & {
  from: string;
  messageId: string;
  text: string;
  html: string;
  calendars: { filename: string; contentType: string; content: string }[];
};

const FILE_NAME = /^[A-Za-z0-9_-]+\.eml$/;
const HEAD_BYTES = 16 * 1024;

/** The newest mails on disk, newest first, with only their headers read. */
export async function listDiskMails(directory: string, limit = 100): Promise<DiskMailSummary[]> {
  const files = await Promise.all((await namesIn(directory)).map((name) => datedFile(directory, name)));
  const newest = files
    .filter((file) => file !== undefined)
    .toSorted((one, other) => other.date.getTime() - one.date.getTime() || one.name.localeCompare(other.name))
    .slice(0, limit);
  return Promise.all(newest.map((file) => summaryOf(directory, file)));
}

/** One mail by the name that the list gave; nothing for a name that is no mail's here. */
export async function readDiskMail(directory: string, name: string): Promise<DiskMail | undefined> {
  if (!FILE_NAME.test(name)) return undefined;
  const source = await readFile(join(directory, name)).catch(undefinedWhenMissing);
  if (!source) return undefined;

  const { simpleParser } = await parser();
  const mail = await simpleParser(source, { skipTextToHtml: true, skipImageLinks: true });
  return {
    name,
    date: mail.date ?? new Date(0),
    from: addressText(mail.from),
    to: addressText(mail.to),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    calendars: calendarsIn(mail),
  };
}

// Heavy, and used where nothing goes out by SMTP: loaded when somebody looks, not at each start.
function parser() {
  return import('mailparser');
}

async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(undefinedWhenMissing);
  return (names ?? []).filter((name) => FILE_NAME.test(name));
}

async function datedFile(directory: string, name: string): Promise<{ name: string; date: Date } | undefined> {
  const found = await stat(join(directory, name)).catch(undefinedWhenMissing);
  return found && { name, date: found.mtime };
}

async function summaryOf(directory: string, { name, date }: { name: string; date: Date }): Promise<DiskMailSummary> {
  const { simpleParser } = await parser();
  const { subject, to } = await simpleParser(await headOf(join(directory, name)));
  return { name, date, to: addressText(to), subject: subject ?? '' };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const end = buffer.indexOf('\r\n\r\n');
    return buffer.subarray(0, end < 0 ? bytesRead : end + 4);
  } finally {
    await file.close();
  }
}

function calendarsIn({ attachments }: ParsedMail): DiskMail['calendars'] {
  return attachments.filter(isCalendarFile).map(({ filename = '', contentType, content }) => ({
    filename,
    contentType,
    content: content.toString('utf8'),
  }));
}

/** An invitation stands twice in its mail; the one with a file name is the attachment. */
function isCalendarFile({ contentType, filename }: Attachment): boolean {
  return Boolean(filename) && /^(text\/calendar|application\/ics)$/.test(contentType);
}

function addressText(addresses: AddressObject | AddressObject[] | undefined): string {
  return [addresses ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
