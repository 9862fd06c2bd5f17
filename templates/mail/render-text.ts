import type { Letter, LetterPart } from './letter.ts';

/** The letter as plain text, complete on its own: every fact and every link of the HTML. */
export function letterText(letter: Letter): string {
  const blocks = [
    letter.heading.toLocaleUpperCase(letter.language),
    letter.greeting,
    ...letter.parts.map(blockOf),
    ...(letter.button ? [`${letter.button.label}:\n${letter.button.url}`] : []),
    ...letter.afterButton,
    `${letter.closing}\n${letter.sender}`,
    ['-- ', ...letter.footer].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function blockOf(part: LetterPart): string {
  if (part.kind === 'paragraph') return part.text;
  if (part.kind === 'facts') return part.rows.map(({ label, value }) => `${label}: ${value}`).join('\n');
  if (part.kind === 'code') return `    ${part.code}`;
  return [`${part.title}:`, ...part.items.map(({ text, more, url }) => itemOf(text, more, url))].join('\n');
}

function itemOf(...lines: (string | undefined)[]): string {
  return `- ${lines.filter(Boolean).join('\n  ')}`;
}
