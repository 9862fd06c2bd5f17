import { Section } from '../components/display.tsx';
import { formatted } from '../dates.ts';
import { usePage } from '../page.ts';
import { deskPaths } from './paths.ts';
import type { TextKey } from '../texts/texts.ts';

/** One thing that happened, ready to be told: instants in its values are already written out. */
export type Happening = {
  id: string;
  at: Date;
  text: TextKey;
  values: Record<string, string | number>;
  by: { text: TextKey; name: string };
  /** The act of planning that it belongs to: what was sent can be looked up. */
  changeId?: string;
};

const shownAtOnce = 8;

/** What happened in a run, the latest first: when, what, who. */
export function RunHistory(props: { history: readonly Happening[]; timeZone: string; runId?: string }) {
  const { history, timeZone, runId } = props;
  const { t } = usePage();
  const latest = history.toReversed();
  const [first, rest] = [latest.slice(0, shownAtOnce), latest.slice(shownAtOnce)];
  return (
    <Section id="history" title={t('desk.history')}>
      <HistoryLines happenings={first} timeZone={timeZone} runId={runId} />
      {rest.length > 0 && (
        <details class="kern-accordion">
          <summary class="kern-accordion__header">
            <span class="kern-title">{t('desk.history-more', { count: rest.length })}</span>
          </summary>
          <div class="kern-accordion__body">
            <HistoryLines happenings={rest} timeZone={timeZone} runId={runId} />
          </div>
        </details>
      )}
    </Section>
  );
}

type LinesProps = { happenings: readonly Happening[]; timeZone: string; runId?: string | undefined };

/** Things that happened, one under the other. */
export function HistoryLines({ happenings, timeZone, runId }: LinesProps) {
  const { t, language } = usePage();
  return (
    <ol class="history">
      {happenings.map(({ id, at, text, values, by, changeId }) => (
        <li key={id} class="history__line">
          <time class="history__when" datetime={at.toISOString()}>
            {formatted('shortDay', at, timeZone, language)}, {formatted('time', at, timeZone, language)}
          </time>
          <span class="history__what">
            {t(text, values)} <span class="muted">· {t(by.text, { name: by.name })}</span>
            {runId && changeId && (
              <>
                {' · '}
                <a
                  class="kern-link kern-link--small kern-link--no-visited-state"
                  href={deskPaths.change(runId, changeId)}
                >
                  {t('changes.what-was-sent')}
                </a>
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
