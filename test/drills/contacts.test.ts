import { expect } from 'chai';
import { contactsOf } from '../../server/modules/people/index.ts';
import { aContact } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { codeOf } from '../support/signed-in.ts';
import type { MosaikProcess, World } from '../support/world.ts';

const env = { MOSAIK_WORKER: 'off' };

describe('the drill of contacts', () => {
  const drill = beginDrill('contacts');

  /** Two contacts who alone may book take each other's access away in the same moment, each at a process of their own. */
  const playRound = async ({ webs: [first, second] }: World) => {
    if (!first || !second) throw new Error('There are no two processes.');
    const one = await aContact();
    const { institutionId } = one;
    const other = await aContact({ institutionId, book: true });
    const [removeOther, removeOne] = [
      await removing(first, one, `/institution/${institutionId}/contacts/${other.person.id}/removal`),
      await removing(second, other, `/institution/${institutionId}/contacts/${one.person.id}/removal`),
    ];
    const statuses = await Promise.all([removeOther(), removeOne()]);
    const left = (await contactsOf(institutionId)).filter(({ rights }) => rights.includes('book'));
    return { statuses, left: left.length };
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('leaves one who may book in every round, and tells the other', async () => {
      const say = drill.clock();
      const rounds = drill.times(100, 6);
      for (let round = 0; round < rounds; round += 1) {
        const { statuses, left } = await playRound(town());
        expect(left).to.equal(1);
        // Who was removed a moment before has nothing there any more.
        expect(statuses.filter((status) => status === 303)).to.have.lengthOf(1);
        expect(statuses.find((status) => status !== 303)).to.be.oneOf([404, 409]);
      }
      say(`${rounds} rounds in which two remove each other, each left one who may book`);
    }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('unattended') } }));

    it('leaves nobody in nearly every round', async () => {
      const say = drill.clock();
      const rounds = drill.times(40, 4);
      let stranded = 0;
      for (let round = 0; round < rounds; round += 1) if ((await playRound(town())).left === 0) stranded += 1;
      say(`${rounds} rounds without the guard, ${stranded} left nobody`);
      expect(stranded).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

type Contact = Awaited<ReturnType<typeof aContact>>;

/** Signs a contact in at a process; gives what presses the button, and says how it was answered. */
async function removing(web: MosaikProcess, { person, institutionId }: Contact, path: string) {
  const asked = await posted(web, '/sign-in', { email: person.email }, '');
  const attempt = cookieIn(asked, 'mosaik-sign-in');
  const code = await codeOf(/=([0-9a-f]{24})/.exec(attempt)?.[1] ?? '');
  const session = cookieIn(await posted(web, '/sign-in/code', { code }, attempt), 'mosaik');
  const page = await fetch(`${web.url}/institution/${institutionId}/contacts`, { headers: { cookie: session } });
  const [, token = ''] = /name="_token" value="([^"]+)"/.exec(await page.text()) ?? [];
  return async () => (await posted(web, path, { _token: token }, session)).status;
}

function posted({ url }: MosaikProcess, path: string, fields: Record<string, string>, cookie: string) {
  const body = new URLSearchParams(fields);
  return fetch(url + path, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
}

function cookieIn(response: Response, name: string): string {
  const cookie = response.headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  return cookie?.split(';')[0] ?? '';
}
