import { expect } from 'chai';
import { once, type Actor } from '../../../server/modules/history/index.ts';
import { freshDatabase } from '../../support/hooks.ts';

const amsel: Actor = { kind: 'person', personId: 'amsel', roles: [] };
const drossel: Actor = { kind: 'person', personId: 'drossel', roles: [] };
const form = { key: 'the key of the form', request: { title: 'Vielfalt' } };

describe('once', () => {
  let done: string[];
  beforeEach(async () => {
    await freshDatabase();
    done = [];
  });

  /** Gives another outcome each time it really acts. */
  async function act(): Promise<string> {
    done.push(`outcome ${done.length + 1}`);
    return done.at(-1) ?? '';
  }

  it('gives the first outcome to whoever sends the form again', async () => {
    const first = await once(amsel, form, act);
    const second = await once(amsel, form, act);

    expect([first, second, done.length]).to.deep.equal(['outcome 1', 'outcome 1', 1]);
  });

  it('keeps one outcome for clicks at the same moment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => once(amsel, form, act)));

    expect(new Set(outcomes).size).to.equal(1);
  });

  it('acts anew for a form that was changed, and for another person', async () => {
    await once(amsel, form, act);
    await once(amsel, { ...form, request: { title: 'Haltung' } }, act);
    await once(drossel, form, act);

    expect(done).to.have.lengthOf(3);
  });

  it('remembers nothing of what was refused', async () => {
    const refused = await once(amsel, form, () => Promise.reject(new Error('no'))).catch(String);
    const outcome = await once(amsel, form, act);

    expect([refused, outcome]).to.deep.equal(['Error: no', 'outcome 1']);
  });
});
