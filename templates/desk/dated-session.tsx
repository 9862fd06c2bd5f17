import type { Session } from '../../server/modules/scheduling/index.ts';
import type { Room } from '../../server/modules/venues/index.ts';
import { dayOf, timeSpan } from '../dates.ts';
import type { FormState } from '../form.ts';
import { usePage } from '../page.ts';
import { RoomFields } from './session-fields.tsx';
import { WhenOverDays } from './when-fields.tsx';

type DatedSessionProps = {
  form: FormState;
  rooms: readonly Room[];
  session: Session;
  index: number;
  /** A day that is left empty says something, too. */
  optional?: boolean;
};

/** A session in a list of several: when it was, and when and where it is to be. */
export function DatedSession({ form, rooms, session, index, optional = false }: DatedSessionProps) {
  const { t, language } = usePage();
  const prefix = `dates[${index}].`;
  const was = `${dayOf(session.startsAt, session.timeZone, language)}, ${timeSpan(session, language)}`;
  return (
    <fieldset class="kern-fieldset">
      <legend class="kern-label kern-label--large">{t('changes.formerly', { was })}</legend>
      <div class="kern-fieldset__body">
        <input type="hidden" name={`${prefix}sessionId`} value={session.id} />
        <WhenOverDays form={form} prefix={prefix} optional={optional} />
        <RoomFields form={form} prefix={prefix} rooms={rooms} optional={optional} />
      </div>
    </fieldset>
  );
}
