import { expect } from 'chai';
import { MongoServerError } from 'mongodb';
import { boundedTest } from '../../server/embedded/bounded-pattern.ts';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('a pattern', () => {
  it('matches the same with a limit as without, short texts and long ones', () => {
    for (const expression of [/(?:ab)+c/u, /^a.*b.*c$/u, /a+b/u, /x/u])
      for (const text of ['', 'ababc', 'a1b2c', `${'a'.repeat(9_999)}b`, `a${'y'.repeat(9_999)}bc`])
        expect(boundedTest(expression, 60_000)(text), `${expression} of ${text.length}`).to.equal(
          expression.test(text),
        );
  });

  it('that would go back and forth for years is refused, and the next command is answered (a limit of the embedded engine)', async function () {
    if (!isEmbedded) this.skip();
    this.timeout(180_000);
    const engine: Engine = await openEngine();
    try {
      const texts = engine.db.collection('texts');
      await texts.insertMany(Array.from({ length: 50 }, () => ({ text: 'a'.repeat(500) })));
      const filters = [
        { text: /^(a+)+$b/ },
        { text: { $regex: '^(a|a)*b$' } },
        { text: { $in: [/a*a*a*a*a*b/] } },
        { text: { $not: /^(a{1,9}){1,99}b/ } },
      ];

      for (const filter of filters) {
        const error: unknown = await texts.findOne(filter).catch((thrown: unknown) => thrown);

        expect(error, JSON.stringify(filter)).to.be.instanceOf(MongoServerError).with.property('code', 51156);
      }
      expect(await texts.countDocuments({ text: /^a+$/ })).to.equal(50);
    } finally {
      await engine.close();
    }
  });
});
