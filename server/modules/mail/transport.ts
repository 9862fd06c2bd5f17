import { openDiskTransport } from './transport-disk.ts';
import { openSmtpTransport, type DkimKey } from './transport-smtp.ts';
import type { MailTransport } from './transport.types.ts';

/** `directory` takes the mails as files when there is no SMTP server. */
export type TransportConfig = { smtpUrl?: string; directory: string; dkim?: DkimKey };

/** Opens the way mails take: the SMTP server of `smtpUrl`, or a directory of .eml files. */
export function openTransport({ smtpUrl, directory, dkim }: TransportConfig): MailTransport {
  return smtpUrl ? openSmtpTransport(smtpUrl, { ...(dkim && { dkim }) }) : openDiskTransport(directory);
}
