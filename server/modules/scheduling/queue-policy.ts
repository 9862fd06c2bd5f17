import { z } from 'zod';

export const queueOrders = ['strict', 'fill', 'split'] as const;
export const promotions = ['confirm', 'offer'] as const;
export const afterLapses = ['end', 'out'] as const;
export const afterExpiries = ['out', 'end', 'confirm'] as const;

/**
 * How a run gives free places to those who wait. `strict`: the head of the queue waits for its places and blocks; `fill`:
 * a smaller booking may go ahead, but nobody is passed over more than `maxPasses` times; `split`: a group gets what is
 * free, and the rest of it keeps waiting. `offer`: places are held for `offerHours` of office time until they are
 * accepted; whoever lets that pass waits on at the `end` or is `out`.
 */
export type QueuePolicy = {
  order: (typeof queueOrders)[number];
  maxPasses?: number;
  promotion: (typeof promotions)[number];
  offerHours?: number;
  afterLapse?: (typeof afterLapses)[number];
  /** Nobody is promoted later than this many hours before the first session. */
  cutOffHours: number;
  /** How much office time a superior has to approve; whoever nobody answers for is `out`, at the `end`, or confirmed. */
  approvalHours?: number;
  afterExpiry?: (typeof afterExpiries)[number];
};

const number = (least: number, most: number) =>
  z.int({ error: 'whole-number' }).min(least, { error: 'whole-number' }).max(most, { error: 'too-large' });

export const longestCutOffHours = 24 * 60;

/** What can be said of it, each for itself; `cutOffHours`: before the first session. */
export const queuePolicyInput = z.strictObject({
  order: z.enum(queueOrders, { error: 'choose-one' }).optional(),
  maxPasses: number(0, 20).optional(),
  promotion: z.enum(promotions, { error: 'choose-one' }).optional(),
  offerHours: number(1, 200).optional(),
  afterLapse: z.enum(afterLapses, { error: 'choose-one' }).optional(),
  cutOffHours: number(0, longestCutOffHours).optional(),
  approvalHours: number(1, 400).optional(),
  afterExpiry: z.enum(afterExpiries, { error: 'choose-one' }).optional(),
});
type PolicySettings = z.infer<typeof queuePolicyInput>;

/** As a run has it that says nothing else. Two office days are long enough to answer, five to approve. */
export const usualPolicy = {
  order: 'strict',
  maxPasses: 3,
  promotion: 'confirm',
  offerHours: 20,
  afterLapse: 'end',
  cutOffHours: 0,
  approvalHours: 50,
  afterExpiry: 'out',
} as const;

/** The policy of a new run: what its order and promotion have no use for is left out. */
export function newPolicy(settings: PolicySettings): QueuePolicy {
  const { order, maxPasses, promotion, offerHours, afterLapse, cutOffHours } = { ...usualPolicy, ...said(settings) };
  return {
    order,
    ...(order === 'fill' && { maxPasses }),
    promotion,
    ...(promotion === 'offer' && { offerHours, afterLapse }),
    cutOffHours,
    ...(settings.approvalHours !== undefined && { approvalHours: settings.approvalHours }),
    ...(settings.afterExpiry !== undefined && { afterExpiry: settings.afterExpiry }),
  };
}

/** The policy after a change; nothing when none of it was changed. */
export function changedPolicy(before: QueuePolicy, settings: PolicySettings): QueuePolicy | undefined {
  const changes = said(settings);
  return Object.keys(changes).length === 0 ? undefined : newPolicy({ ...before, ...changes });
}

function said(settings: PolicySettings) {
  const { order, maxPasses, promotion, offerHours, afterLapse, cutOffHours, approvalHours, afterExpiry } = settings;
  return {
    ...(order !== undefined && { order }),
    ...(maxPasses !== undefined && { maxPasses }),
    ...(promotion !== undefined && { promotion }),
    ...(offerHours !== undefined && { offerHours }),
    ...(afterLapse !== undefined && { afterLapse }),
    ...(cutOffHours !== undefined && { cutOffHours }),
    ...(approvalHours !== undefined && { approvalHours }),
    ...(afterExpiry !== undefined && { afterExpiry }),
  };
}
