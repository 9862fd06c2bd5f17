import { expect } from 'chai';
import { seeEveryPageOfPlanning } from './every-planning-page.ts';
import { freshDatabase } from '../support/hooks.ts';
import { bookWaitMoveUpAndCancel } from './book-and-wait.ts';
import { bookForASchool, seeEveryPageOfAnInstitution } from './institution.ts';
import { bookWithTheKeyboard } from './by-keyboard.ts';
import { bookTwoOfFourModules, mergeTwoRuns } from './modules-and-merging.ts';
import { acceptToTeachByLink, dragASession, meetAConflictAndSolveIt, planACourseByRule } from './planning.ts';
import { bookSixPlacesAndNameThem, seeEveryPageOfABooking, waitAsAGroup } from './names-and-groups.ts';
import { planPublishSteerAndCancel } from './plan-and-publish.ts';
import { openTown, type Town } from './town.ts';

describe('Journeys through real processes, in a real browser', function () {
  this.timeout(400_000);
  let town: Town;
  before(async () => {
    await freshDatabase();
    town = await openTown();
  });
  after(() => town?.close());
  beforeEach(freshDatabase);

  for (const scripting of [true, false])
    describe(scripting ? 'with JavaScript' : 'without JavaScript', () => {
      it('books the last place, waits, cancels by the link in the mail, moves up and takes the calendar', () =>
        bookWaitMoveUpAndCancel(town, scripting));

      it('plans a course, publishes it, raises its capacity, moves a session, shows it to its trainer and cancels it', () =>
        planPublishSteerAndCancel(town, scripting));

      it('books two of four modules on a phone, gives one up and adds another', () =>
        bookTwoOfFourModules(town, scripting));

      it('decides about a run below its minimum: merges it into another, and its people get new dates', () =>
        mergeTwoRuns(town, scripting));

      it('plans a course of four modules by rule, around a public holiday', () => planACourseByRule(town, scripting));

      it('meets a room that is taken, plans it all the same for a reason, and solves it with a room that is free', () =>
        meetAConflictAndSolveIt(town, scripting));

      it('accepts to teach by the link in the mail, on a phone', () => acceptToTeachByLink(town, scripting));

      it('books for a school as its secretary, takes a booking in by its link, and invites a deputy', () =>
        bookForASchool(town, scripting));

      it('books six places for a school, names them by list and by link, swaps one person and transfers two', () =>
        bookSixPlacesAndNameThem(town, scripting));

      it('books with the keyboard alone', () => bookWithTheKeyboard(town, scripting));
    });

  it('drags a session in the calendar, and sees who would be told before it is moved', () => dragASession(town));

  for (const order of ['strict', 'fill', 'split'] as const)
    it(`waits as a group of five where the run says ${order}, and sits in the end`, () => waitAsAGroup(town, order));

  for (const language of ['de', 'en'] as const)
    it(`finds every page of a booking usable by everybody, in ${language}`, () =>
      seeEveryPageOfABooking(town, language)).timeout(900_000);

  for (const language of ['de', 'en'] as const)
    it(`finds every page of an institution usable by everybody, in ${language}`, () =>
      seeEveryPageOfAnInstitution(town, language)).timeout(900_000);

  for (const language of ['de', 'en'] as const)
    it(`finds every page of planning usable by everybody, in ${language}`, () =>
      seeEveryPageOfPlanning(town, language)).timeout(900_000);

  it('stops at a page that is too wide, that somebody could not use, or that asks a stranger', async () => {
    const tab = await town.visitor(true);
    const body = '<html lang="de"><h1>x</h1><img src="http://stranger.invalid/x.png"><p style="width:400px">x';
    await tab.page.route('**/imprint', (route) => route.fulfill({ body, contentType: 'text/html' }));

    const refusal = await tab.open('/imprint').catch(String);

    expect(refusal)
      .to.include('It asked a stranger: http://stranger.invalid/x.png')
      .and.include('At 360 pixels it is')
      .and.match(/axe at 1280 pixels: image-alt/);
  });
});
