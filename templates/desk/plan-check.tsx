import { Alert } from '../components/display.tsx';
import { SubmitButton } from '../components/form.tsx';
import { usePage } from '../page.ts';

/** `isClear`: somebody asked what speaks against the plan, and nothing does. */
export type PlanChecked = { isClear?: boolean };

/** Asks what speaks against a plan, without saving it. */
export function CheckButton() {
  const { t } = usePage();
  return <SubmitButton label={t('desk.check-plan')} name="_do" value="check" kind="tertiary" />;
}

/** The good answer; what speaks against the plan stands at its fields. */
export function NothingAgainst({ isClear = false }: PlanChecked) {
  const { t } = usePage();
  return isClear ? <Alert tone="success" title={t('rooms.nothing-against')} role="status" /> : null;
}
