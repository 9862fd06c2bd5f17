import type { RunDetails } from '../server/modules/booking/index.ts';
import { isOnline } from '../server/modules/scheduling/index.ts';
import type { PlannedSession } from './components/plan.tsx';
import { placeInPublic } from './places.ts';
import type { Translate } from './texts/texts.ts';

/** The plan as everybody may read it: an online room is a word. */
export function publicPlan({ sessions, seminar }: RunDetails, t: Translate): PlannedSession[] {
  return sessions.map((session) => {
    const index = seminar.modules.findIndex(({ id }) => id === session.moduleId);
    const module = seminar.modules[index];
    return {
      session,
      place: placeInPublic(session.location, t),
      ...(module && { module: { number: index + 1, title: module.title } }),
    };
  });
}

/** The plan for those who sit in the run: with the links of its online rooms. */
export function planForParticipants(details: RunDetails, t: Translate): PlannedSession[] {
  return publicPlan(details, t).map((planned) => ({
    ...planned,
    ...(isOnline(planned.session.location) && { link: planned.session.location }),
  }));
}
