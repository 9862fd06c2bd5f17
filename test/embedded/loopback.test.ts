import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { Binary, type Document, MongoClient } from 'mongodb';
import { type Embedded, openEmbedded } from '../../server/embedded/index.ts';
import { Conversation, credentialsFor } from '../../server/embedded/scram.ts';
import { aDirectory, isEmbedded } from './engine.ts';
import { fileOf } from '../support/programs.ts';

describe('SCRAM-SHA-256', () => {
  // RFC 7677, 3
  const credentials = credentialsFor('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'), 4096);
  const clientNonce = 'rOprNGfwEbeRWgbNEkqO';
  const nonce = `${clientNonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`;
  const proof = 'p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
  const begin = () => {
    const asked: string[] = [];
    const find = (name: string) => {
      asked.push(name);
      return credentials;
    };
    return { asked, conversation: new Conversation(find, '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0') };
  };

  it('says what RFC 7677 says', () => {
    const { asked, conversation } = begin();

    expect(conversation.first(`n,,n=user,r=${clientNonce}`)).to.equal(`r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`);
    expect(conversation.final(`c=biws,r=${nonce},${proof}`)).to.equal('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
    expect(asked).to.deep.equal(['user']);
  });

  it('refuses what proves nothing, and gives a conversation one attempt', () => {
    for (const wrong of [
      `c=biws,r=${nonce},p=${proof.slice(2).replace('d', 'e')}`,
      `c=biws,r=${nonce},p=`,
      `c=biws,r=${nonce}`,
      `c=biws,r=${clientNonce},${proof}`,
      `c=eSws,r=${nonce},${proof}`,
      '',
    ]) {
      const { conversation } = begin();
      conversation.first(`n,,n=user,r=${clientNonce}`);
      expect(conversation.final(wrong), wrong).to.equal(undefined);
      expect(conversation.final(`c=biws,r=${nonce},${proof}`), `after ${wrong}`).to.equal(undefined);
    }
  });

  it('knows the grammar of a first message (RFC 5802, 7)', () => {
    const { asked, conversation } = begin();

    for (const wrong of [
      '',
      'n,,n=user',
      `p=tls-unique,,n=user,r=${clientNonce}`,
      `n,,m=x,n=user,r=${clientNonce}`,
      'n,,n=a,r=',
    ])
      expect(conversation.first(wrong), wrong).to.equal(undefined);
    conversation.first(`y,,n=a=2Cb=3Dc,r=${clientNonce},x=1`);

    expect(asked).to.deep.equal(['a,b=c']);
  });
});

describe('a data directory that is served at a port', function () {
  this.timeout(180_000);
  let directory: string;
  const opened: Embedded[] = [];
  const clients: MongoClient[] = [];
  const hosts: ChildProcess[] = [];
  const servers: Server[] = [];

  before(function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
  });
  beforeEach(async () => {
    directory = await aDirectory();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(opened.splice(0).map((embedded) => embedded.close()));
    await Promise.all(hosts.splice(0).map((host) => killed(host)));
    for (const server of servers.splice(0)) server.close();
    await rm(directory, { recursive: true, force: true });
  });

  const open = async (): Promise<Embedded> => {
    const embedded = await openEmbedded({ directory, door: 'loopback' });
    opened.push(embedded);
    return embedded;
  };
  const close = async (embedded: Embedded): Promise<void> => {
    opened.splice(opened.indexOf(embedded), 1);
    await embedded.close();
  };
  const connected = async (uri: string): Promise<MongoClient> => {
    const client = new MongoClient(uri);
    clients.push(client);
    return client.connect();
  };
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'no error',
      (error: unknown) => codeOf(error),
    );

  it('lets in who has the password from the file that only the owner may read', async () => {
    const { uri } = await open();
    const { hostname, port, password } = new URL(uri);
    const things = (await connected(uri)).db('d').collection('things');
    await things.insertOne({ n: 1 });

    expect(hostname).to.equal('127.0.0.1');
    expect([port, password]).to.deep.equal([textOf('port'), textOf('password')]);
    expect(password).to.match(/^[\w-]{43}$/);
    expect(['password', 'port'].map((name) => statSync(join(directory, name)).mode & 0o777)).to.deep.equal([
      0o600, 0o600,
    ]);
    expect(await things.countDocuments()).to.equal(1);
  });

  it('answers nobody else but greetings', async () => {
    const { uri } = await open();
    const stranger = await connected(withoutPassword(uri));
    const db = stranger.db('d');

    expect(await db.admin().command({ hello: 1 })).to.include({ ok: 1 });
    expect(await db.command({ ping: 1 })).to.include({ ok: 1 });
    const commands: Document[] = [
      { find: 'things' },
      { insert: 'things', documents: [{ n: 1 }] },
      { dropDatabase: 1 },
      { listDatabases: 1 },
      { listCollections: 1 },
      { getMore: 1, collection: 'things' },
      { endSessions: [] },
      { killSessions: [] },
      { commitTransaction: 1 },
      { noSuchCommand: 1 },
    ];
    for (const command of commands) expect(await failure(db.command(command)), JSON.stringify(command)).to.equal(13);
    expect(await (await connected(uri)).db('d').listCollections().toArray()).to.deep.equal([]);
  });

  it('refuses a wrong password and an unknown name with the same error, and tells them apart in nothing', async () => {
    const { uri } = await open();
    const stranger = (await connected(withoutPassword(uri))).db('admin');
    const begun = async (name: string) => {
      const payload = new Binary(Buffer.from(`n,,n=${name},r=abcdefghijklmnop`));
      const reply = await stranger.command({ saslStart: 1, mechanism: 'SCRAM-SHA-256', payload });
      return String(reply['payload']).replace(/^r=[^,]+/, '');
    };

    for (const wrong of [{ password: 'wrong' }, { username: 'nobody' }, { username: 'nobody', password: 'wrong' }])
      expect(await failure(connected(Object.assign(new URL(uri), wrong).href)), JSON.stringify(wrong)).to.equal(18);
    const [owner, nobody, nobodyAgain] = [await begun('owner'), await begun('nobody'), await begun('nobody')];
    expect([owner.length, nobodyAgain]).to.deep.equal([nobody.length, nobody]);
    expect(owner)
      .to.match(/,i=15000$/)
      .and.not.equal(nobody);
    expect(await failure(stranger.command({ saslStart: 1, mechanism: 'PLAIN', payload: '' }))).to.equal(334);
    expect(await failure(stranger.command({ saslContinue: 1, conversationId: 1, payload: '' }))).to.equal(18);
  });

  it('is taken over at the same port when its server is killed', async () => {
    await close(await open());
    const server = spawn(process.execPath, [await fileOf('server/embedded/host'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    hosts.push(server);
    const uri = String((await once(createInterface(server.stdout), 'line'))[0]);
    const things = (await connected(uri)).db('d').collection('things');
    await things.insertOne({ n: 1 });
    const survivor = await open();

    await killed(server);
    // The driver hands out connections whose end it has not noticed yet, each of them once.
    for (let tries = 0; tries < 20; tries++) if (await things.findOne({}).catch(() => null)) break;
    await things.insertOne({ n: 2 });

    expect([survivor.role, survivor.uri]).to.deep.equal(['serving', uri]);
    expect(await things.countDocuments()).to.equal(2);
  });

  it('moves to another port when a stranger has taken its own', async () => {
    const first = await open();
    const { port } = new URL(first.uri);
    await close(first);
    const stranger = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    servers.push(stranger);
    await once(stranger.listen(Number(port), '127.0.0.1'), 'listening');

    const { uri } = await open();

    expect(new URL(uri).port).to.not.equal(port);
    expect(await (await connected(uri)).db('d').command({ ping: 1 })).to.include({ ok: 1 });
  });

  it('takes the server of another directory for a stranger', async () => {
    const first = await open();
    const { port } = new URL(first.uri);
    await close(first);
    const other = await aDirectory();
    writeFileSync(join(other, 'port'), `${port}\n`);
    const there = await openEmbedded({ directory: other, door: 'loopback' });
    opened.push(there);

    const { uri } = await open();

    expect(new URL(there.uri).port).to.equal(port);
    expect(new URL(uri).port).to.not.equal(port);
    await (await connected(there.uri)).db('d').collection('things').insertOne({});
    expect(await (await connected(uri)).db('d').collection('things').countDocuments()).to.equal(0);
  });

  const textOf = (name: string): string => readFileSync(join(directory, name), 'utf8').trim();
});

function withoutPassword(uri: string): string {
  const { host } = new URL(uri);
  return `mongodb://${host}/?directConnection=true`;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : error);

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
