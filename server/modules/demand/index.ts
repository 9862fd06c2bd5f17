/**
 * Demand: what people ask for before there is a date. Interest in a seminar, and seminars for an institution's own people.
 *
 * Promises: those who asked come before everybody else, in their order; nothing is shown before an address was confirmed;
 * everybody who asked is told what came of it.
 */
export { noteInterest, confirmInterest, interestOfHolder, interestToTell } from './interests.ts';
export type { Interest } from './interests.ts';
export {
  collectInterest,
  giveDates,
  closeInterestList,
  openListOf,
  seminarsWithoutDate,
  interestLists,
  interestListToPlan,
} from './interest-lists.ts';
export type { InterestList } from './interest-lists.ts';
export { answerInterest, acceptInvitation, withdrawInterest, openAnsweredRuns } from './answer-interest.ts';
export {
  askInHouse,
  confirmInHouse,
  withdrawInHouse,
  declineInHouse,
  planInHouse,
  tellPlannedInHouse,
  inHouseOfHolder,
  inHouseToTell,
  inHouseRequests,
  inHouseToPlan,
} from './in-house.ts';
export type { InHouseRequest } from './in-house.ts';
export type { InterestInput } from './demand.input.ts';
export { interestInput, inHouseInput, interestListInput, declineInput } from './demand.input.ts';
export { answers } from './interest.model.ts';
