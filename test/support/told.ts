import { composeMail } from '../../jobs/compose-mail.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { claimMessage, dueMessageIds, markSent } from '../../server/modules/mail/index.ts';

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };

export type Told = { kind: string; to: string; says: string; calendar: string };

/** Composes everything that is due, in the order in which it is due, as a worker would send it. */
export async function tellAll(): Promise<Told[]> {
  await relayEvents();
  const told: Told[] = [];
  for (const id of await dueMessageIds(100)) {
    const message = await claimMessage(id);
    const draft = message && (await composeMail(message, sender));
    if (draft?.kind !== 'mail') continue;
    await markSent(message!);
    const { mail } = draft;
    const calendar = mail.calendar?.content.replace(/\r\n /g, '') ?? '';
    told.push({
      kind: message!.kind,
      to: mail.to.email,
      says: `${mail.subject}\n${mail.text}\n${mail.html}`,
      calendar,
    });
  }
  return told;
}
