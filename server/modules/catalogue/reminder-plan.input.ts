import { z } from 'zod';
import {
  isSameRule,
  reminderAudiences,
  reminderOccasions,
  type ReminderMoment,
  type ReminderRule,
} from './reminder-plan.rules.ts';

const mostReminders = 12;
const furthestDays = 90;
const mostHours = 72;

const amount = z.int({ error: 'whole-number' }).min(0, { error: 'too-small' });
const ruleInput = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, { error: 'invalid' })
      .optional(),
    amount,
    unit: z.enum(['days-before', 'hours-before', 'days-after'], { error: 'choose-one' }),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time' })
      .optional(),
    of: z.enum(reminderOccasions, { error: 'choose-one' }),
    audience: z.enum(reminderAudiences, { error: 'choose-one' }),
    workingDays: z.boolean().optional(),
    off: z.boolean().optional(),
  })
  .superRefine(({ unit, amount: count, at, workingDays }, context) => {
    const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (unit === 'hours-before') {
      if (count < 1 || count > mostHours) wrong('amount', 'reminder-hours');
      if (workingDays) wrong('workingDays', 'reminder-hours-working-days');
      return;
    }
    if (count > furthestDays) wrong('amount', 'reminder-days');
    if (unit === 'days-after' && count === 0) wrong('amount', 'reminder-days-after');
    if (at === undefined) wrong('at', 'time');
  });

/** The rules of a plan as a form says them; messages are keys of the texts in every language. */
export const reminderPlanInput = z
  .array(ruleInput, { error: 'list' })
  .max(mostReminders, { error: 'too-many' })
  .transform((rules, context) => {
    const plan = withIds(rules);
    for (const [index, rule] of plan.entries())
      if (plan.slice(0, index).some((other) => isSameRule(rule, other)))
        context.addIssue({ code: 'custom', path: [index, 'amount'], message: 'reminder-twice' });
    return plan;
  });

/** A rule keeps the id that it came with, unless another one has it; new ones get the next free number. */
function withIds(rules: readonly z.infer<typeof ruleInput>[]): ReminderRule[] {
  const known = new Set(rules.map(({ id }) => id));
  const used = new Set<string>();
  let next = 1;
  return rules.map((rule) => {
    while (known.has(`rule-${next}`) || used.has(`rule-${next}`)) next += 1;
    const id = rule.id !== undefined && !used.has(rule.id) ? rule.id : `rule-${next}`;
    used.add(id);
    return ruleOf(rule, id);
  });
}

function ruleOf(input: z.infer<typeof ruleInput>, id: string): ReminderRule {
  const { of, audience, workingDays, off } = input;
  return {
    id,
    of,
    ...momentOf(input),
    ...(audience !== 'participants' && { audience }),
    ...(workingDays && { workingDays }),
    ...(off && { off }),
  };
}

function momentOf({ unit, amount: count, at = '' }: z.infer<typeof ruleInput>): ReminderMoment {
  if (unit === 'hours-before') return { hoursBefore: count };
  return unit === 'days-before' ? { daysBefore: count, at } : { daysAfter: count, at };
}
