import { signatureOf } from '../../platform/secrets.ts';

const idLength = 19;
const signatureLength = 13;
const returnTag = new RegExp(`^b([0-9a-z]{${idLength}})([0-9a-z]{${signatureLength}})$`);

/** Where an attendee's calendar answers to: an address of its own for each entry, that nobody can guess. */
export function replyAddress(inbox: string, uid: string): string {
  return tagged(inbox, `r${signed('calendar-reply', uid)}`);
}

/** Where a mail comes back to when it cannot be delivered: the envelope's sender, one for each mail (VERP). */
export function returnAddress(inbox: string, messageId: string): string {
  return tagged(inbox, `b${compact(messageId, idLength)}${signed('returned-mail', messageId)}`);
}

/** Which mail came back to this address; nothing when it is not one of ours. */
export function messageReturnedTo(address: string, inbox: string): string | undefined {
  const [, id, signature] = returnTag.exec(tagOf(address, inbox) ?? '') ?? [];
  if (!id) return undefined;
  const messageId = Array.from(id)
    .reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
    .toString(16);
  const whole = messageId.padStart(24, '0');
  return signature === signed('returned-mail', whole) ? whole : undefined;
}

/** What stands between the name of the inbox and the @, after a plus; nothing for other addresses. */
export function tagOf(address: string, inbox: string): string | undefined {
  const [local, host] = partsOf(inbox.toLowerCase());
  const [given, at] = partsOf(address.toLowerCase());
  return at === host && given.startsWith(`${local}+`) ? given.slice(local.length + 1) : undefined;
}

function tagged(inbox: string, tag: string): string {
  const [local, host] = partsOf(inbox);
  return `${local}+${tag}@${host}`;
}

function partsOf(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
}

function signed(purpose: string, id: string): string {
  return compact(signatureOf(purpose, id).subarray(0, 8).toString('hex'), signatureLength);
}

/** Digits and small letters only: servers do not keep capitals apart. */
function compact(hex: string, length: number): string {
  return BigInt(`0x${hex}`).toString(36).padStart(length, '0');
}
