import type { TextKey } from '../texts/texts.ts';

/** What the fields of a run's queue are called: wherever a form shows them, it shows all of them. */
export const queueLabels = {
  order: 'queue.order',
  maxPasses: 'queue.max-passes',
  promotion: 'queue.promotion',
  offerHours: 'queue.offer-hours',
  afterLapse: 'queue.after-lapse',
  cutOffHours: 'desk.cut-off-hours',
  approvalHours: 'approval.hours',
  afterExpiry: 'approval.after-expiry',
} as const satisfies Record<string, TextKey>;

/** Their names. */
export const queueFields: readonly string[] = Object.keys(queueLabels);
