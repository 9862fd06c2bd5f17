import type { DeliveryOutcome } from './transport.types.ts';

/** What is known of a failed attempt: nodemailer's code, the server's reply, and the SMTP command that was in flight. */
export type SmtpFailure = {
  code?: string;
  response?: string;
  responseCode?: number;
  command?: string;
  message: string;
};

type Rule = { kind: 'later' | 'never' | 'pause'; when: (failure: SmtpFailure) => boolean };

const SIGN_IN_REPLIES = [530, 534, 535, 538];
const SIGN_IN_CODES = ['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG'];
const CODES_OF_THE_MESSAGE = ['EENVELOPE', 'EMESSAGE', 'EFILEACCESS', 'EURLACCESS'];
const REPLIES_ABOUT_THE_MESSAGE = [552, 555];
const MAX_REASON_LENGTH = 300;

/**
 * The first rule that holds decides. A refusal that would meet every mail alike (sign-in, sender, greeting) pauses the
 * queue; one that concerns this mail or recipient ends it; 503 means a confused connection, not a refusal (RFC 5321 4.2.4).
 */
const RULES: readonly Rule[] = [
  { kind: 'later', when: ({ responseCode }) => isTemporary(responseCode) },
  { kind: 'pause', when: ({ responseCode = 0 }) => SIGN_IN_REPLIES.includes(responseCode) },
  { kind: 'pause', when: ({ code = '' }) => SIGN_IN_CODES.includes(code) },
  { kind: 'never', when: ({ responseCode }) => isRefusal(responseCode) && concernsThisMail(responseCode) },
  { kind: 'never', when: ({ responseCode, command }) => isRefusal(responseCode) && isAboutRecipientOrContent(command) },
  { kind: 'pause', when: ({ responseCode }) => isRefusal(responseCode) },
  { kind: 'never', when: ({ code = '', response }) => !response && CODES_OF_THE_MESSAGE.includes(code) },
];

/** What a failed attempt to send means for the mail; whatever is unknown may be tried again. */
export function outcomeOfFailure(failure: SmtpFailure): DeliveryOutcome {
  const kind = RULES.find((rule) => rule.when(failure))?.kind ?? 'later';
  return { kind, reason: reasonOf(failure) };
}

function isTemporary(reply: number | undefined): boolean {
  return reply !== undefined && ((reply >= 400 && reply < 500) || reply === 503);
}

function isRefusal(reply: number | undefined): reply is number {
  return reply !== undefined && reply >= 500 && reply < 600;
}

function concernsThisMail(reply: number): boolean {
  return REPLIES_ABOUT_THE_MESSAGE.includes(reply);
}

function isAboutRecipientOrContent(command = ''): boolean {
  return /^(RCPT|DATA|BDAT)/i.test(command);
}

/** Servers like to repeat the recipient in their reply; a reason goes to places where addresses must not. */
function reasonOf({ code, command, message }: SmtpFailure): string {
  const text = message.replace(/[\p{Cc}\s]+/gu, ' ').replace(/<?[^\s<>]+@[^\s<>]+>?/g, '(address)');
  return [text.trim().slice(0, MAX_REASON_LENGTH), [code, command].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' · ');
}
