import { codeToSend } from '../../server/modules/auth/index.ts';
import type { Signed } from '../../server/demo/builders.ts';
import type { AppSettings } from '../../server/app.ts';
import { Visitor } from './page.ts';

/** A visitor who has signed in with the code from the mail. */
export async function signedIn({ person }: Signed, settings: Partial<AppSettings> = {}): Promise<Visitor> {
  const visitor = new Visitor(settings);
  const id = await askForCode(visitor, person.email);
  await visitor.post('/sign-in/code', { code: await codeOf(id) });
  return visitor;
}

/** Has a code sent, and gives the id of the sign-in that the visitor's browser now remembers. */
export async function askForCode(visitor: Visitor, email: string, token = ''): Promise<string> {
  const response = await visitor.agent.post('/sign-in').type('form').send({ email, _token: token });
  const [, id = ''] = /mosaik-sign-in=([0-9a-f]{24})/.exec(String(response.headers['set-cookie'])) ?? [];
  return id;
}

/** The code as the mail will say it. */
export async function codeOf(signInId: string): Promise<string> {
  const sending = await codeToSend(signInId);
  if (!sending) throw new Error('No code was made for this sign-in.');
  return sending.code;
}
