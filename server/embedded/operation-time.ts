import { Timestamp } from 'bson';

let lastSecond = 0;
let increment = 0;

/** A time that only grows, as a replica set's clock. */
export function operationTime(): Timestamp {
  const second = Math.floor(Date.now() / 1000);
  if (second > lastSecond) [lastSecond, increment] = [second, 0];
  increment += 1;
  return new Timestamp({ t: lastSecond, i: increment });
}
