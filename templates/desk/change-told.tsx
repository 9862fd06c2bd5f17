import type { RunListing } from '../../server/modules/booking/index.ts';
import type { MessagesOfChange } from '../../server/modules/mail/index.ts';
import { Alert, Section } from '../components/display.tsx';
import { ButtonLink } from '../components/form.tsx';
import { momentOf } from '../dates.ts';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import type { Happening } from './run-history.tsx';

export type ChangeToldView = {
  listing: RunListing;
  changeId: string;
  at: Date;
  happenings: readonly Happening[];
  /** Not everybody's mail is written down yet. */
  isTelling: boolean;
  told: MessagesOfChange;
};

/** What one change did, and how far everybody has been told of it: counted anew whenever it is opened. */
export function ChangeTold({ listing, changeId, at, happenings, isTelling, told }: ChangeToldView) {
  const { t, language } = usePage();
  const { run, seminar } = listing;
  const isDone = !isTelling && told.due === 0;
  return (
    <DeskLayout
      title={t('changes.done-title')}
      preline={<span lang={seminar.language}>{seminar.title}</span>}
      back={{ href: deskPaths.run(run.id), label: t('desk.back-to-run') }}
    >
      <div class="stack">
        <ul class="kern-list kern-list--bullet">
          {happenings.map(({ id, text, values }) => (
            <li key={id}>{t(text, values)}</li>
          ))}
        </ul>
        <p class="kern-body muted">{t('changes.done-at', { at: momentOf(at, run.timeZone, language) })}</p>
      </div>
      <Section id="sent" title={t('changes.sent-title')}>
        <Alert
          tone={told.failed > 0 ? 'warning' : isDone ? 'success' : 'info'}
          title={t(isDone ? 'changes.all-sent' : 'changes.still-sending')}
          role="status"
        >
          <ul class="kern-list kern-list--bullet">
            <li>{t('changes.count-sent', { count: told.sent })}</li>
            {!isDone && <li>{t('changes.count-due', { count: told.due })}</li>}
            {told.failed > 0 && <li>{t('changes.count-failed', { count: told.failed })}</li>}
            {told.needless > 0 && <li>{t('changes.count-needless', { count: told.needless })}</li>}
          </ul>
        </Alert>
        <div class="actions">
          {!isDone && (
            <ButtonLink href={deskPaths.change(run.id, changeId)} label={t('changes.refresh')} kind="secondary" />
          )}
          {told.failed > 0 && <ButtonLink href={deskPaths.mail()} label={t('changes.to-failed')} kind="secondary" />}
          <ButtonLink
            href={deskPaths.run(run.id)}
            label={t('desk.back-to-run')}
            kind={isDone ? 'primary' : 'tertiary'}
          />
        </div>
      </Section>
    </DeskLayout>
  );
}
