import type { RunDetails } from '../../server/modules/booking/index.ts';
import { usePage } from '../page.ts';

/** The figures of a run, as sentences fill them in. */
export function figuresOf({ run, places }: RunDetails) {
  const { capacity, held, waiting } = places;
  return {
    capacity,
    held,
    free: Math.max(0, capacity - held),
    over: Math.max(0, held - capacity),
    waiting,
    minimum: run.minimum ?? 0,
  };
}

/** The same at a glance. */
export function Figures({ details }: { details: RunDetails }) {
  const { t } = usePage();
  const values = figuresOf(details);
  const shown = [
    ['capacity', values.capacity],
    ['held', values.held],
    values.over > 0 ? (['over', values.over] as const) : (['free', values.free] as const),
    ['waiting', values.waiting],
    ...(values.minimum > 0 ? ([['minimum', values.minimum]] as const) : []),
  ] as const;
  return (
    <dl class="figures">
      {shown.map(([name, value]) => (
        <div key={name} class={`figures__one figures__one--${name}`}>
          <dt>{t(`desk.figure-${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
