import { expect } from 'chai';
import mongoose from 'mongoose';
import { relayEvents } from '../../../jobs/relay-events.ts';
import { publishRun } from '../../../server/modules/booking/index.ts';
import {
  askInHouse,
  confirmInHouse,
  declineInHouse,
  inHouseOfHolder,
  inHouseRequests,
  inHouseToPlan,
  planInHouse,
  withdrawInHouse,
  type InHouseRequest,
} from '../../../server/modules/demand/index.ts';
import { linkToken } from '../../../server/modules/auth/index.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { aCoordinator, aDraft, aProvider, aSeminar, type Signed } from '../../support/builders.ts';
import { claimMessage } from '../../../server/modules/mail/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { contentFor } from '../../../jobs/compose-mail.ts';
import { freshDatabase } from '../../support/hooks.ts';

const wish = {
  topic: 'Gespräche mit Eltern',
  institution: 'Gesamtschule am Blauen Turm',
  groupSize: 14,
  periods: 'Im Herbst, freitags',
  place: 'Bei uns in der Schule',
  name: 'Zyklame Geheim',
  email: 'zyklame.geheim@example.org',
};

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };

describe('a seminar that an institution asks for', () => {
  let seminarId: string;
  let coordinator: Signed;
  beforeEach(async () => {
    await freshDatabase();
    seminarId = await aSeminar();
    coordinator = await aCoordinator();
  });

  const messages = async (kind: string) =>
    (await mongoose.connection.db?.collection('messages').find({ kind }).toArray()) ?? [];
  async function asked(): Promise<string> {
    await askInHouse({ ...wish, seminar: seminarId });
    const rows = (await mongoose.connection.db?.collection('inHouseRequests').find().toArray()) ?? [];
    return linkToken('in-house', String(rows.at(-1)?._id), 1);
  }
  async function confirmed(): Promise<InHouseRequest> {
    const token = await asked();
    await confirmInHouse(token);
    return inHouseOfHolder(token);
  }

  it('tells everybody who plans for the provider, once the address is confirmed and until it is answered', async () => {
    const second = await aCoordinator();
    const token = await asked();
    await relayEvents();
    const before = await messages('in-house-asked');
    await confirmInHouse(token);
    await relayEvents();
    const told = await messages('in-house-asked');
    const said = async () => {
      const [id] = told.map(({ _id }) => String(_id));
      const message = id === undefined ? undefined : await claimMessage(id);
      return message && contentFor(message, sender);
    };

    expect(before).to.deep.equal([]);
    expect(told.map(({ to }) => to.personId)).to.have.members([coordinator.person.id, second.person.id]);
    expect(await said()).to.nested.include({ kind: 'in-house-asked', 'facts.groupSize': 14 });
    await withdrawInHouse(token);
    const restore = setClock(() => new Date(Date.now() + 3_600_000));
    expect(await said()).to.include({ state: 'withdrawn' });
    restore();
  });

  it('is seen by nobody before its address was confirmed, and then by its provider alone', async () => {
    await aProvider({ id: 'kargah' });
    const foreign = await aCoordinator({ provider: 'kargah' });
    const token = await asked();
    const before = await inHouseRequests(coordinator.actor);
    await confirmInHouse(token);
    await confirmInHouse(token);

    expect(before).to.deep.equal([]);
    expect(await messages('in-house-confirm')).to.have.lengthOf(1);
    expect((await inHouseRequests(coordinator.actor)).map(({ topic, status }) => [topic, status])).to.deep.equal([
      [wish.topic, 'asked'],
    ]);
    expect(await inHouseRequests(foreign.actor)).to.deep.equal([]);
  });

  it('is deleted by itself when nobody confirms it, and kept when somebody does', async () => {
    const token = await asked();
    const before = await inHouseOfHolder(token);
    await confirmInHouse(token);
    const after = await inHouseOfHolder(token);

    expect(before.expiresAt?.getTime()).to.be.closeTo(Date.now() + 3 * 86_400_000, 60_000);
    expect(after.expiresAt).to.equal(undefined);
  });

  it('becomes a closed run, of which the institution hears when it is published, once', async () => {
    const { id, token } = await confirmed();
    const run = await aDraft({ seminarId, access: 'closed' });
    await planInHouse(coordinator.actor, { id, runId: run.id });
    await relayEvents();
    const before = await messages('in-house-planned');
    await publishRun(coordinator.actor, run.id);
    await relayEvents();
    await relayEvents();

    expect(before).to.have.lengthOf(0);
    expect(await messages('in-house-planned')).to.have.lengthOf(1);
    expect((await inHouseOfHolder(token)).run?.id).to.equal(run.id);
  });

  it('is declined with a reason that can be read, and settled once', async () => {
    const { id, token } = await confirmed();
    await declineInHouse(coordinator.actor, { id, reason: 'Alle sind ausgebucht.' });
    const again = await declineInHouse(coordinator.actor, { id, reason: 'Noch einmal.' }).catch(
      (error: unknown) => error,
    );
    const withdrawn = await withdrawInHouse(token).catch((error: unknown) => error);

    expect((await inHouseOfHolder(token)).states.at(-1)).to.deep.include({
      status: 'declined',
      reason: 'Alle sind ausgebucht.',
    });
    expect(await messages('in-house-declined')).to.have.lengthOf(1);
    expect([again, withdrawn].map((error) => (error as { code: string }).code)).to.deep.equal([
      'settled-already',
      'settled-already',
    ]);
  });

  it('is settled by one of two coordinators who press at the same moment', async () => {
    const { id } = await confirmed();
    const outcomes = await Promise.allSettled(
      ['Eins', 'Zwei'].map((reason) => declineInHouse(coordinator.actor, { id, reason })),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1);
    expect(await messages('in-house-declined')).to.have.lengthOf(1);
  });

  it('can be taken back as long as it is open', async () => {
    const { id, token } = await confirmed();
    await withdrawInHouse(token);
    const run = await aDraft({ seminarId, access: 'closed' });

    expect(
      await planInHouse(coordinator.actor, { id, runId: run.id }).catch((error: unknown) => error),
    ).to.have.property('code', 'settled-already');
  });

  it('takes no run that is open to everybody, and none of another provider', async () => {
    const { id } = await confirmed();
    await aProvider({ id: 'kargah' });
    const open = await aDraft({ seminarId });
    const foreign = await aDraft({ seminarId: await aSeminar({ provider: 'kargah' }), access: 'closed' });
    const codes = await Promise.all(
      [open.id, foreign.id].map((runId) =>
        planInHouse(coordinator.actor, { id, runId }).then(
          () => 'done',
          (error: { code: string }) => error.code,
        ),
      ),
    );

    expect(codes).to.deep.equal(['run-not-closed', 'not-found']);
  });

  it('takes five requests a day from one address', async () => {
    for (let count = 0; count < 5; count += 1) await askInHouse({ ...wish, seminar: seminarId });

    expect(await askInHouse({ ...wish, seminar: seminarId }).catch((error: unknown) => error)).to.have.property(
      'code',
      'asked-too-often',
    );
    expect(await messages('in-house-confirm')).to.have.lengthOf(5);
  });

  it('finds nothing for whoever may not: another provider, an unconfirmed one, a wrong link', async () => {
    await aProvider({ id: 'kargah' });
    const { actor } = await aCoordinator({ provider: 'kargah' });
    const { id, token } = await confirmed();
    const unconfirmed = (await inHouseOfHolder(await asked())).id;
    const attempts = [
      inHouseToPlan(actor, id),
      inHouseToPlan(systemActor, unconfirmed),
      inHouseOfHolder(linkToken('interest', id, 1)),
      inHouseOfHolder(`${token.slice(0, -1)}_`),
      askInHouse({ ...wish, seminar: 'f'.repeat(24) }),
      askInHouse({ ...wish, provider: 'nobody' }),
    ];
    const codes = await Promise.all(
      attempts.map((attempt) =>
        attempt.then(
          () => 'found',
          (error: { code: string }) => error.code,
        ),
      ),
    );

    expect(codes).to.deep.equal(Array(6).fill('not-found'));
  });

  it('keeps name and address with the request, and nowhere else', async () => {
    await confirmed();
    const found: string[] = [];
    for (const collection of (await mongoose.connection.db?.collections()) ?? [])
      if (/zyklame/i.test(JSON.stringify(await collection.find().toArray()))) found.push(collection.collectionName);

    expect(found).to.deep.equal(['inHouseRequests']);
  });
});
