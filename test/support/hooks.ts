import { inspect } from 'node:util';
import type { Context, RootHookObject, Test } from 'mocha';
import { useSecret } from '../../server/platform/secrets.ts';
import type { TestDatabase } from './database.ts';
import { sendingFrom, usesSent, watchClients } from './uses.ts';

/** The secret of every test, and of the processes a test starts: links signed by one open at the other. */
export const testSecret = 'a secret that only the tests know, and that guards nothing';

let opening: Promise<TestDatabase> | undefined;
let complaints: string[] = [];
const outlet = globalThis.console;
const sayError = outlet.error;

/**
 * The one database of this run, opened when the first test asks: the embedded one in a temporary directory, or a database
 * of its own at `MONGODB_URI`. Other processes reach it at the same `uri`.
 */
export function testDatabase(): Promise<TestDatabase> {
  return (opening ??= import('./database.ts').then(({ openTestDatabase }) => openTestDatabase()));
}

/** Empties every collection. For the `beforeEach` of each file that stores something. */
export async function freshDatabase(): Promise<void> {
  await (await testDatabase()).empty();
}

export const mochaHooks: RootHookObject = {
  beforeAll() {
    useSecret(testSecret);
    watchClients();
    outlet.error = (...said: unknown[]) => void complaints.push(said.map((one) => inspect(one)).join(' '));
  },
  beforeEach(this: Context) {
    complaints = [];
    if (this.currentTest) failOnComplaint(this.currentTest);
    sendingFrom(this.currentTest?.fullTitle() ?? '', this.currentTest?.file ?? '');
  },
  async afterAll() {
    outlet.error = sayError;
    await (await opening)?.close();
    await failOnUnknownUses();
  },
};

/** Whatever Mosaik sends to a database, the cases of the embedded one must show. */
async function failOnUnknownUses(): Promise<void> {
  const { notCarried } = await import('../embedded/carried.ts');
  const unknown = notCarried(usesSent());
  if (unknown.length > 0) throw new Error(unknown.join('\n'));
}

/** Around the test and not in an `afterEach`: a hook that fails ends the whole run. */
function failOnComplaint(test: Test): void {
  const run = test.fn;
  if (!run || run.length > 0) return;
  test.fn = async function (this: Context) {
    await Reflect.apply(run, this, []);
    if (complaints.length > 0) throw new Error(`Nobody expected this on console.error: ${complaints.join('\n')}`);
  };
}
