import { Command, Option } from 'commander';
import { readConfig, type Config } from './config.ts';
import { seedDemo } from './demo/index.ts';
import { createApiToken, invitePerson } from './modules/auth/index.ts';
import { systemActor, type Role } from './modules/history/index.ts';
import { holdMail, parseAddress } from './modules/mail/index.ts';
import { providerById, providers } from './modules/people/index.ts';
import { verifyPromises, type BrokenPromise } from './modules/reports/index.ts';
import { counted, exportDatabase, importDatabase, refuseHalfLoaded } from './platform/archive/index.ts';
import { now } from './platform/clock.ts';
import { connectDatabase, disconnectDatabase, reachDatabase } from './platform/database.ts';
import { logger } from './platform/logger.ts';
import { openPlace, type OpenPlace } from './platform/database-place.ts';
import { openGround } from './platform/start.ts';

// What a command has to say it says itself: a line of the log would break what scripts read.
logger.level = 'silent';

const mosaik = new Command('mosaik')
  .description('Mosaik on the command line, also while the server runs.')
  .showHelpAfterError('`npm run mosaik -- --help` lists the commands.');

mosaik
  .command('seed')
  .description('fill empty data with the demo: invented people, seminars and bookings')
  .action(() => onGround(seed));
mosaik
  .command('invite')
  .description('let somebody sign in: as a coordinator of the network, unless told otherwise')
  .argument('<email>', 'where the invitation goes')
  .option('--name <name>', 'how the person is addressed; the part before the @ when not given')
  .addOption(new Option('--provider <slug>', 'coordinates this provider only'))
  .addOption(new Option('--trainer', 'leads sessions and plans nothing').conflicts('provider'))
  .action((email: string, wish: Wish) => onGround((config) => invite(config, email, wish)));
mosaik
  .command('token')
  .description('print a new bearer token of a network coordinator, and nothing else')
  .action(() => onGround(token));
mosaik
  .command('verify')
  .description('recompute promises 1 to 4 and 9 from the data; exit code 1 where one is broken')
  .action(() => onGround(verify));
mosaik
  .command('export')
  .description('write all data, as they are at one moment, into a new file; the others go on working')
  .argument('<file>', 'a file that is not there yet')
  .action((file: string) => onDatabase((reached) => exportTo(reached, file)));
mosaik
  .command('import')
  .description('load such a file into an empty database that nobody works with; mail is held back afterwards')
  .argument('<file>', 'what export has written')
  .action((file: string) => onDatabase((reached) => importFrom(reached, file)));

await mosaik.parseAsync();

type Wish = { name?: string; provider?: string; trainer?: true };

type Reached = OpenPlace & Awaited<ReturnType<typeof reachDatabase>>;

function onGround(command: (config: Config) => Promise<void>): Promise<void> {
  return orSay(async () => {
    const config = readConfig();
    const ground = await openGround(config);
    try {
      await command(config);
    } finally {
      await ground.close();
    }
  });
}

/** The data as they lie there: neither collections nor indexes are made. */
function onDatabase(command: (reached: Reached) => Promise<void>): Promise<void> {
  return orSay(async () => {
    const place = await openPlace(readConfig());
    const reached = await reachDatabase(place);
    try {
      await command({ ...place, ...reached });
    } finally {
      await reached.close();
    }
  });
}

async function orSay(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function seed({ production }: Config): Promise<void> {
  if (production) throw new Error('Demo data do not belong into production: whoever knows them could sign in.');
  const { providers: organisations, seminars, runs, bookings } = await seedDemo();
  console.log(
    `The demo is there: ${organisations} providers, ${seminars} seminars, ${runs} runs, ${bookings} bookings.`,
  );
}

async function invite({ baseUrl }: Config, email: string, wish: Wish): Promise<void> {
  const parsed = parseAddress(email);
  if (!parsed.ok) throw new Error(`${email} is no e-mail address that mail can go to.`);
  const roles = [await roleOf(wish)];
  const name = wish.name?.trim() || parsed.address.replace(/@.*/, '');
  if (name.length > 120 || /\p{Cc}/u.test(name))
    throw new Error('The name must be one line of at most 120 characters.');

  const person = { name, email: parsed.address, address: parsed.normalised, language: 'de' as const, roles };
  await invitePerson(systemActor, person);
  console.log(`${parsed.address} can sign in now: ${baseUrl}/sign-in`);
}

async function roleOf({ provider, trainer }: Wish): Promise<Role> {
  if (trainer) return { kind: 'trainer' };
  if (provider === undefined) return { kind: 'network-coordinator' };
  if (await providerById(provider)) return { kind: 'coordinator', providerId: provider };
  const slugs = (await providers()).map(({ id }) => id).join(', ');
  throw new Error(`There is no provider ${provider}. ${slugs ? `There are: ${slugs}.` : 'There is none yet.'}`);
}

async function token(): Promise<void> {
  console.log(await createApiToken(systemActor));
}

async function verify(): Promise<void> {
  const { runs, bookings, broken } = await verifyPromises();
  if (broken.length === 0)
    console.log(`Promises 1 to 4 hold. Recomputed from the data: runs ${runs}, bookings ${bookings}.`);
  else console.log(broken.map(lineOf).join('\n'));
  process.exitCode = broken.length === 0 ? 0 : 1;
}

function lineOf({ promise, runId, bookingId, sentence }: BrokenPromise): string {
  return `Promise ${promise}, run ${runId}${bookingId ? `, booking ${bookingId}` : ''}: ${sentence}`;
}

async function exportTo({ db }: Reached, file: string): Promise<void> {
  await refuseHalfLoaded(db);
  const { collections, documents, bytes } = await exportDatabase(db, file, console.log, now());
  const size = `${(bytes / 1_000_000).toFixed(1)} MB`;
  console.log(`Exported to ${file}: collections ${collections}, documents ${counted(documents)}, ${size}.`);
  console.log('The SECRET is not in it: without it, every link in mails sent so far is invalid. Keep both apart.');
}

async function importFrom({ db, uri, isShared }: Reached, file: string): Promise<void> {
  if (isShared) throw new Error('Mosaik is running on this database. An import needs it alone: stop Mosaik first.');
  const beforeUse = () => holdRestoredMail(uri);
  const { collections, documents, writtenAt } = await importDatabase(db, file, { say: console.log, beforeUse });
  console.log(`Imported as of ${writtenAt}: collections ${collections}, documents ${counted(documents)}.`);
  console.log(
    'Mail is held back until a coordinator of the network releases it: what was sent since is still due here.',
  );
}

/** What was sent after the archive was written is due again in it: somebody decides, before anything goes out. */
async function holdRestoredMail(uri: string): Promise<void> {
  await connectDatabase(uri);
  try {
    await holdMail(systemActor, 'Restored from an archive.');
  } finally {
    await disconnectDatabase();
  }
}
