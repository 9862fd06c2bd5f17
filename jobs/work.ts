import type { Config } from '../server/config.ts';
import {
  askForDecisions,
  askForNames,
  expireApproval,
  expireApprovals,
  lapseOffer,
  lapseOffers,
  releaseContingents,
  sweepAccessNeeds,
  tellUnusedPlaces,
  yieldUnnamed,
} from '../server/modules/booking/index.ts';
import { openAnsweredRuns } from '../server/modules/demand/index.ts';
import { openInbox, openTransport } from '../server/modules/mail/index.ts';
import { logger } from '../server/platform/logger.ts';
import type { Queue } from '../server/platform/queue.ts';
import { completeRuns } from './complete-runs.ts';
import { prepareDelivery } from './deliver-mail.ts';
import { takeIncoming } from './read-inbox.ts';
import { relayEvent, relayEvents } from './relay-events.ts';
import { schedule } from './schedule.ts';

/** Starts working through the jobs in this process, and opens the way that mails take. */
export async function startWorking(
  queue: Queue,
  config: Pick<
    Config,
    'smtpUrl' | 'dataDirectory' | 'mailFrom' | 'baseUrl' | 'dkim' | 'inbox' | 'mailLeaseSeconds' | 'sweepSeconds'
  >,
): Promise<{ mail: string; close(): Promise<void> }> {
  const transport = openTransport({
    directory: mailDirectoryOf(config),
    ...(config.smtpUrl && { smtpUrl: config.smtpUrl }),
    ...(config.dkim && { dkim: config.dkim }),
  });
  const { sweepSeconds = 10 } = config;
  const { deliverMail, sendDueMail } = prepareDelivery(transport, config, config.mailLeaseSeconds);
  const jobs = {
    'relay-event': ({ eventId = '' }) => relayEvent(eventId),
    'relay-events': relayEvents,
    'lapse-offer': ({ bookingId = '' }) => lapseOffer(bookingId),
    'lapse-offers': lapseOffers,
    'expire-approval': ({ bookingId = '' }) => expireApproval(bookingId),
    'expire-approvals': expireApprovals,
    'release-contingents': releaseContingents,
    'ask-for-decisions': askForDecisions,
    'tell-unused-places': tellUnusedPlaces,
    'ask-for-names': askForNames,
    'yield-unnamed': yieldUnnamed,
    'open-answered-runs': openAnsweredRuns,
    'forget-access-needs': sweepAccessNeeds,
    'complete-runs': completeRuns,
    'deliver-mail': ({ messageIds = '' }) => Promise.all(messageIds.split(',').map(deliverMail)),
    'send-due-mail': sendDueMail,
    ...(config.inbox && { 'read-inbox': openInbox(config.inbox, takeIncoming(config.inbox.address)) }),
  };
  const worker = await queue.work(
    { jobs, schedule: schedule(sweepSeconds, config.inbox !== undefined) },
    {
      // Two sweeps, so that a slow inbox keeps no other waiting.
      concurrency: { mail: 10, events: 4, sweeps: 2 },
      registerEverySeconds: 3 * sweepSeconds,
      onError: (job, error) => logger.error({ job, err: error }, 'A job failed'),
    },
  );
  const close = async () => {
    await worker.close();
    await transport.close();
  };
  return {
    mail: config.smtpUrl ? `SMTP at ${new URL(config.smtpUrl).host}` : `files in ${mailDirectoryOf(config)}`,
    close,
  };
}

export function mailDirectoryOf({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return `${dataDirectory}/mail`;
}
