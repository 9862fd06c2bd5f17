import { expect } from 'chai';
import {
  bookPlaces,
  changeCapacity,
  countGuess,
  guestWith,
  listRuns,
  otherRuns,
  runDetails,
  setAdmission,
  tokenOfClosedRun,
  type AdmissionInput,
} from '../../../server/modules/booking/index.ts';
import { isAdmitted } from '../../../server/modules/booking/admission.rules.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { now, setClock } from '../../../server/platform/clock.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun, aSeminar } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const nobody = { institutions: [], codes: [], domains: [] };

async function aRestrictedRun(wanted: Partial<AdmissionInput> = {}): Promise<string> {
  const { id: runId } = await aRun({ capacity: 3 });
  await setAdmission(systemActor, { runId, listed: true, ...wanted });
  return runId;
}

describe('isAdmitted', () => {
  it('knows a domain and what is below it, and nothing that only looks alike', () => {
    const admission = { ...nobody, domains: ['schule.example.org'] };
    const from = (address: string) => isAdmitted(admission, { organisation: 'x', address });

    expect(['a@schule.example.org', 'a@nord.schule.example.org'].map(from)).to.deep.equal([true, true]);
    const others = [
      'a@example.org',
      'a@evilschule.example.org',
      'schule.example.org@example.com',
      'a@schule.example.org.example.com',
    ];
    expect(others.map(from)).to.deep.equal([false, false, false, false]);
  });

  it('knows a code however it is written, and no empty one', () => {
    const admission = { ...nobody, codes: ['Herbst-2026'] };
    const written = (code: string | undefined) =>
      isAdmitted(admission, { organisation: 'x', address: 'a@b.example', code });

    expect(['herbst 2026', 'HERBST-2026', 'Herbst2026'].map(written)).to.deep.equal([true, true, true]);
    expect(['Herbst-2027', '', undefined].map(written)).to.deep.equal([false, false, false]);
  });
});

describe('a run that is not for everybody', () => {
  beforeEach(freshDatabase);
  afterEach(() => void setClock(() => new Date()));

  it('is booked by institution, by code, or by the domain of the address; one is enough', async () => {
    const runId = await aRestrictedRun({
      institutions: ['Nordschule'],
      codes: ['HERBST26'],
      domains: ['schule.example.org'],
    });
    const teacher = { name: 'Lena Beispiel', email: 'lena@nord.schule.example.org' };

    const statuses = [
      (await aBooking({ runId, institution: 'nordschule' })).status,
      (await aBooking({ runId, code: 'herbst 26' })).status,
      (await aBooking({ runId, booker: teacher })).status,
    ];

    expect(statuses).to.deep.equal(['confirmed', 'confirmed', 'confirmed']);
    expect(await refusalOf(aBooking({ runId }))).to.equal('not-admitted');
    expect(await refusalOf(aBooking({ runId, institution: 'Südschule', code: 'FALSCH1' }))).to.equal('not-admitted');
  });

  it('lets nobody else onto its waiting list either', async () => {
    const runId = await aRestrictedRun({ codes: ['HERBST26'] });
    await changeCapacity(systemActor, { runId, capacity: 1 });
    await aBooking({ runId, code: 'HERBST26' });

    expect(await refusalOf(aBooking({ runId }))).to.equal('not-admitted');
    expect((await aBooking({ runId, code: 'HERBST26' })).status).to.equal('waiting');
  });

  it('is listed and locked, but no alternative to others', async () => {
    const seminarId = await aSeminar();
    const [{ id: runId }, { id: other }] = [await aRun({ seminarId }), await aRun({ seminarId })];
    await setAdmission(systemActor, { runId, listed: true, codes: ['HERBST26'] });

    const listed = (await listRuns({})).items.map(({ run }) => run.id);
    const { run } = await runDetails(anyone, other);

    expect(listed.toSorted()).to.deep.equal([runId, other].toSorted());
    expect(await otherRuns(run)).to.deep.equal([]);
  });

  it('is as if it were not there where it is not listed, for all who have neither link nor code', async () => {
    const runId = await aRestrictedRun({ listed: false, codes: ['HERBST26'] });
    const { run } = await runDetails(systemActor, runId);
    const guest = await guestWith(tokenOfClosedRun(run));
    const asked = (code?: string) => bookPlaces(anyone, { runId, booker: aPerson(), ...(code && { code }) });

    expect((await listRuns({})).items).to.deep.equal([]);
    expect(await refusalOf(runDetails(anyone, runId))).to.equal('not-found');
    expect(await refusalOf(asked())).to.equal('not-found');
    expect(await refusalOf(asked('FALSCH1'))).to.equal('not-found');
    expect((await asked('HERBST26')).status).to.equal('confirmed');
    expect(await refusalOf(bookPlaces(guest, { runId, booker: aPerson() }))).to.equal('not-admitted');
  });

  it('takes nothing from whoever has booked, and is open to all again when nothing is asked for', async () => {
    const { id: runId } = await aRun({ capacity: 3 });
    const early = await aBooking({ runId });
    await setAdmission(systemActor, { runId, listed: true, domains: ['schule.example.org'] });
    await setAdmission(systemActor, { runId, listed: true });

    expect(early.status).to.equal('confirmed');
    expect((await aBooking({ runId })).status).to.equal('confirmed');
  });

  it('is booked by its coordinators without a code', async () => {
    const runId = await aRestrictedRun({ codes: ['HERBST26'] });

    expect((await bookPlaces(systemActor, { runId, booker: aPerson() })).status).to.equal('confirmed');
    expect(await refusalOf(setAdmission(anyone, { runId, listed: true }))).to.equal('not-found');
  });

  it('does not let its code be guessed: after twenty wrong ones from one place nothing more is looked at', async () => {
    const runId = await aRestrictedRun({ listed: false, codes: ['HERBST26'] });
    const guess = (code: string, of = runId, from = '192.0.2.7') => countGuess({ runId: of, code, from });

    for (let turn = 0; turn < 20; turn += 1) await guess(`FALSCH${turn}`, turn % 2 === 0 ? runId : 'f'.repeat(24));

    expect(await refusalOf(guess('HERBST26'))).to.equal('too-many-guesses');
    expect(await refusalOf(guess('HERBST26', 'f'.repeat(24)))).to.equal('too-many-guesses');
    await guess('HERBST26', runId, '192.0.2.8');
    const later = new Date(now().getTime() + 3_600_001);
    setClock(() => later);
    await guess('HERBST26');
  });

  it('counts no code that is right', async () => {
    const runId = await aRestrictedRun({ codes: ['HERBST26'] });

    for (let turn = 0; turn < 25; turn += 1) await countGuess({ runId, code: 'herbst 26', from: '192.0.2.9' });
    await Promise.all(
      Array.from({ length: 10 }, (_, turn) => countGuess({ runId, code: `FALSCH${turn}`, from: '192.0.2.9' })),
    );
    await countGuess({ runId, code: 'HERBST26', from: '192.0.2.9' });
  });
});
