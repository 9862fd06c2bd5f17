/** What somebody's calendar answers to an invitation (iTIP, RFC 5546 3.2.3): `countered` proposes another time. */
export type CalendarReply = {
  uid: string;
  sequence: number;
  answer: 'accepted' | 'declined' | 'tentative' | 'countered';
  /** When it was given, by the answering program's clock; nothing when it does not say. */
  stampedAt?: Date;
};

const answers: Readonly<Record<string, CalendarReply['answer']>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};
const longest = 200_000;

/** Reads one answer; nothing for any other text, however broken. */
export async function readReply(text: string): Promise<CalendarReply | undefined> {
  if (text.length > longest) return undefined;
  // Heavy, and needed when an answer comes: not at each start.
  const { default: ICAL } = await import('ical.js');
  try {
    const calendar = ICAL.Component.fromString(text);
    const method = textOf(calendar.getFirstPropertyValue('method')).toUpperCase();
    const event = calendar.getFirstSubcomponent('vevent');
    const answer = method === 'COUNTER' ? 'countered' : method === 'REPLY' ? answerOf(event) : undefined;
    const uid = textOf(event?.getFirstPropertyValue('uid'));
    const sequence = Number(textOf(event?.getFirstPropertyValue('sequence')) || 0);
    if (!answer || !uid || !Number.isSafeInteger(sequence) || sequence < 0) return undefined;
    const stamp = event?.getFirstPropertyValue('dtstamp');
    const stampedAt = stamp instanceof ICAL.Time ? stamp.toJSDate() : undefined;
    return { uid, sequence, answer, ...(stampedAt && !Number.isNaN(stampedAt.getTime()) && { stampedAt }) };
  } catch {
    // Whatever it is, it is no answer from a calendar.
    return undefined;
  }
}

type Event = { getAllProperties(name: string): { getParameter(name: string): unknown }[] } | null;

/** An answer speaks for one attendee (RFC 5546 3.2.3); of several nobody knows which is meant. */
function answerOf(event: Event): CalendarReply['answer'] | undefined {
  const [attendee, ...others] = event?.getAllProperties('attendee') ?? [];
  if (!attendee || others.length > 0) return undefined;
  return answers[textOf(attendee.getParameter('partstat')).toUpperCase()];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
