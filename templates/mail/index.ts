import type { MailFacts, MailKind, MailLanguage } from './facts.ts';
import type { Draft, Frame, Letter, MailTexts } from './letter.ts';
import type { Wording } from '../../server/modules/wording/index.ts';
import { worded } from './wording.ts';
import { oneLine, plainDraft } from './plain.ts';
import { letterHtml } from './render-html.ts';
import { letterText } from './render-text.ts';
import { de } from './texts/de/index.ts';
import { en } from './texts/en/index.ts';

export type { MailFacts, MailKind, MailLanguage, MailSession } from './facts.ts';
export { previewFacts } from './preview-facts.ts';
export { exampleFacts } from './example.ts';
export { isMailKind, isWordable, mailKinds, placeholdersOf, unknownIn, wordableKinds } from './wording.ts';

export type RenderedMail = { subject: string; html: string; text: string };

const TEXTS: Record<MailLanguage, MailTexts> = { de, en };

/** One mail as a function of its facts, in words of the provider's own where it has any. The text part says everything that the HTML says. */
export function renderMail<Kind extends MailKind>(
  kind: Kind,
  language: MailLanguage,
  facts: MailFacts[Kind],
  wording: Wording = {},
): RenderedMail {
  const { drafts, frame } = TEXTS[language];
  const draft = worded(drafts[kind](facts), wording, facts, language);
  const letter = letterOf(plainDraft(draft), frame, facts, language);
  return { subject: letter.subject, html: letterHtml(letter), text: letterText(letter) };
}

function letterOf(draft: Draft, frame: Frame, facts: MailFacts[MailKind], language: MailLanguage): Letter {
  const provider = 'providerName' in facts && facts.providerName ? oneLine(facts.providerName) : undefined;
  const email = 'providerEmail' in facts && facts.providerEmail ? oneLine(facts.providerEmail) : undefined;
  const { because, afterButton = [], ...content } = draft;
  return {
    ...content,
    language,
    preview: previewOf(draft),
    greeting: frame.greeting(oneLine(facts.recipientName)),
    afterButton,
    closing: frame.closing,
    sender: provider ?? frame.network,
    footer: [because, ...(provider && email ? [frame.questions(provider, email)] : []), frame.automatic],
  };
}

/** What a mailbox shows beside the subject: the first sentence. */
function previewOf({ parts, heading }: Draft): string {
  const first = parts.find((part) => part.kind === 'paragraph');
  return first?.text ?? heading;
}
