import { Alert } from '../components/display.tsx';
import { SubmitButton } from '../components/form.tsx';
import { fieldId, type FieldError } from '../form.ts';
import { usePage } from '../page.ts';

/**
 * What a plan met that was looked at before it is saved. `skipped`: rows that are left out, or whose time cannot be read
 * yet; `hard` and `soft`: conflicts, and what is only a pity.
 */
export type PlanCheck = { sessions: number; skipped: number; hard: number; soft: number };
export type PlanChecked = { checked?: PlanCheck | undefined };

type CheckedPlanProps = PlanChecked & {
  /** Everything that was found, with its field; none where it stands at the days below. */
  notes?: readonly FieldError[] | undefined;
  labelOf?: (field: string) => string | undefined;
};

/** Asks what speaks against a plan, without saving it. */
export function CheckButton() {
  const { t } = usePage();
  return <SubmitButton label={t('desk.check-plan')} name="_do" value="check" kind="tertiary" />;
}

/** The answer at the top of the page: how much was looked at, what was found, and the way to each. */
export function CheckedPlan({ checked, notes = [], labelOf }: CheckedPlanProps) {
  const { t } = usePage();
  if (!checked) return null;
  const { sessions, hard, soft, skipped } = checked;
  const isClear = sessions > 0 && hard + soft + skipped === 0;
  const tone = isClear ? 'success' : hard > 0 ? 'warning' : 'info';
  return (
    <div class="plan-checked">
      <Alert tone={tone} title={t('rooms.plan-checked', { ...checked })} role="status">
        {isClear && <p class="kern-body">{t('rooms.nothing-against')}</p>}
        {notes.length > 0 && (
          <ul class="error-summary__list">
            {notes.map(({ field = '', key, values }) => (
              <li key={`${field} ${key}`}>
                <a class="kern-link kern-link--no-visited-state" href={`#${fieldId(field)}`}>
                  {[labelOf?.(field), t(key, values)].filter((part) => part !== undefined).join(': ')}
                </a>
              </li>
            ))}
          </ul>
        )}
        {hard > 0 && <p class="kern-body">{t('rooms.plan-with-conflicts')}</p>}
        {skipped > 0 && <p class="kern-body">{t('rooms.plan-skipped')}</p>}
      </Alert>
    </div>
  );
}
