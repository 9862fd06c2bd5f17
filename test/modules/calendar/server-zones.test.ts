import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { z } from 'zod';
import { instantsOf } from '../../support/calendar-checks.ts';
import { objects } from './print-objects.ts';
import { SPANS } from './spans.ts';

const printed = z.object({ hour: z.number(), objects: z.array(z.string()) });
const HOUR_OF_1970 = { UTC: 0, 'Europe/Berlin': 1, 'America/New_York': 19, 'Asia/Kathmandu': 5 };

describe('calendar objects on servers in different time zones', () => {
  for (const [zone, hour] of Object.entries(HOUR_OF_1970)) {
    it(`means the instants that went in, with TZ=${zone}`, async () => {
      const output = await objectsPrintedIn(zone);

      const wanted = SPANS.map(({ startsAt, endsAt }) => ({ startsAt: iso(startsAt), endsAt: iso(endsAt) }));
      expect(output.hour, 'the child runs in another zone').to.equal(hour);
      expect(output.objects.slice(0, -1).flatMap(instantsOf)).to.deep.equal(wanted);
      expect(output.objects.slice(-1).flatMap(instantsOf)).to.deep.equal(wanted);
    });
  }

  it('writes the same bytes there as here', async () => {
    expect((await objectsPrintedIn('America/New_York')).objects).to.deep.equal(objects());
  });
});

async function objectsPrintedIn(zone: string): Promise<z.infer<typeof printed>> {
  const script = join(import.meta.dirname, 'print-objects.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, TZ: zone },
  });
  return printed.parse(JSON.parse(stdout));
}

function iso(instant: string): string {
  return new Date(instant).toISOString();
}
