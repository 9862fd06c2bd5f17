import { EJSON } from 'bson';
import { expect } from 'chai';
import type { Document } from 'mongodb';
import { ACCUMULATORS } from '../../server/embedded/accumulators.ts';
import { ADMINISTRATION_COMMANDS } from '../../server/embedded/commands/administration.ts';
import { DEFINITION_COMMANDS } from '../../server/embedded/commands/definition.ts';
import { EXPLAIN_COMMANDS } from '../../server/embedded/commands/explain.ts';
import { READ_COMMANDS } from '../../server/embedded/commands/read.ts';
import { WRITE_COMMANDS } from '../../server/embedded/commands/write.ts';
import { EXPRESSION_OPERATORS } from '../../server/embedded/expressions.ts';
import { OPERATORS } from '../../server/embedded/match-operators.ts';
import { STAGES } from '../../server/embedded/stages.ts';
import { CHANGES } from '../../server/embedded/update-operators.ts';
import { usesOf } from '../support/uses.ts';
import { CASES, carried, notCarried } from './carried.ts';
import type { Case } from './cases/case.ts';
import { CONVERSATIONS, usesIn } from './cases/protocol.ts';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('what is carried', () => {
  let engine: Engine;

  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());

  const put = async (documents: Document[]): Promise<void> => {
    await engine.db.collection('things').deleteMany({});
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

  for (const conversation of CONVERSATIONS) {
    it(`knows ${conversation.does}`, async function (this: Mocha.Context) {
      if (conversation.manual !== undefined && !isEmbedded) return this.skip();
      const sent = await usesIn(conversation, engine.uri, `${engine.db.databaseName}-c`);

      return expect([...sent]).to.include.members(conversation.uses);
    });
  }

  it('is all that the embedded database knows', () => {
    const known = carried();

    expect(knownByTheEngine().filter((use) => !known.has(use))).to.deep.equal([]);
  });

  it('is told from what is not', () => {
    const command = { find: 'things', filter: { at: { $near: [0, 0] } }, showRecordId: true };
    const sent = new Map(usesOf(command).map((use) => [use, 'a test']));

    expect(notCarried(sent)).to.deep.equal([
      'The query $near is in no case under test/embedded/cases, but "a test" sends it.',
      'The option find.showRecordId is in no case under test/embedded/cases, but "a test" sends it.',
    ]);
  });

  async function check({ given, command, answer, leaves, manual }: Case): Promise<void> {
    const [name = ''] = Object.keys(command);
    if (DEFINES.test(name)) await engine.db.dropCollection('things');
    await put(given);

    const got = await answerTo(command);

    if (manual !== undefined && !isEmbedded) return;
    expectAnswer(got, answer);
    if (leaves) expect(written(await held())).to.equal(written(leaves));
    if (DEFINES.test(name)) await engine.db.dropCollection('things');
  }
});

const COMMANDS = {
  ...ADMINISTRATION_COMMANDS,
  ...DEFINITION_COMMANDS,
  ...EXPLAIN_COMMANDS,
  ...READ_COMMANDS,
  ...WRITE_COMMANDS,
};

/** The embedded database's own tables, in the words of `usesOf`. */
function knownByTheEngine(): string[] {
  const named = (kind: string, table: object): string[] => Object.keys(table).map((name) => `${kind} ${name}`);
  const options = Object.entries(COMMANDS).flatMap(([name, { fields }]) =>
    fields === 'any' ? [] : fields.map((field) => `option ${name}.${field}`),
  );
  return [
    ...named('command', COMMANDS),
    ...options,
    ...named('query', OPERATORS),
    ...named('update', CHANGES),
    ...named('stage', STAGES),
    ...named('accumulator', ACCUMULATORS),
    ...named('expression', EXPRESSION_OPERATORS),
  ];
}

/** What needs, or leaves, a collection of its own. */
const DEFINES = /^(create|drop|list|validate)/;

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
