import type { ModuleOfRun } from '../../server/modules/booking/index.ts';
import { BackLink } from '../components/display.tsx';
import { ButtonLink, ErrorSummary, Form, SubmitButton } from '../components/form.tsx';
import type { FormState } from '../form.ts';
import { Layout } from '../layout.tsx';
import { ModuleChoice } from '../modules/module-choice.tsx';
import { usePage } from '../page.ts';
import { paths } from '../paths.ts';
import type { BookingView } from './booking.tsx';

export type BookedModulesView = BookingView & {
  modules: readonly ModuleOfRun[];
  booked: readonly string[];
  form: FormState;
};

/** Gives modules of a course up, or books more of them. */
export function BookedModulesPage({ booking, details, modules, booked, form }: BookedModulesView) {
  const { t, language } = usePage();
  const { seminar } = details;
  return (
    <Layout
      title={t('modules.change-title')}
      hasErrors={form.errors.length > 0}
      above={<BackLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} />}
    >
      <ErrorSummary form={form} />
      <Form action={paths.bookedModules(booking.token)}>
        <ModuleChoice
          modules={modules}
          form={form}
          booked={booked}
          language={seminar.language === language ? undefined : seminar.language}
          legend={seminar.title}
          hint={t('modules.change-lead')}
        />
        <div class="actions">
          <SubmitButton label={t('modules.change-submit')} />
          <ButtonLink href={paths.booking(booking.token)} label={t('booking.back-to-booking')} kind="tertiary" />
        </div>
      </Form>
    </Layout>
  );
}
