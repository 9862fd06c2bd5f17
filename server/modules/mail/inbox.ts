import type { ImapFlow } from 'imapflow';
import { now } from '../../platform/clock.ts';
import { fingerprintOf } from '../../platform/secrets.ts';
import { InboxCursorModel } from './inbox-cursor.model.ts';
import { addressHeaders, readIncomingMail, taggedIn, type IncomingMail } from './incoming-mail.ts';

/** A mailbox that Mosaik looks into. `address`: where it gets its mail, and with it everything at name+tag. */
export type InboxPlace = { url: string; address: string };

/** Does what a mail asks for; gives whether it was for Mosaik. Must bear the same mail twice. */
export type TakeMail = (mail: IncomingMail) => Promise<boolean>;

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const atOnce = 200;
const mostBytes = 512 * 1024;
const daysBack = 3;
const mostTries = 5;

/**
 * Gives everything new in the inbox that came to an address with a tag to `take`, once, and marks as read what it took.
 * All other mail is left as it is, for people. Where it stopped is kept, so several processes and a crash do no harm.
 * @throws when the server cannot be reached, does not let us in, or a mail cannot be taken now
 */
export function openInbox({ url, address }: InboxPlace, take: TakeMail): () => Promise<void> {
  return async () => {
    const client = await connected(url);
    try {
      await readNew(client, { address, cursorId: fingerprintOf(`${new URL(url).host} ${address}`), take });
    } finally {
      await client.logout().catch(() => client.close());
    }
  };
}

type Reading = { address: string; cursorId: string; take: TakeMail };

async function connected(url: string): Promise<ImapFlow> {
  // Heavy, and of use only where an inbox is read: not at each start.
  const { ImapFlow: Client } = await import('imapflow');
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new Client({
    host: hostname,
    port: Number(port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    disableAutoIdle: true,
    ...patience,
  });
  // Whatever breaks the connection is also thrown by the command that was waiting.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function readNew(client: ImapFlow, reading: Reading): Promise<void> {
  const mailbox = await client.mailboxOpen('INBOX');
  const validity = String(mailbox.uidValidity);
  let lastUid = await beginAt(client, reading.cursorId, validity);
  for (;;) {
    const heads = await headsAfter(client, lastUid);
    for (const { uid, head } of heads) {
      if (taggedIn(head, reading.address).length > 0 && !(await takeOne(client, uid, reading))) return;
      await InboxCursorModel.updateOne(
        { _id: reading.cursorId, validity, lastUid: { $lt: uid } },
        { $set: { lastUid: uid, triedInVain: 0 } },
      );
      lastUid = uid;
    }
    if (heads.length < atOnce) return;
  }
}

/** A mailbox seen for the first time, or whose numbers mean other mails now, is read a few days back. */
async function beginAt(client: ImapFlow, cursorId: string, validity: string): Promise<number> {
  const cursor = await InboxCursorModel.findById(cursorId).lean();
  if (cursor?.validity === validity) return cursor.lastUid;
  const since = new Date(now().getTime() - daysBack * 86_400_000);
  const [first] = (await client.search({ since }, { uid: true })) || [];
  const lastUid = first === undefined ? 0 : first - 1;
  await InboxCursorModel.updateOne(
    { _id: cursorId },
    { $set: { validity, lastUid, triedInVain: 0 } },
    { upsert: true },
  );
  return lastUid;
}

/** Only the lines that say where each came to; `n:*` also gives the last mail when it is older than n (RFC 3501 6.4.8). */
async function headsAfter(client: ImapFlow, lastUid: number): Promise<{ uid: number; head: string }[]> {
  const found: { uid: number; head: string }[] = [];
  const uids = (await client.search({ uid: `${lastUid + 1}:*` }, { uid: true })) || [];
  const next = uids.filter((uid) => uid > lastUid).toSorted((one, other) => one - other);
  if (next.length === 0) return [];
  const range = next.slice(0, atOnce).join(',');
  for await (const { uid, headers } of client.fetch(range, { uid: true, headers: [...addressHeaders] }, { uid: true }))
    found.push({ uid, head: headers?.toString('latin1') ?? '' });
  return found.toSorted((one, other) => one.uid - other.uid);
}

/** Whether it is done with. What cannot be taken stops the reading here, to be tried again; five times, then it is left to people. */
async function takeOne(client: ImapFlow, uid: number, { address, cursorId, take }: Reading): Promise<boolean> {
  const message = await client.fetchOne(String(uid), { source: { maxLength: mostBytes } }, { uid: true });
  if (!message || !message.source) return true;
  try {
    const isOurs = await take(await readIncomingMail(message.source, address));
    if (isOurs) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    return true;
  } catch (error) {
    const cursor = await InboxCursorModel.findByIdAndUpdate(cursorId, { $inc: { triedInVain: 1 } }).lean();
    if ((cursor?.triedInVain ?? 0) + 1 >= mostTries) return true;
    throw error;
  }
}
