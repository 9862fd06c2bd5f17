import type { PastRun, RunToDecide } from '../../server/modules/booking/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { ButtonLink, Form, SubmitButton } from '../components/form.tsx';
import { formatted } from '../dates.ts';
import { DeskLayout, DeskTabs } from '../desk/frame.tsx';
import { deskPaths } from '../desk/paths.ts';
import { whenShort } from '../desk/run-table.tsx';
import { usePage } from '../page.ts';
import { PastChart } from './past-chart.tsx';
import { decisionPaths } from './paths.ts';

export type DecisionsView = { runs: readonly RunToDecide[]; justHeld: boolean };

/** Runs below their minimum whose day has come, each with its figures and the three ways to decide. */
export function Decisions({ runs, justHeld }: DecisionsView) {
  const { t } = usePage();
  return (
    <DeskLayout title={t('desk.title')} wide>
      <DeskTabs here="decisions" />
      {justHeld && <Alert tone="success" title={t('decisions.held-notice')} role="status" />}
      <Section id="decisions" title={t('decisions.title')}>
        <p class="kern-body">{t(runs.length > 0 ? 'decisions.lead' : 'decisions.none')}</p>
        {runs.map((run) => (
          <ToDecide key={run.listing.run.id} {...run} />
        ))}
      </Section>
    </DeskLayout>
  );
}

function ToDecide({ listing, decisionOn, daysLeft, past }: RunToDecide) {
  const { t, language } = usePage();
  const { run, seminar, provider, places } = listing;
  const shown = [
    ['booked', places.held],
    ['minimum', run.minimum ?? 0],
    ['waiting', places.waiting],
    ['days-left', daysLeft],
  ] as const;
  const since = formatted('date', new Date(`${decisionOn}T12:00:00Z`), 'UTC', language);
  return (
    <article class="panel decision" aria-labelledby={`decide-${run.id}`}>
      <div>
        <h3 class="kern-heading-small" id={`decide-${run.id}`}>
          <a class="kern-link kern-link--no-visited-state" href={deskPaths.run(run.id)} lang={seminar.language}>
            {seminar.title}
          </a>
        </h3>
        <p class="kern-body">
          {whenShort(run, language)} · <span lang="de">{provider.shortName}</span> ·{' '}
          {t('decisions.since', { day: since })}
        </p>
      </div>
      <dl class="figures">
        {shown.map(([name, value]) => (
          <div key={name} class="figures__one">
            <dt>{t(`decisions.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Past past={past} />
      <div class="actions">
        <ButtonLink href={decisionPaths.merge(run.id)} label={t('decisions.merge')} />
        <Form action={decisionPaths.holding(run.id)}>
          <SubmitButton label={t('decisions.hold')} kind="secondary" />
        </Form>
        <ButtonLink href={deskPaths.cancellation(run.id)} label={t('decisions.cancel')} kind="tertiary" />
      </div>
    </article>
  );
}

const columns = ['when', 'held', 'minimum', 'late'] as const;

function Past({ past }: { past: readonly PastRun[] }) {
  const { t, language } = usePage();
  if (past.length === 0) return <p class="kern-body kern-body--small muted">{t('decisions.past-none')}</p>;
  return (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title">{t('decisions.past-title')}</span>
      </summary>
      <div class="kern-accordion__body">
        <PastChart past={past} />
        <table class="kern-table">
          <thead class="kern-table__head">
            <tr class="kern-table__row">
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  class={`kern-table__header${column === 'when' ? '' : ' kern-table__header--numeric'}`}
                >
                  {t(`decisions.past-${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody class="kern-table__body">
            {past.map(({ startsAt, timeZone, held, minimum, lateCancelled, cancelled }) => (
              <tr class="kern-table__row" key={startsAt.getTime()}>
                <th scope="row" class="kern-table__cell">
                  {formatted('date', startsAt, timeZone, language)}
                </th>
                <td class="kern-table__cell kern-table__cell--numeric">
                  {cancelled ? t('decisions.past-cancelled') : held}
                </td>
                <td class="kern-table__cell kern-table__cell--numeric">{minimum || '–'}</td>
                <td class="kern-table__cell kern-table__cell--numeric">{lateCancelled}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="kern-body kern-body--small muted">{t('decisions.late-hint')}</p>
      </div>
    </details>
  );
}
