import type { RunListing } from '../../server/modules/booking/index.ts';
import { usePage } from '../page.ts';

/** Something about a run that a coordinator should look at, the most urgent first. */
export type Attention = {
  kind: 'over-full' | 'draft-late' | 'below-minimum' | 'free-after-cut-off' | 'free-but-waiting' | 'draft';
  tone: 'danger' | 'warning' | 'info';
  count: number;
  other: number;
};

const dayInMilliseconds = 86_400_000;
/** From when on too few bookings call for a decision, and a draft for its publication. */
const minimumDays = 21;
const draftDays = 28;

/** What about a run needs a coordinator at this moment. */
export function attentionOf({ run, places }: RunListing, now: Date): Attention[] {
  if (run.endsAt <= now || run.status === 'cancelled') return [];
  const days = (run.startsAt.getTime() - now.getTime()) / dayInMilliseconds;
  const free = freest(places);
  const isDraft = run.status === 'draft';
  const found: (Attention | false)[] = [
    free < 0 && { kind: 'over-full', tone: 'danger', count: -free, other: places.waiting },
    isDraft &&
      days < draftDays && { kind: 'draft-late', tone: 'warning', count: Math.max(0, Math.floor(days)), other: 0 },
    !isDraft &&
      days > 0 &&
      days < minimumDays &&
      places.held < (run.minimum ?? 0) && {
        kind: 'below-minimum',
        tone: 'warning',
        count: (run.minimum ?? 0) - places.held,
        other: run.minimum ?? 0,
      },
    !isDraft &&
      isAfterCutOff(run, now) &&
      free > 0 &&
      places.waiting > 0 && { kind: 'free-after-cut-off', tone: 'warning', count: free, other: places.waiting },
    !isDraft &&
      !isAfterCutOff(run, now) &&
      free > 0 &&
      !places.modules &&
      places.waiting > 0 && { kind: 'free-but-waiting', tone: 'info', count: free, other: places.waiting },
    isDraft && days >= draftDays && { kind: 'draft', tone: 'info', count: 0, other: 0 },
  ];
  return found.filter((one) => one !== false);
}

/** So short before the start nobody moves up any more by themselves. */
function isAfterCutOff({ startsAt, policy }: RunListing['run'], now: Date): boolean {
  const cutOffAt = startsAt.getTime() - policy.cutOffHours * 3_600_000;
  return policy.cutOffHours > 0 && now.getTime() >= cutOffAt && now < startsAt;
}

/** Free places; below zero where any module has more held than there are. */
function freest({ modules, ...whole }: RunListing['places']): number {
  const free = (modules ?? [whole]).map(({ capacity, held }) => capacity - held);
  return Math.min(...free) < 0 ? Math.min(...free) : Math.max(...free);
}

/** The same in a sentence. */
export function AttentionText({ attention }: { attention: Attention }) {
  const { t } = usePage();
  return <>{t(`desk.attention-${attention.kind}`, { count: attention.count, other: attention.other })}</>;
}
