import { EJSON } from 'bson';
import { expect } from 'chai';
import type { Document } from 'mongodb';
import { CASES } from './carried.ts';
import type { Case } from './cases/case.ts';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('what is carried', () => {
  let engine: Engine;

  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());
  beforeEach(() => engine.db.dropCollection('things'));

  const put = async (documents: Document[]): Promise<void> => {
    await engine.db.createCollection('things');
    if (documents.length > 0) await engine.db.collection('things').insertMany(documents);
  };
  const answerTo = (command: Document): Promise<unknown> =>
    engine.db.command(command, { promoteValues: false }).then(
      (reply) => (reply['writeErrors'] && command['update'] ? 'refused' : (reply['cursor']?.firstBatch ?? reply)),
      () => 'refused',
    );
  const held = () => engine.db.collection('things').find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();

  for (const [kind, cases] of Object.entries(CASES)) {
    describe(kind, () => {
      for (const each of cases) it(each.does, () => check(each));
    });
  }

  async function check({ given, command, answer, leaves, manual }: Case): Promise<void> {
    await put(given);

    const got = await answerTo(command);

    if (manual !== undefined && !isEmbedded) return;
    expectAnswer(got, answer);
    if (leaves) expect(written(await held())).to.equal(written(leaves));
  }
});

/** A value with its BSON types, for whole numbers and others differ only there. */
const written = (value: unknown): string => EJSON.stringify(value, { relaxed: false });

function expectAnswer(got: unknown, answer: unknown): void {
  const isPart = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  const wanted: unknown = isPart
    ? Object.fromEntries(Object.keys(answer).map((field) => [field, at(got, field)]))
    : got;
  if (answer !== undefined) expect(written(wanted)).to.equal(written(answer));
}

const at = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, field)?.value : undefined;
