import { timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import { fragment } from '../../server/platform/view.ts';
import { translations, type Language } from '../texts/texts.ts';
import type { Shown } from './calendar.types.ts';

/** One session in a day: when, what, and what is particular about it, in words and not by colour alone. */
export function Entry({ entry, withPlace }: { entry: Shown; withPlace?: boolean }) {
  const { language } = usePage();
  return <Sitting entry={entry} language={language} {...(withPlace && { withPlace })} />;
}

/** The sessions of a day as the HTML of its list, each rendered once for everything it shows: a month has hundreds. */
export function entriesHtml(entries: readonly Shown[], language: Language): string {
  return entries
    .map((entry) =>
      fragment(`calendar-entry ${language} ${entry.id}`, shownOf(entry), () => (
        <Sitting entry={entry} language={language} />
      )),
    )
    .join('');
}

/** Everything that an entry shows without its place. */
function shownOf(entry: Shown): (string | number | boolean)[] {
  const { startsAt, endsAt, timeZone, title = '', language = '', status = '', isOverridden = false } = entry;
  const { href = '', change = '' } = entry;
  return [startsAt.getTime(), endsAt.getTime(), timeZone, title, language, status, isOverridden, href, change];
}

/** What the script that lets sessions be dragged reads of them. */
function toDrag({ id, startsAt, endsAt, change }: Shown) {
  return {
    'data-session': id,
    'data-from': startsAt.toISOString(),
    'data-until': endsAt.toISOString(),
    ...(change && { 'data-move': change }),
  };
}

function Sitting({ entry, language, withPlace }: { entry: Shown; language: Language; withPlace?: boolean }) {
  const t = translations[language];
  const { title, status, isOverridden, href, location } = entry;
  const name = title ?? t('calendar.taken');
  return (
    <div class={`calendar-entry${status ? ` calendar-entry--${status}` : ''}`} {...toDrag(entry)}>
      <span class="calendar-entry__time">{timeSpan(entry, language)}</span>{' '}
      {href ? (
        <a class="kern-link kern-link--small kern-link--no-visited-state" href={href} lang={entry.language}>
          {name}
        </a>
      ) : (
        <span lang={title ? entry.language : undefined}>{name}</span>
      )}
      {withPlace && <span class="muted"> · {location.startsWith('https://') ? t('calendar.online') : location}</span>}
      {status && status !== 'published' && <span class="calendar-entry__note">{t(`desk.status-${status}`)}</span>}
      {isOverridden && (
        <span class="calendar-entry__note calendar-entry__note--conflict">{t('calendar.conflict')}</span>
      )}
    </div>
  );
}
