import { pendingEventIds, takePendingEvent, tellPage, type HistoryEvent } from '../server/modules/history/index.ts';
import { reactions } from './reactions.ts';

/** Tells everybody concerned by one event, a page at a time. */
export async function relayEvent(eventId: string): Promise<void> {
  let event: HistoryEvent | undefined = await takePendingEvent(eventId);
  while (event) event = await tellPage(event, react);
}

/** The sweep: tells of every event that nobody is telling. */
export async function relayEvents(): Promise<void> {
  for (const id of await pendingEventIds(100)) await relayEvent(id);
}

async function react(event: HistoryEvent): Promise<string | undefined> {
  return reactions[event.type]?.(event);
}
