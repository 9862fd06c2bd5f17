import { expect } from 'chai';
import { mostAttempts, nextAttemptAt } from '../../../server/modules/mail/delivery.rules.ts';

const noon = new Date('2026-03-02T12:00:00Z');
const waitAfter = (attempts: number, scatter = 0) =>
  (nextAttemptAt(attempts, noon, scatter).getTime() - noon.getTime()) / 1_000;

describe('nextAttemptAt', () => {
  it('comes back soon at first, and ever later up to six hours', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 20].map((attempts) => waitAfter(attempts));

    expect(waits).to.deep.equal([15, 60, 240, 960, 3_840, 15_360, 21_600, 21_600]);
  });

  it('outlasts a mail server that is away for half a working day', () => {
    let until = 0;
    for (let attempts = 1; attempts < mostAttempts; attempts += 1) until += waitAfter(attempts);

    expect(until / 3_600).to.be.greaterThan(11);
  });

  it('scatters what failed together over a fifth of the wait', () => {
    expect([waitAfter(3, 0.5), waitAfter(3, 1)]).to.deep.equal([264, 288]);
  });
});
