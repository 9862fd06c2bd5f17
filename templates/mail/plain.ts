import type { Draft, FactRow, LetterPart, ListItem } from './letter.ts';

/** Text from people on one line: control characters and line breaks become spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** A draft whose texts are all on one line, and whose links all lead to the web; other links are left out. */
export function plainDraft(draft: Draft): Draft {
  const { button, ...rest } = draft;
  const url = webLink(button?.url);
  return {
    ...rest,
    subject: oneLine(draft.subject),
    heading: oneLine(draft.heading),
    parts: draft.parts.map(plainPart),
    ...(button && url !== undefined && { button: { label: button.label, url } }),
    afterButton: (draft.afterButton ?? []).map(oneLine),
  };
}

function plainPart(part: LetterPart): LetterPart {
  if (part.kind === 'paragraph') return { ...part, text: oneLine(part.text) };
  if (part.kind === 'facts') return { ...part, rows: part.rows.map(plainRow) };
  if (part.kind === 'list') return { ...part, items: part.items.map(plainItem) };
  return { ...part, code: oneLine(part.code) };
}

function plainRow({ label, value, url }: FactRow): FactRow {
  return { label, value: oneLine(value), ...linkTo(url) };
}

function plainItem({ text, more, url }: ListItem): ListItem {
  return { text: oneLine(text), ...(more && { more: oneLine(more) }), ...linkTo(url) };
}

function linkTo(url: string | undefined): { url?: string } {
  const link = webLink(url);
  return link === undefined ? {} : { url: link };
}

/** `javascript:` and its like would run where a mail is shown as a page. */
function webLink(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
