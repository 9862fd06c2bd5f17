import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { fingerprintOf } from '../../platform/secrets.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { isOpenTo, restrictRun, runById, runToPlan, type Run } from '../scheduling/index.ts';
import type { AdmissionInput } from './admission.input.ts';
import { hasCode, isAdmitted } from './admission.rules.ts';
import { notAdmitted, runCancelled, tooManyGuesses } from './booking.errors.ts';
import { mayPlan } from './booking.policy.ts';
import { GuessModel } from './guess.model.ts';
import { inLaneOf } from './lane.ts';
import { organisationNamed, organisationOf, type Booked } from './organisations.ts';

const mostGuesses = 20;
const guessesCountForMs = 3_600_000;

/** Says who may book a run, and whether the catalogue shows it. Whoever booked before stays. @throws not-found, run-cancelled */
export async function setAdmission(
  actor: Actor,
  { runId, listed, ...wish }: AdmissionInput & { runId: string },
): Promise<void> {
  await runToPlan(actor, runId);
  const { institutions = [], codes = [], domains = [] } = wish;
  const named = new Map(institutions.map((name) => [organisationNamed(name), name]));
  const admission = { institutions: [...named].map(([key, name]) => ({ key, name })), codes, domains };
  const isForAll = institutions.length + codes.length + domains.length === 0;
  await inLaneOf(runId, async ({ run }) => {
    if (run.status === 'cancelled') throw runCancelled();
    await restrictRun(run, { listed, ...(!isForAll && { admission }) });
    const about = { runId, seminarId: run.seminarId, providerId: run.providerId };
    const facts = { listed, institutions: named.size, codes: codes.length, domains: domains.length };
    recordEvent(actor, { type: 'admission-set', about, facts });
    return () => undefined;
  });
}

/**
 * Whether somebody may book the run. Of one that the catalogue does not show, whoever has neither its link nor its code
 * learns nothing. @throws not-found, not-admitted
 */
export async function refuseUnlessAdmitted(actor: Actor, run: Run, asking: Booked & { code?: string }): Promise<void> {
  const { admission } = run;
  if (!isOpenTo(actor, run) && !(admission && hasCode(admission, asking.code))) throw notFound('run');
  if (!admission || mayPlan(actor, run)) return;
  const { organisation } = await organisationOf(asking);
  if (!isAdmitted(admission, { organisation, address: asking.booker.address, code: asking.code })) throw notAdmitted();
}

/**
 * Counts a code that does not open the run, by where it came from, whether there is such a run or not: nobody finds one
 * by trying. Outside any transaction, so that a refusal does not take the count back. @throws too-many-guesses
 */
export async function countGuess({ runId, code, from }: { runId: string; code?: string; from: string }): Promise<void> {
  if (code === undefined) return;
  const _id = fingerprintOf(`guess\n${from}`);
  const known = await GuessModel.findById(_id).lean();
  if (known && known.until > now() && known.count >= mostGuesses) throw tooManyGuesses();
  const run = await runById(runId);
  if (run?.admission && hasCode(run.admission, code)) return;
  await noteGuess(_id, known !== null && known.until <= now());
}

async function noteGuess(_id: string, isAnew: boolean): Promise<void> {
  const until = new Date(now().getTime() + guessesCountForMs);
  const first = { $inc: { count: 1 }, $setOnInsert: { until } };
  try {
    await GuessModel.updateOne({ _id }, isAnew ? { $set: { count: 1, until } } : first, { upsert: true });
  } catch (error) {
    // Two first guesses at the same moment: the other one made the row.
    if (!isDuplicateKey(error)) throw error;
    await GuessModel.updateOne({ _id }, { $inc: { count: 1 } });
  }
}

function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11_000;
}
