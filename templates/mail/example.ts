import type { MailFacts, MailKind, MailSession } from './facts.ts';
import { previewFacts } from './preview-facts.ts';

/** What is true: a run with its sessions, and who looks at the example. */
export type RealFacts = {
  recipientName: string;
  seminarTitle: string;
  providerName: string;
  providerEmail?: string;
  sessions: MailSession[];
};

/** A kind of mail as this run would send it: what is invented in the example gives way to what is true, where it has it. */
export function exampleFacts<Kind extends MailKind>(kind: Kind, real: Partial<RealFacts>): MailFacts[Kind] {
  const example = previewFacts[kind];
  const { sessions = [], ...names } = real;
  const [first] = sessions;
  const known = Object.fromEntries(Object.entries(names).filter(([name]) => name in example));
  return {
    ...example,
    ...known,
    ...(first && 'session' in example && { session: first }),
    ...(first && 'sessions' in example && { sessions }),
    ...(first && 'freed' in example && { freed: sessions }),
  };
}
