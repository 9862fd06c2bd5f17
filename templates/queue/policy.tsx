import { usualPolicy, type Run } from '../../server/modules/scheduling/index.ts';
import { momentOf } from '../dates.ts';
import { usePage } from '../page.ts';

/** How a run passes on places that become free, as list items in plain words. */
export function PolicyLines({ run }: { run: Run }) {
  const { t, language } = usePage();
  const { order, maxPasses = 0, promotion, offerHours = 0, afterLapse, cutOffHours } = run.policy;
  const { approvalHours, afterExpiry } = { ...usualPolicy, ...run.policy };
  const cutOff = new Date(run.startsAt.getTime() - cutOffHours * 3_600_000);
  const moment = momentOf(cutOff, run.timeZone, language);
  return (
    <>
      <li>{t(order === 'strict' ? 'public.policy-waiting' : 'queue.policy-waiting')}</li>
      {order === 'strict' && <li>{t('public.policy-group')}</li>}
      {order === 'fill' && <li>{t('queue.policy-fill', { passes: maxPasses })}</li>}
      {order === 'split' && <li>{t('queue.policy-split')}</li>}
      {run.perInstitution !== undefined && <li>{t('rights.limit-policy', { most: run.perInstitution })}</li>}
      <li>{t('rights.priority-policy')}</li>
      {promotion === 'offer' ? (
        <>
          <li>{t('queue.policy-offer', { hours: offerHours, moment })}</li>
          <li>{t(afterLapse === 'out' ? 'queue.policy-after-out' : 'queue.policy-after-end')}</li>
        </>
      ) : (
        <li>{t('public.policy-promotion', { moment })}</li>
      )}
      <li>
        {t('approval.policy', { hours: approvalHours })} {t(`approval.after-${afterExpiry}`)}
      </li>
    </>
  );
}
