import type { RunListing } from '../../server/modules/booking/index.ts';
import { SelectField } from '../components/fields.tsx';
import { dayOf, timeSpan } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import type { Translate } from '../texts/texts.ts';

const mostShown = 3;

/** Where a run is full: in which other runs of the seminar somebody would wait as well, in which order. */
export function FurtherRuns({ beside, form }: { beside: readonly RunListing[]; form: FormState }) {
  const { t, language } = usePage();
  if (beside.length === 0) return null;
  const options = beside.map(({ run, places }) => ({
    value: run.id,
    label: t(places.left > 0 ? 'queue.further-free' : 'queue.further-full', {
      day: dayOf(run.startsAt, run.timeZone, language),
      time: timeSpan(run, language),
      left: places.left,
      waiting: places.waiting,
    }),
  }));
  const typed = Object.entries(form.values).some(([name, value]) => name.startsWith('alternatives[') && value !== '');
  const isWrong = form.errors.some(({ field = '' }) => field.startsWith('alternatives'));
  return (
    <details class="kern-accordion" open={typed || isWrong}>
      <summary class="kern-accordion__header">
        <span class="kern-title">{t('queue.further')}</span>
      </summary>
      <div class="kern-accordion__body">
        <p class="kern-body">{t('queue.further-hint')}</p>
        <div class="kern-fieldset__body">
          {Array.from({ length: Math.min(mostShown, beside.length) }, (_, index) => (
            <SelectField
              key={index}
              form={form}
              name={`alternatives[${index}]`}
              label={t('queue.further-number', { number: index + 2 })}
              options={options}
              anyLabel={t('queue.further-none')}
              optional="unsaid"
            />
          ))}
        </div>
      </div>
    </details>
  );
}

/** What the field of a further run is called, where a mistake in it is named. */
export function labelOfFurtherRun(field: string, t: Translate): string | undefined {
  const [, index] = /^alternatives\[(\d+)\]$/.exec(field) ?? [];
  return index === undefined ? undefined : t('queue.further-number', { number: Number(index) + 2 });
}
