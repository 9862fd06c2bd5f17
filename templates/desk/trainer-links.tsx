import type { RunDetails } from '../../server/modules/booking/index.ts';
import type { Person } from '../../server/modules/people/index.ts';
import { Form, SubmitButton } from '../components/form.tsx';
import { usePage } from '../page.ts';
import { DeskLayout } from './frame.tsx';
import { deskPaths } from './paths.ts';
import { whenShort } from './run-table.tsx';

/** Takes the links of a trainer to a run away: with a new one sent at once, or without. */
export function TrainerLinksPage({ details: { run, seminar }, person }: { details: RunDetails; person: Person }) {
  const { t, language } = usePage();
  const { name, email } = person;
  return (
    <DeskLayout
      title={t('teaching.links-title', { name })}
      preline={
        <>
          <span lang={seminar.language}>{seminar.title}</span>, {whenShort(run, language)}
        </>
      }
      back={{ href: deskPaths.runTrainers(run.id), label: t('teaching.desk-title') }}
    >
      <p class="kern-body">{t('teaching.links-lead', { name })}</p>
      <p class="kern-body">{t('teaching.links-follows', { email })}</p>
      <Form action={deskPaths.trainerLinks(run.id, person.id)}>
        <div class="actions">
          <SubmitButton label={t('teaching.links-renew')} name="_do" value="renew" />
          <SubmitButton label={t('teaching.links-revoke')} name="_do" value="revoke" kind="secondary" />
          <a class="kern-link" href={deskPaths.runTrainers(run.id)}>
            {t('desk.back-without')}
          </a>
        </div>
      </Form>
    </DeskLayout>
  );
}
