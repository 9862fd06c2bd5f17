import { domainToASCII } from 'node:url';

/**
 * An address that mail can go to. `address` is what is stored and sent to: the local part as typed, the host in lower case
 * and punycode, so that SMTP carries exactly these characters. `normalised` identifies the mailbox: all in lower case.
 */
export type ParsedAddress = { ok: true; address: string; normalised: string } | { ok: false };

const REFUSED = { ok: false } as const;
const MAX_ADDRESS_LENGTH = 254;
const MAX_LOCAL_PART_LENGTH = 64;
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const TYPED_HOST = /^[A-Za-z0-9.\p{L}\p{M}\p{N}-]+$/u;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const TOP_LABEL = /^(?!-)(?=.*[a-z])[a-z0-9-]{2,63}(?<!-)$/;

/**
 * Reads one address of the form local-part@host, and nothing around it but spaces: no display name, no comment, no quoted
 * local part, no list, no group, no IP address. The local part is plain ASCII, since few servers take SMTPUTF8; the host
 * may be international. At most 254 characters in the form in which it is sent (RFC 5321 4.5.3.1, erratum 1690).
 */
export function parseAddress(text: string): ParsedAddress {
  const [local = '', typedHost = '', ...rest] = text.replace(/^ +| +$/g, '').split('@');
  const host = asciiHost(typedHost);
  const address = `${local}@${host}`;
  const sound =
    rest.length === 0 &&
    isLocalPart(local) &&
    host !== undefined &&
    isHost(host) &&
    address.length <= MAX_ADDRESS_LENGTH;
  return sound ? { ok: true, address, normalised: address.toLowerCase() } : REFUSED;
}

function isLocalPart(local: string): boolean {
  return local.length <= MAX_LOCAL_PART_LENGTH && DOT_ATOM.test(local);
}

/** Checked before the conversion too: it decodes `%61`, drops what follows a slash, and completes IP addresses. */
function asciiHost(typed: string): string | undefined {
  return typed.length <= MAX_ADDRESS_LENGTH && TYPED_HOST.test(typed) ? domainToASCII(typed) : undefined;
}

function isHost(host: string): boolean {
  const labels = host.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP_LABEL.test(labels.at(-1) ?? '');
}
