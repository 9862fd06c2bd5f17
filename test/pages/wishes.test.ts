import { expect } from 'chai';
import { cancelBooking, type BookPlacesOutcome } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aRun, aSeminar, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';

const me = { 'Vor- und Nachname': 'Amsel Beispiel', 'E-Mail-Adresse': 'amsel@example.org' };

describe('wishing for several runs on the page', () => {
  beforeEach(freshDatabase);

  /** Two runs of a seminar with one place each, which somebody has. */
  const twoFullRuns = async () => {
    const seminarId = await aSeminar();
    const runs: { id: string; sitting: BookPlacesOutcome }[] = [];
    for (const inDays of [14, 28]) {
      const { id } = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays })] });
      runs.push({ id, sitting: await aBooking({ runId: id }) });
    }
    return { first: runs[0]!, second: runs[1]! };
  };

  it('says both positions and the rule, and afterwards which of them came true', async () => {
    const { first, second } = await twoFullRuns();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${first.id}/bookings/new`);

    const waiting = await visitor.submit(form, 'Auf die Warteliste setzen', { ...me, '2. Wunsch': second.id });
    await cancelBooking(systemActor, { bookingId: second.sitting.id });
    const ended = await visitor.open(waiting.path);

    expect(waiting.says).to.contain('Ihre Wünsche, in Ihrer Reihenfolge').and.contain('wartet, Stelle 1');
    expect(waiting.says).to.contain('Was zuerst frei wird, bekommen Sie.');
    expect(ended.says).to.contain('Ein anderer Ihrer Wünsche ist wahr geworden').and.contain('bestätigt');
  });

  it('is not asked where there is room', async () => {
    const { first } = await twoFullRuns();
    await cancelBooking(systemActor, { bookingId: first.sitting.id });

    const form = await new Visitor().open(`/runs/${first.id}/bookings/new`);

    expect(form.says).to.not.contain('Auch in einem anderen Durchgang?');
  });
});
