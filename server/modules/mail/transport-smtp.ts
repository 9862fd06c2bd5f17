import { createTransport, type SendMailOptions } from 'nodemailer';
import { parseAddress } from './address.ts';
import { messageOptions } from './mime.ts';
import { outcomeOfFailure, type SmtpFailure } from './smtp-outcome.rules.ts';
import type { DeliveryOutcome, MailTransport, OutgoingMail } from './transport.types.ts';

/** How long one attempt may take, in milliseconds. `attempt` bounds servers that trickle and so never seem idle. */
export type SmtpPatience = { connect: number; greeting: number; silence: number; attempt: number };

const PATIENCE: SmtpPatience = { connect: 5_000, greeting: 5_000, silence: 20_000, attempt: 25_000 };

/** What mails are signed with, so that other servers know they are ours (RFC 6376). */
export type DkimKey = { domain: string; selector: string; key: string };
type SmtpSettings = { patience?: SmtpPatience; dkim?: DkimKey };

/** Sends through an SMTP server, over up to five connections that are kept open. */
export function openSmtpTransport(smtpUrl: string, { patience = PATIENCE, dkim }: SmtpSettings = {}): MailTransport {
  const transporter = createTransport({ ...poolOptions(smtpUrl, patience), ...(dkim && signing(dkim)) });
  const underWay = new Set<Promise<DeliveryOutcome>>();

  return {
    async send(mail) {
      const attempt = deliver((options) => transporter.sendMail(options), mail, patience.attempt);
      underWay.add(attempt);
      return attempt.finally(() => underWay.delete(attempt));
    },
    async close() {
      await Promise.allSettled(underWay);
      transporter.close();
    },
  };
}

function signing({ domain, selector, key }: DkimKey) {
  return { dkim: { domainName: domain, keySelector: selector, privateKey: key } };
}

/** No requeueing: the pool would send a mail again whose acceptance got lost, without our row knowing. */
function poolOptions(url: string, { connect, greeting, silence }: SmtpPatience) {
  return {
    url,
    pool: true as const,
    maxConnections: 5,
    maxMessages: 1_000,
    maxRequeues: 0,
    idleTimeout: 30_000,
    connectionTimeout: connect,
    dnsTimeout: connect,
    greetingTimeout: greeting,
    socketTimeout: silence,
  };
}

async function deliver(
  sendMail: (options: SendMailOptions) => Promise<unknown>,
  mail: OutgoingMail,
  patience: number,
): Promise<DeliveryOutcome> {
  if (!parseAddress(mail.to.email).ok) return { kind: 'never', reason: 'The recipient has no usable address.' };
  try {
    await sendMail({ ...messageOptions(mail), signal: AbortSignal.timeout(patience) });
    return { kind: 'accepted' };
  } catch (error) {
    return outcomeOfFailure(failureIn(error));
  }
}

function failureIn(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    message: error.message,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('response' in error && typeof error.response === 'string' && { response: error.response }),
    ...('responseCode' in error && typeof error.responseCode === 'number' && { responseCode: error.responseCode }),
    ...('command' in error && typeof error.command === 'string' && { command: error.command }),
  };
}
