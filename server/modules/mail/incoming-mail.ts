import type { Attachment, ParsedMail } from 'mailparser';
import { failureIn, type ReportedFailure } from './delivery-report.rules.ts';
import { tagOf } from './mail-tags.ts';

/** A mail that came to an address of ours. Whom it says it is from is never read: anybody can write that. */
export type IncomingMail = {
  /** The tagged addresses it came to. */
  to: string[];
  /** The iCalendar object in it. */
  calendar?: string;
  /** What its server says of a mail that it could not deliver (RFC 3464). */
  failure?: ReportedFailure;
  /** Written by a program (RFC 3834): it gets no answer. */
  isAutomatic: boolean;
};

/** The headers that say where a mail came to, also where the letter itself names somebody else. */
export const addressHeaders = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'] as const;

// Longer ones come from nobody we write to; looking for addresses takes the square of a line's length.
const longestHead = 64_000;
const longestLine = 2_000;
const address = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+/g;

/** The tagged addresses in the head of a mail, as text. */
export function taggedIn(head: string, inbox: string): string[] {
  const unfolded = head.slice(0, longestHead).replace(/\r?\n[ \t]+/g, ' ');
  const lines = unfolded.split(/\r?\n/).filter((line) => isAddressHeader(line));
  const found = lines
    .flatMap((line) => line.slice(0, longestLine).match(address) ?? [])
    .map((one) => one.toLowerCase());
  return [...new Set(found)].filter((one) => tagOf(one, inbox) !== undefined);
}

/** Reads a mail that may be broken, hostile or cut off. */
export async function readIncomingMail(source: Buffer, inbox: string): Promise<IncomingMail> {
  // Heavy, and needed when something comes in: not at each start.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(source, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
  });
  const calendar = contentOf(mail, ({ contentType }) => /^(text\/calendar|application\/ics)$/i.test(contentType));
  const report = contentOf(mail, ({ contentType }) => /^message\/delivery-status$/i.test(contentType));
  const failure = report && failureIn(report);
  return {
    to: taggedIn(headOf(source), inbox),
    ...(calendar && { calendar }),
    ...(failure && { failure }),
    isAutomatic: isAutomatic(mail),
  };
}

function headOf(source: Buffer): string {
  const text = source.toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  return end < 0 ? text : text.slice(0, end);
}

function isAddressHeader(line: string): boolean {
  const name = line.slice(0, line.indexOf(':')).trim().toLowerCase();
  return addressHeaders.some((header) => header === name);
}

function contentOf({ attachments }: ParsedMail, wanted: (part: Attachment) => boolean): string | undefined {
  const part = attachments.find(wanted);
  return part && part.content.toString('utf8');
}

function isAutomatic({ headers }: ParsedMail): boolean {
  const said = (name: string) => {
    const value = headers.get(name);
    return typeof value === 'string' ? value.trim().toLowerCase() : value === undefined ? '' : 'other';
  };
  const auto = said('auto-submitted');
  return (
    (auto !== '' && auto !== 'no') ||
    /^(bulk|junk|list|auto_reply)$/.test(said('precedence')) ||
    said('list-id') !== '' ||
    said('x-autoreply') !== ''
  );
}
