import { afterExpiries, afterLapses, promotions, queueOrders } from '../../server/modules/scheduling/index.ts';
import { Fieldset, SelectField, TextField } from '../components/fields.tsx';
import { errorsOf, type FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { queueFields } from './queue-labels.ts';

/** The same folded away where a run is planned: most runs leave it as it is. Open where something in it is to be mended. */
export function FoldedQueueFields({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <details class="kern-accordion" open={queueFields.some((field) => errorsOf(form, field).length > 0)}>
      <summary class="kern-accordion__header">
        <span class="kern-title">{t('queue.settings-folded')}</span>
      </summary>
      <div class="kern-accordion__body">
        <QueueFields form={form} />
      </div>
    </details>
  );
}

/** How a run passes on places that become free, each choice in plain words. */
export function QueueFields({ form }: { form: FormState }) {
  const { t } = usePage();
  return (
    <Fieldset legend={t('queue.settings')} hint={t('queue.settings-lead')}>
      <SelectField
        form={form}
        name="order"
        label={t('queue.order')}
        hint={t('queue.order-hint')}
        options={queueOrders.map((value) => ({ value, label: t(`queue.order-${value}`) }))}
      />
      <TextField
        form={form}
        name="maxPasses"
        label={t('queue.max-passes')}
        hint={t('queue.max-passes-hint')}
        inputMode="numeric"
        width="short"
      />
      <SelectField
        form={form}
        name="promotion"
        label={t('queue.promotion')}
        options={promotions.map((value) => ({ value, label: t(`queue.promotion-${value}`) }))}
      />
      <TextField
        form={form}
        name="offerHours"
        label={t('queue.offer-hours')}
        hint={t('queue.offer-hours-hint')}
        inputMode="numeric"
        width="short"
      />
      <SelectField
        form={form}
        name="afterLapse"
        label={t('queue.after-lapse')}
        options={afterLapses.map((value) => ({ value, label: t(`queue.after-lapse-${value}`) }))}
      />
      <TextField
        form={form}
        name="cutOffHours"
        label={t('desk.cut-off-hours')}
        hint={t('desk.cut-off-hours-hint')}
        inputMode="numeric"
        width="short"
      />
      <TextField
        form={form}
        name="approvalHours"
        label={t('approval.hours')}
        hint={t('approval.hours-hint')}
        inputMode="numeric"
        width="short"
      />
      <SelectField
        form={form}
        name="afterExpiry"
        label={t('approval.after-expiry')}
        options={afterExpiries.map((value) => ({ value, label: t(`approval.after-expiry-${value}`) }))}
      />
    </Fieldset>
  );
}
