import { z } from 'zod';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import { personById } from '../../server/modules/people/index.ts';
import { runById } from '../../server/modules/scheduling/index.ts';
import { wordingFor, wordingInput, type Wording } from '../../server/modules/wording/index.ts';
import { exampleFacts, isWordable, renderMail, type RenderedMail } from '../../templates/mail/index.ts';
import { noLongerTrue, type Held, type MailContent, type Mailbox } from './mail-draft.ts';
import { courseOf, seminarFacts, sessionsToTell } from './seminar-facts.ts';

const trial = z.object({ kind: z.string(), language: z.enum(['de', 'en']), wording: wordingInput });

/** A mail as it would be, to whoever is choosing its words; with the sessions of a run of theirs, where there is one. */
export async function wordingTrial({
  to,
  facts,
  about,
}: ClaimedMessage): Promise<(RenderedMail & { to: Mailbox }) | Held> {
  const person = 'personId' in to ? await personById(to.personId) : undefined;
  const { kind, language, wording } = trial.parse(facts);
  if (!person || !isWordable(kind)) return noLongerTrue('Nobody tries such a mail any more.');
  const course = about.runId === undefined ? undefined : await courseOf(about.runId);
  const { name, email } = person;
  const real = course ? { ...seminarFacts(course, name), sessions: sessionsToTell(course) } : { recipientName: name };
  const rendered = renderMail(kind, language, exampleFacts(kind, real), wording);
  return { ...rendered, subject: `[Test] ${rendered.subject}`, to: { name, email } };
}

/**
 * The words that a provider or seminar has chosen for a mail about one of its runs. They are written for those who take
 * part: what goes to trainers, or as a reminder to bookers, stays as Mosaik says it.
 */
export async function wordsFor(
  { about }: Pick<ClaimedMessage, 'about'>,
  { kind, language, facts }: MailContent,
): Promise<Wording> {
  if (about.runId === undefined || !isWordable(kind) || 'booked' in facts || 'teaches' in facts) return {};
  const run = await runById(about.runId);
  return run ? wordingFor(run, { kind, language }) : {};
}
