import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a server keeps of a password: enough to recognise it, not enough to give it. RFC 5802, 3 */
export interface Credentials {
  salt: Buffer;
  iterations: number;
  storedKey: Buffer;
  serverKey: Buffer;
}

const KEY_LENGTH = 32;

/** For passwords of ASCII letters and digits, which SASLprep leaves as they are. */
export function credentialsFor(password: string, salt: Buffer, iterations: number): Credentials {
  const salted = pbkdf2Sync(password, salt, iterations, KEY_LENGTH, 'sha256');
  const clientKey = hmac(salted, 'Client Key');
  const storedKey = createHash('sha256').update(clientKey).digest();
  return { salt, iterations, storedKey, serverKey: hmac(salted, 'Server Key') };
}

/** One conversation of SCRAM-SHA-256 (RFC 5802, RFC 7677), the server's part. `find` gives credentials for any name. */
export class Conversation {
  readonly #find: (name: string) => Credentials;
  readonly #serverNonce: string;
  #said: { bare: string; header: string; nonce: string; serverFirst: string; credentials: Credentials } | undefined;

  constructor(find: (name: string) => Credentials, serverNonce = randomBytes(24).toString('base64')) {
    this.#find = find;
    this.#serverNonce = serverNonce;
  }

  /** The answer to the client's first message; undefined when that is none. */
  first(message: string): string | undefined {
    const [, header, bare, name, clientNonce] = /^([ny],,)(n=([^,]*),r=([!-+\--~]+))(?:,|$)/.exec(message) ?? [];
    if (!header || !bare || name === undefined || !clientNonce) return undefined;
    const credentials = this.#find(name.replaceAll('=2C', ',').replaceAll('=3D', '='));
    const nonce = clientNonce + this.#serverNonce;
    const serverFirst = `r=${nonce},s=${credentials.salt.toString('base64')},i=${credentials.iterations}`;
    this.#said = { bare: message.slice(header.length), header, nonce, serverFirst, credentials };
    return serverFirst;
  }

  /** The answer to the client's proof; undefined when it proves nothing. A conversation has one attempt. */
  final(message: string): string | undefined {
    const said = this.#said;
    this.#said = undefined;
    const [, withoutProof, binding, nonce, proof] = /^(c=([^,]*),r=([^,]*)(?:,[^,]*)*?),p=([^,]*)$/.exec(message) ?? [];
    if (!said || !withoutProof || !proof || nonce !== said.nonce) return undefined;
    if (binding !== Buffer.from(said.header).toString('base64')) return undefined;
    const { storedKey, serverKey } = said.credentials;
    const all = `${said.bare},${said.serverFirst},${withoutProof}`;
    if (!proves(Buffer.from(proof, 'base64'), hmac(storedKey, all), storedKey)) return undefined;
    return `v=${hmac(serverKey, all).toString('base64')}`;
  }
}

function proves(proof: Buffer, signature: Buffer, storedKey: Buffer): boolean {
  if (proof.length !== KEY_LENGTH) return false;
  const clientKey = proof.map((byte, at) => byte ^ (signature[at] ?? 0));
  return timingSafeEqual(createHash('sha256').update(clientKey).digest(), storedKey);
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
