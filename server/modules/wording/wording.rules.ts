/** What a text may name; which of them a kind of mail knows, its facts say. */
export const placeholders = ['name', 'seminar', 'provider', 'date', 'time', 'place'] as const;
export type Placeholder = (typeof placeholders)[number];

/** The passages of a mail that can be said in other words: its subject, its first paragraph, and one before it closes. */
export const passages = ['subject', 'opening', 'closing'] as const;
export type Wording = { subject?: string; opening?: string; closing?: string };

const named = /\{\{([^{}]*)\}\}/gu;

/** The text with what is known put in. Everything else stays as it is written: there is no logic, and nothing is run. */
export function filled(text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string {
  return text.replaceAll(named, (written, name: string) => {
    const known = placeholders.find((one) => one === name.trim());
    return (known && values[known]) ?? written;
  });
}

/** What a text names that is not `known`, each once; also signs of a template language, which mean nothing here. */
export function unknownPlaceholders(text: string, known: readonly Placeholder[]): string[] {
  const names = [...text.matchAll(named)].map(([, name = '']) => name.trim());
  const unknown = names.filter((name) => !known.some((one) => one === name));
  const rest = text.replaceAll(named, '');
  const strays = rest.match(/\{\{|\}\}|\{%|%\}/gu) ?? [];
  return [...new Set([...unknown, ...strays])];
}
