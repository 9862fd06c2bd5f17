import type { MailFacts, MailKind } from './facts.ts';

/** One piece of a letter's body; HTML and plain text show the same pieces. */
export type LetterPart =
  | { kind: 'paragraph'; text: string }
  | { kind: 'facts'; rows: FactRow[] }
  | { kind: 'list'; title: string; items: ListItem[] }
  | { kind: 'code'; code: string };
export type FactRow = { label: string; value: string; url?: string };
export type ListItem = { text: string; more?: string; url?: string };

/** What a language's text says for one kind of mail. */
export type Draft = {
  subject: string;
  heading: string;
  parts: LetterPart[];
  button?: { label: string; url: string };
  afterButton?: string[];
  /** The sentence of the footer that says why this person gets this mail. */
  because: string;
};

/** What a language says around every mail. */
export type Frame = {
  greeting(name: string): string;
  closing: string;
  /** Who signs when no provider does. */
  network: string;
  questions(providerName: string, email: string): string;
  automatic: string;
};

/** A language: its frame, and one text for every kind of mail. */
export type MailTexts = { frame: Frame; drafts: { [Kind in MailKind]: (facts: MailFacts[Kind]) => Draft } };

/** A finished letter, ready for both renderings. */
export type Letter = Omit<Draft, 'because' | 'afterButton'> & {
  language: string;
  preview: string;
  greeting: string;
  afterButton: string[];
  closing: string;
  sender: string;
  footer: string[];
};

export function paragraph(text: string): LetterPart {
  return { kind: 'paragraph', text };
}

/** Paragraphs of those texts that are there. */
export function paragraphs(...texts: (string | false | undefined)[]): LetterPart[] {
  return said(...texts).map(paragraph);
}

export function said(...texts: (string | false | undefined)[]): string[] {
  return texts.filter((text) => typeof text === 'string' && text !== '').map(String);
}

export function facts(...rows: (FactRow | false | undefined)[]): LetterPart {
  return { kind: 'facts', rows: rows.filter((row) => row !== undefined && row !== false) };
}

/** A list with its title, or nothing when there is nothing to list. */
export function list(title: string, items: ListItem[]): LetterPart[] {
  return items.length > 0 ? [{ kind: 'list', title, items }] : [];
}

/** A title for a subject line: cut when it would hide what follows. */
export function brief(title: string): string {
  const characters = Array.from(title);
  return characters.length > 80 ? `${characters.slice(0, 79).join('').trimEnd()}…` : title;
}
