import type { VNode } from 'preact';
import { fragment } from '../../server/platform/view.ts';
import { hasBegun, type RunListing } from '../../server/modules/booking/index.ts';
import { Badge } from '../components/display.tsx';
import { calendarDay, dayOf, formatted, isSameDay, timeSpan } from '../dates.ts';
import { languageName } from '../language-names.ts';
import { paths } from '../paths.ts';
import { placeInPublic } from '../places.ts';
import { translations, type Language } from '../texts/texts.ts';

/** One run of the catalogue as the HTML of its list item, rendered once for everything it shows. */
export function runCard(listing: RunListing, language: Language): string {
  return fragment(`run-card ${language} ${listing.run.id}`, shownIn(listing), () => (
    <RunCard listing={listing} language={language} />
  ));
}

/** Everything that the card shows: a changed number of places is another card. */
export function shownIn({ run, seminar, provider, places }: RunListing): (string | number)[] {
  return [
    places.left,
    places.waiting,
    places.modules?.map(({ left }) => (left > 0 ? 1 : 0)).join('') ?? '',
    run.startsAt.getTime(),
    isRunning(run) ? 1 : 0,
    run.endsAt.getTime(),
    run.timeZone,
    run.location,
    seminar.title,
    seminar.summary,
    seminar.kind,
    seminar.language,
    provider.shortName,
    run.admission ? 1 : 0,
  ];
}

/** Booked by module, and begun: what is to be had are its later modules. */
function isRunning(run: RunListing['run']): boolean {
  return run.booking === 'by-module' && hasBegun(run);
}

function RunCard({ listing, language }: { listing: RunListing; language: Language }): VNode {
  const { run, seminar, provider } = listing;
  const t = translations[language];
  const foreign = seminar.language === language ? undefined : seminar.language;
  return (
    <li class="run-card">
      <div class="run-card__date" aria-hidden="true">
        <span class="run-card__weekday">{formatted('weekday', run.startsAt, run.timeZone, language)}</span>
        <span class="run-card__day">{formatted('dayOfMonth', run.startsAt, run.timeZone, language)}</span>
        <span class="run-card__month">{formatted('monthName', run.startsAt, run.timeZone, language)}</span>
      </div>
      <div class="run-card__body">
        <h3 class="kern-title" lang={foreign}>
          <a class="kern-link--stretched" href={paths.run(run.id)}>
            {seminar.title}
          </a>
        </h3>
        <p class="run-card__when">
          <time datetime={calendarDay(run.startsAt, run.timeZone)}>{whenOf(listing, language)}</time>
        </p>
        <p class="run-card__summary" lang={foreign}>
          {seminar.summary}
        </p>
        <ul class="run-card__facts">
          <li>{placeInPublic(run.location, t)}</li>
          <li lang="de">{provider.shortName}</li>
          <li>{t(`public.kind-${seminar.kind}`)}</li>
          <li>{languageName(seminar.language, language)}</li>
          {listing.places.modules && <li>{t(isRunning(run) ? 'modules.running' : 'modules.by-module')}</li>}
        </ul>
      </div>
      <div class="run-card__places">
        {run.admission && <Badge tone="info" label={t('rights.locked')} />}
        <PlacesBadge places={listing.places} language={language} />
      </div>
    </li>
  );
}

type BadgePlaces = Pick<RunListing['places'], 'left' | 'waiting' | 'modules'>;

/** How many places a newcomer could have, or how many are waited for. */
export function PlacesBadge({ places, language }: { places: BadgePlaces; language: Language }) {
  const t = translations[language];
  if (places.modules) {
    const free = places.modules.filter(({ left }) => left > 0).length;
    const label = t('modules.free-in', { free, all: places.modules.length });
    return <Badge tone={free > 0 ? 'success' : 'info'} label={label} />;
  }
  if (places.left > 0)
    return (
      <Badge tone={places.left <= 3 ? 'warning' : 'success'} label={t('public.places-left', { left: places.left })} />
    );
  return <Badge tone="info" label={t('public.waiting-list', { waiting: places.waiting })} />;
}

function whenOf({ run }: RunListing, language: Language): string {
  if (isSameDay(run.startsAt, run.endsAt, run.timeZone))
    return `${dayOf(run.startsAt, run.timeZone, language)}, ${timeSpan(run, language)}`;
  const first = dayOf(run.startsAt, run.timeZone, language);
  const last = formatted('date', run.endsAt, run.timeZone, language);
  return translations[language]('public.from-until', { first, last });
}
