import type { RunListing } from '../../server/modules/booking/index.ts';
import type { Run } from '../../server/modules/scheduling/index.ts';
import { formatted, isSameDay } from '../dates.ts';
import { usePage } from '../page.ts';
import type { Language } from '../texts/texts.ts';
import { attentionOf, AttentionText } from './attention.tsx';
import { StatusBadge } from './frame.tsx';
import { deskPaths } from './paths.ts';

const columns = ['when', 'seminar', 'status', 'places', 'waiting'] as const;

/** Runs as a coordinator compares them. On a narrow screen each row stands alone; the roles keep it a table. */
export function RunTable({ runs, now }: { runs: readonly RunListing[]; now: Date }) {
  const { t, language } = usePage();
  return (
    <table class="kern-table run-table" role="table">
      <thead role="rowgroup" class="kern-table__head">
        <tr role="row" class="kern-table__row">
          {columns.map((column) => (
            <th
              key={column}
              role="columnheader"
              scope="col"
              class={`kern-table__header${isNumber(column) ? ' kern-table__header--numeric' : ''}`}
            >
              {t(`desk.column-${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {monthsOf(runs, language).map(({ month, listings }) => (
        <tbody key={month} role="rowgroup" class="kern-table__body">
          <tr role="row" class="kern-table__row">
            <th role="rowheader" scope="rowgroup" colSpan={columns.length} class="kern-table__header run-table__month">
              {month}
            </th>
          </tr>
          {listings.map((listing) => (
            <RunRow key={listing.run.id} listing={listing} now={now} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function RunRow({ listing, now }: { listing: RunListing; now: Date }) {
  const { t, language } = usePage();
  const { run, seminar, provider, places } = listing;
  const attention = attentionOf(listing, now);
  return (
    <tr role="row" class="kern-table__row">
      <td role="cell" class="kern-table__cell run-table__when">
        {whenShort(run, language)}
      </td>
      <th role="rowheader" scope="row" class="kern-table__cell run-table__seminar">
        <a class="kern-link kern-link--no-visited-state" href={deskPaths.run(run.id)} lang={seminar.language}>
          {seminar.title}
        </a>
        <span class="run-table__provider" lang="de">
          {provider.shortName}
        </span>
        {attention.map((one) => (
          <span key={one.kind} class={`run-table__attention run-table__attention--${one.tone}`}>
            <AttentionText attention={one} />
          </span>
        ))}
      </th>
      <td role="cell" class="kern-table__cell">
        <StatusBadge run={run} />
      </td>
      <td role="cell" class="kern-table__cell kern-table__cell--numeric">
        <span class="run-table__label">{t('desk.column-places')} </span>
        {t('desk.held-of', { held: places.held, capacity: places.capacity })}
      </td>
      <td
        role="cell"
        class={`kern-table__cell kern-table__cell--numeric run-table__waiting${places.waiting === 0 ? ' run-table__waiting--none' : ''}`}
      >
        <span class="run-table__label">{t('desk.column-waiting')} </span>
        {places.waiting}
      </td>
    </tr>
  );
}

/** "Di., 3. März 2026", and the last day when it is another. */
export function whenShort({ startsAt, endsAt, timeZone }: Run, language: Language): string {
  const day = (at: Date) => formatted('shortDay', at, timeZone, language).replaceAll(' ', '\u00a0');
  return isSameDay(startsAt, endsAt, timeZone) ? day(startsAt) : `${day(startsAt)} – ${day(endsAt)}`;
}

function monthsOf(runs: readonly RunListing[], language: Language): { month: string; listings: RunListing[] }[] {
  const months: { month: string; listings: RunListing[] }[] = [];
  for (const listing of runs) {
    const month = formatted('month', listing.run.startsAt, listing.run.timeZone, language);
    const last = months.at(-1);
    if (last?.month === month) last.listings.push(listing);
    else months.push({ month, listings: [listing] });
  }
  return months;
}

function isNumber(column: (typeof columns)[number]): boolean {
  return column === 'places' || column === 'waiting';
}
