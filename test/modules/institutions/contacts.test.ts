import { expect } from 'chai';
import { bookPlaces } from '../../../server/modules/booking/index.ts';
import { actorOfPerson } from '../../../server/modules/auth/index.ts';
import {
  changeContact,
  inviteContact,
  removeContact,
  workspaceOf,
} from '../../../server/modules/institutions/index.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { contactsOf, personById } from '../../../server/modules/people/index.ts';
import { aContact, aCoordinator, anInstitution, aPerson, aRun, aTrainer } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

describe('contacts of an institution', () => {
  beforeEach(freshDatabase);

  const refusalOf = (act: Promise<unknown>) =>
    act.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );
  const bookersOf = async (id: string) => (await contactsOf(id)).filter(({ rights }) => rights.includes('book'));

  it('are invited by a coordinator first; the first may book, whatever is ticked', async () => {
    const institutionId = await anInstitution();
    const { actor } = await aCoordinator();
    await inviteContact(actor, institutionId, { ...aPerson(), deputy: true });

    expect((await contactsOf(institutionId)).map(({ rights }) => rights)).to.deep.equal([['book', 'see']]);
  });

  it('are invited and changed by those who may book, and by no other contact', async () => {
    const booker = await aContact();
    const { institutionId } = booker;
    const onlooker = await aContact({ institutionId });
    const deputy = await aContact({ institutionId, deputy: true });

    expect(await refusalOf(inviteContact(onlooker.actor, institutionId, aPerson()))).to.equal('not-allowed');
    expect(await refusalOf(inviteContact(deputy.actor, institutionId, aPerson()))).to.equal('not-allowed');
    expect(await refusalOf(inviteContact(booker.actor, institutionId, aPerson()))).to.equal('done');
    expect(
      await refusalOf(changeContact(booker.actor, { institutionId, personId: onlooker.person.id }, { book: true })),
    ).to.equal('done');
    expect(await bookersOf(institutionId)).to.have.lengthOf(2);
  });

  it('of another institution do not even learn that this one is there', async () => {
    const { institutionId } = await aContact();
    const stranger = await aContact();
    const nowhere = '0123456789abcdef01234567';

    for (const id of [institutionId, nowhere]) {
      expect(await refusalOf(inviteContact(stranger.actor, id, aPerson()))).to.equal('not-found');
      expect(await refusalOf(workspaceOf(stranger.actor, id))).to.equal('not-found');
    }
    expect(await refusalOf(workspaceOf((await aTrainer()).actor, institutionId))).to.equal('not-found');
  });

  it('keep what else they are, and the name by which others know them', async () => {
    const trainer = await aTrainer();
    const { actor, institutionId } = await aContact();
    const { email } = trainer.person;
    await inviteContact(actor, institutionId, { name: 'Wie die Schule sagt', email });
    const known = (await contactsOf(institutionId)).find((one) => one.email === email);
    await removeContact(actor, { institutionId, personId: trainer.person.id });

    expect(known?.name).to.equal('Wie die Schule sagt');
    expect((await personById(trainer.person.id))?.name).to.equal(trainer.person.name);
    expect((await personById(trainer.person.id))?.roles).to.deep.equal([{ kind: 'trainer' }]);
  });

  it('are there once, by their address', async () => {
    const { actor, institutionId, person } = await aContact();

    const again = inviteContact(actor, institutionId, { name: 'Anders', email: person.email.toUpperCase() });

    expect(await refusalOf(again)).to.equal('already-contact');
  });

  it('see nothing any more from the moment on that their access is taken away', async () => {
    const { actor, institutionId } = await aContact();
    const other = await aContact({ institutionId });
    await removeContact(actor, { institutionId, personId: other.person.id });

    const afterwards = await actorOfPerson(other.person.id);

    expect(await refusalOf(workspaceOf(afterwards ?? systemActor, institutionId))).to.equal('not-found');
  });

  it('always include one who may book: the last cannot be removed, nor lose the right', async () => {
    const { actor, institutionId, person } = await aContact();
    await aContact({ institutionId, deputy: true });
    const of = { institutionId, personId: person.id };

    expect(await refusalOf(removeContact(actor, of))).to.equal('last-booker');
    expect(await refusalOf(changeContact(actor, of, { deputy: true }))).to.equal('last-booker');
    expect(await refusalOf(removeContact(systemActor, of))).to.equal('last-booker');
    expect(await refusalOf(changeContact(actor, of, { book: true }))).to.equal('done');
  });

  it('always include one who may book, also when two remove each other at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = await aContact();
      const { institutionId } = one;
      const other = await aContact({ institutionId, book: true });

      const outcomes = await Promise.all([
        refusalOf(removeContact(one.actor, { institutionId, personId: other.person.id })),
        refusalOf(removeContact(other.actor, { institutionId, personId: one.person.id })),
      ]);

      expect(outcomes.map(String).toSorted()).to.deep.equal(['done', 'last-booker']);
      expect(await bookersOf(institutionId)).to.have.lengthOf(1);
    }
  });

  it('book for their own institution only, and only where they may', async () => {
    const { id: runId } = await aRun();
    const booker = await aContact();
    const onlooker = await aContact({ institutionId: booker.institutionId });
    const elsewhere = await anInstitution('Amt am Teich');
    const wish = { runId, booker: aPerson() };

    expect(await refusalOf(bookPlaces(onlooker.actor, { ...wish, institutionId: booker.institutionId }))).to.equal(
      'not-allowed',
    );
    expect(await refusalOf(bookPlaces(booker.actor, { ...wish, institutionId: elsewhere }))).to.equal('not-allowed');
    await bookPlaces(booker.actor, { ...wish, institutionId: booker.institutionId });
    expect((await workspaceOf(booker.actor, booker.institutionId)).coming).to.have.lengthOf(1);
  });
});
