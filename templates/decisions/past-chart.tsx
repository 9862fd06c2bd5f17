import type { PastRun } from '../../server/modules/booking/index.ts';
import { usePage } from '../page.ts';

const [height, step, bar] = [48, 28, 18];

/** How many had booked the latest runs, as bars; said in words for whoever does not see them. The table has the same. */
export function PastChart({ past }: { past: readonly PastRun[] }) {
  const { t } = usePage();
  const runs = past.toReversed();
  const most = Math.max(1, ...runs.map(({ held, minimum }) => Math.max(held, minimum)));
  const scaled = (places: number) => Math.round((places / most) * (height - 4));
  return (
    <svg
      class="past-chart"
      role="img"
      width={runs.length * step}
      height={height}
      viewBox={`0 0 ${runs.length * step} ${height}`}
      aria-label={t('decisions.chart', { values: runs.map(({ held }) => held).join(', ') })}
    >
      {runs.map(({ held, minimum }, index) => (
        <g key={index}>
          <rect
            class="past-chart__bar"
            x={index * step + (step - bar) / 2}
            y={height - scaled(held)}
            width={bar}
            height={scaled(held)}
          />
          {minimum > 0 && (
            <line
              class="past-chart__minimum"
              x1={index * step}
              x2={(index + 1) * step}
              y1={height - scaled(minimum)}
              y2={height - scaled(minimum)}
            />
          )}
        </g>
      ))}
    </svg>
  );
}
