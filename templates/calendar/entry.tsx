import { timeSpan } from '../dates.ts';
import { usePage } from '../page.ts';
import type { Shown } from './calendar.types.ts';

/** One session in a day: when, what, and what is particular about it, in words and not by colour alone. */
export function Entry({ entry, withPlace }: { entry: Shown; withPlace?: boolean }) {
  const { t, language } = usePage();
  const { title, status, isOverridden, href, location } = entry;
  const name = title ?? t('calendar.taken');
  return (
    <div class={`calendar-entry${status ? ` calendar-entry--${status}` : ''}`}>
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
