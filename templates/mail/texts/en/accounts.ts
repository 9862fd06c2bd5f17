import type { MailFacts } from '../../facts.ts';
import { paragraph, paragraphs, said, type Draft } from '../../letter.ts';

export function signInCode(mail: MailFacts['sign-in-code']): Draft {
  return {
    subject: 'Your sign-in code for Mosaik',
    heading: 'Your sign-in code',
    parts: [
      paragraph('Enter this code on the sign-in page:'),
      { kind: 'code', code: mail.code },
      paragraph(`The code is valid for ${mail.minutesValid} minutes and only once.`),
    ],
    button: { label: 'Go to the sign-in page', url: mail.link },
    afterButton: [
      'Do not give the code to anybody. We never ask you for it.',
      'You did not want to sign in? Then you need not do anything.',
    ],
    because: 'You are getting this email because somebody asked for a sign-in code with your address.',
  };
}

export function personInvited(mail: MailFacts['person-invited']): Draft {
  const who = mail.invitedBy ? `${mail.invitedBy} has invited you.` : 'You are invited.';
  const name = mail.institutionName ?? mail.providerName;
  const whom = mail.providerName ? `for ${mail.providerName}` : 'for the whole network';
  const what = {
    trainer: 'see your sessions, where they are and who takes part',
    provider: `plan seminars ${whom}, see bookings and keep waiting lists`,
    network: `plan seminars ${whom}, see bookings and keep waiting lists`,
    institution: `see the bookings of your institution ${mail.institutionName ?? ''}: people, deadlines and confirmations in one place`,
  }[mail.access];
  return {
    subject: `Your access to Mosaik${name ? `: ${name}` : ''}`,
    heading: 'Your access to Mosaik',
    parts: paragraphs(
      `${who} With Mosaik you can ${what}.`,
      'You do not need a password. Each time you sign in, we send a code to this address.',
    ),
    button: { label: 'Sign in', url: mail.link },
    afterButton: said(
      mail.hoursValid !== undefined && `The link is valid for ${mail.hoursValid} hours. Please do not pass it on.`,
      'You did not expect this invitation? Then you need not do anything.',
    ),
    because: 'You are getting this email because somebody set up access for your address.',
  };
}
