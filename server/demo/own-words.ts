import { systemActor } from '../modules/history/index.ts';
import { changeWording } from '../modules/wording/index.ts';

/** A provider that ends its reminders in words of its own. */
export function chooseWords(): Promise<void> {
  return changeWording(systemActor, {
    owner: { providerId: 'vhs-hannover' },
    kind: 'reminder',
    language: 'de',
    wording: { closing: 'Bringen Sie gern ein Beispiel aus Ihrem Alltag mit: Wir nehmen uns dafür Zeit.' },
  });
}
