import {
  filled,
  passages,
  placeholders,
  unknownPlaceholders,
  type Placeholder,
  type Wording,
} from '../../server/modules/wording/index.ts';
import type { MailFacts, MailKind, MailLanguage, MailSession } from './facts.ts';
import type { Draft } from './letter.ts';
import { previewFacts } from './preview-facts.ts';
import { clockSpan, sessionDate } from './times.ts';

/** Every kind of mail there is. */
export const mailKinds = Object.keys(previewFacts).filter(isMailKind);

export function isMailKind(kind: string): kind is MailKind {
  return Object.hasOwn(previewFacts, kind);
}

/** What a provider may say in words of its own: mails about one run, to those who take part, book or teach. */
export const wordableKinds = [
  'booking-confirmed',
  'waiting-list-joined',
  'promoted',
  'place-offered',
  'offer-reminder',
  'offer-lapsed',
  'booking-cancelled',
  'waiting-list-left',
  'invitation',
  'invitation-updated',
  'invitation-cancelled',
  'reminder',
  'follow-up',
  'session-moved',
  'session-added',
  'session-cancelled',
  'run-postponed',
  'run-rescheduled',
  'run-cancelled',
  'names-missing',
  'trainer-assigned',
] as const satisfies readonly MailKind[];

export function isWordable(kind: string): kind is (typeof wordableKinds)[number] {
  return wordableKinds.some((one) => one === kind);
}

/** What the texts of a kind of mail may name. */
export function placeholdersOf(kind: MailKind): Placeholder[] {
  const values = valuesIn(previewFacts[kind], 'de');
  return placeholders.filter((name) => values[name] !== undefined);
}

/** Names that a wording uses and the mail does not know, by passage. */
export function unknownIn(kind: MailKind, wording: Wording): { passage: keyof Wording; unknown: string[] }[] {
  const known = placeholdersOf(kind);
  return passages
    .map((passage) => ({ passage, unknown: unknownPlaceholders(wording[passage] ?? '', known) }))
    .filter(({ unknown }) => unknown.length > 0);
}

/** The draft in the words that were chosen: subject, first paragraph, and one more before it closes. All facts and links stay. */
export function worded(draft: Draft, wording: Wording, facts: MailFacts[MailKind], language: MailLanguage): Draft {
  const values = valuesIn(facts, language);
  const said = (text: string) => filled(text, values);
  const { subject, opening, closing } = wording;
  return {
    ...draft,
    ...(subject && { subject: said(subject) }),
    ...(opening && { parts: opened(draft.parts, paragraphsOf(said(opening))) }),
    ...(closing && { afterButton: [...(draft.afterButton ?? []), ...paragraphsOf(said(closing))] }),
  };
}

function opened(parts: Draft['parts'], texts: readonly string[]): Draft['parts'] {
  const first = parts.findIndex(({ kind }) => kind === 'paragraph');
  const rest = parts.filter((_part, index) => index !== first);
  return [...texts.map((text) => ({ kind: 'paragraph' as const, text })), ...rest];
}

function paragraphsOf(text: string): string[] {
  return text.split(/\r?\n\s*\r?\n/u).map((one) => one.replace(/\s*\r?\n\s*/gu, ' '));
}

function valuesIn(facts: MailFacts[MailKind], language: MailLanguage): Partial<Record<Placeholder, string>> {
  const session = firstSessionIn(facts);
  return {
    name: facts.recipientName,
    ...('seminarTitle' in facts && { seminar: facts.seminarTitle }),
    ...('providerName' in facts && facts.providerName && { provider: facts.providerName }),
    ...(session && {
      date: sessionDate(session, language),
      time: clockSpan(session, language),
      place: session.location,
    }),
  };
}

function firstSessionIn(facts: MailFacts[MailKind]): MailSession | undefined {
  if ('session' in facts) return facts.session;
  if ('sessions' in facts) return facts.sessions[0];
  return 'freed' in facts ? facts.freed[0] : undefined;
}
