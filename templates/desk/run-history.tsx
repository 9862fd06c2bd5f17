import { Section } from '../components/display.tsx';
import { formatted } from '../dates.ts';
import { usePage } from '../page.ts';
import type { TextKey } from '../texts/texts.ts';

/** One thing that happened, ready to be told: instants in its values are already written out. */
export type Happening = {
  id: string;
  at: Date;
  text: TextKey;
  values: Record<string, string | number>;
  by: { text: TextKey; name: string };
};

const shownAtOnce = 8;

/** What happened in a run, the latest first: when, what, who. */
export function RunHistory({ history, timeZone }: { history: readonly Happening[]; timeZone: string }) {
  const { t } = usePage();
  const latest = history.toReversed();
  const [first, rest] = [latest.slice(0, shownAtOnce), latest.slice(shownAtOnce)];
  return (
    <Section id="history" title={t('desk.history')}>
      <Lines happenings={first} timeZone={timeZone} />
      {rest.length > 0 && (
        <details class="kern-accordion">
          <summary class="kern-accordion__header">
            <span class="kern-title">{t('desk.history-more', { count: rest.length })}</span>
          </summary>
          <div class="kern-accordion__body">
            <Lines happenings={rest} timeZone={timeZone} />
          </div>
        </details>
      )}
    </Section>
  );
}

function Lines({ happenings, timeZone }: { happenings: readonly Happening[]; timeZone: string }) {
  const { t, language } = usePage();
  return (
    <ol class="history">
      {happenings.map(({ id, at, text, values, by }) => (
        <li key={id} class="history__line">
          <time class="history__when" datetime={at.toISOString()}>
            {formatted('shortDay', at, timeZone, language)}, {formatted('time', at, timeZone, language)}
          </time>
          <span class="history__what">
            {t(text, values)} <span class="muted">· {t(by.text, { name: by.name })}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
