import { expect } from 'chai';
import { type ClientSession, type Db, Timestamp } from 'mongodb';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('reading at one moment', function () {
  this.timeout(180_000);
  let engine: Engine;
  let db: Db;
  const sessions: ClientSession[] = [];

  before(async function (this: Mocha.Context) {
    // The other engine takes the read concern and reads the newest state.
    if (!isEmbedded) this.skip();
    engine = await openEngine();
    db = engine.db;
  });
  beforeEach(async () => {
    await db.dropDatabase();
    await db.collection('left').insertOne({ n: 1 });
    await db.collection('right').insertOne({ n: 1 });
  });
  afterEach(() => Promise.all(sessions.splice(0).map((session) => session.endSession())));
  after(() => engine?.close());

  const begun = (snapshot: boolean): ClientSession => {
    const session = engine.client.startSession(snapshot ? { snapshot } : { causalConsistency: false });
    sessions.push(session);
    return session;
  };
  const readAt = (name: string, session: ClientSession, atClusterTime?: Timestamp) =>
    db.command(
      { find: name, batchSize: 1, readConcern: { level: 'snapshot', ...(atClusterTime && { atClusterTime }) } },
      { session },
    );
  const codeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'no error',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );

  it('shows every collection as it was then, to find and to aggregate', async () => {
    const session = begun(true);
    expect(await db.collection('left').find({}, { session }).toArray()).to.have.lengthOf(1);

    await db.collection('left').insertOne({ n: 2 });
    await db.collection('right').updateMany({}, { $set: { n: 5 } });

    expect(await db.collection('left').find({}, { session }).toArray()).to.have.lengthOf(1);
    expect(
      await db
        .collection('right')
        .aggregate([{ $match: { n: 1 } }], { session })
        .toArray(),
    ).to.have.lengthOf(1);
    expect(await db.collection('left').countDocuments()).to.equal(2);
  });

  it('says the moment, which only its session can ask for again, and only until it ends', async () => {
    const session = begun(false);
    const { atClusterTime } = (await readAt('left', session))['cursor'];
    await db.collection('left').deleteMany({});

    expect(atClusterTime).to.be.instanceOf(Timestamp);
    expect((await readAt('left', session, atClusterTime))['cursor'].firstBatch).to.have.lengthOf(1);
    expect(await codeOf(readAt('left', begun(false), atClusterTime))).to.equal(239);
    expect(await codeOf(readAt('left', session, new Timestamp({ t: 1, i: 1 })))).to.equal(239);
    await db.command({ killSessions: [session.id] });
    expect(await codeOf(readAt('left', session, atClusterTime))).to.equal(239);
  });

  it('is over when an index has come since: what it would find there is newer', async () => {
    const session = begun(false);
    const { atClusterTime } = (await readAt('left', session))['cursor'];
    await db.collection('left').createIndex({ n: 1 });

    expect(await codeOf(readAt('left', session, atClusterTime))).to.equal(246);
    expect(await codeOf(readAt('right', session, atClusterTime))).to.equal('no error');
  });

  it('has its bounds: of many moments the one unused longest goes, with its cursors', async () => {
    await db.collection('left').insertMany([{ n: 2 }, { n: 3 }]);
    const first = begun(false);
    const { cursor } = await readAt('left', first);
    for (let more = 0; more < 8; more += 1) await readAt('right', begun(false));

    expect(await codeOf(readAt('left', first, cursor.atClusterTime))).to.equal(239);
    expect(await codeOf(db.command({ getMore: cursor.id, collection: 'left' }, { session: first }))).to.equal(43);
  });

  it('is refused where nothing could be read so', async () => {
    const readConcern = { level: 'snapshot' };

    for (const command of [{ count: 'left' }, { distinct: 'left', key: 'n' }, { insert: 'left', documents: [{}] }])
      expect(await codeOf(db.command({ ...command, readConcern })), JSON.stringify(command)).to.equal(72);
    expect(await db.collection('left').countDocuments()).to.equal(1);
  });
});
