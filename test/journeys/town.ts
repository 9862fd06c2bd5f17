import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startSmtpSink, type SinkMail, type SmtpSink } from '../support/smtp-sink.ts';
import { startMosaik, type World } from '../support/world.ts';
import { inspection } from './inspection.ts';
import { Tab } from './tab.ts';

/** Mosaik as people meet it: real processes, a real mail server, and one browser for everybody. */
export type Town = {
  /** Somebody opens the browser; nobody else's cookies are in it. */
  visitor(scripting: boolean): Promise<Tab>;
  /** The mail to somebody with such a subject, when it has come. */
  mailTo(email: string, subject: RegExp): Promise<SinkMail>;
  close(): Promise<void>;
};

const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
/** As `scripts/prepare.mjs` looks for it. */
const programs = ['chromium', 'chromium-browser', 'google-chrome'];
const mailWithinMs = 30_000;

export async function openTown(): Promise<Town> {
  const sink = await startSmtpSink();
  const world = await startMosaik({
    webs: 1,
    workers: 1,
    env: { SMTP_URL: sink.url, MAIL_FROM: 'mosaik@example.org' },
  });
  const browser = await chromium.launch({
    executablePath: browserProgram(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-sync', ...quiet],
  });
  const inspect = inspection(await browser.newPage({ locale: 'de-DE' }));
  return {
    visitor: async (scripting) => {
      const context = await browser.newContext({ locale: 'de-DE', javaScriptEnabled: scripting });
      return Tab.open(context, world.webs[0]?.url ?? '', inspect);
    },
    mailTo: (email, subject) => arrived(sink, email, subject),
    close: () => close(browser, world, sink),
  };
}

function browserProgram(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => programs.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  if (!found) throw new Error('There is no Chromium on the PATH. `npm test` says how to get it.');
  return found;
}

async function arrived(sink: SmtpSink, email: string, subject: RegExp): Promise<SinkMail> {
  const isIt = ({ envelope, parsed }: SinkMail) => envelope.to.includes(email) && subject.test(parsed.subject ?? '');
  const mail = sink.mails.find(isIt);
  if (mail) return mail;
  await sink.waitFor(sink.mails.length + 1, mailWithinMs);
  return arrived(sink, email, subject);
}

async function close(browser: Browser, world: World, sink: SmtpSink): Promise<void> {
  await browser.close();
  await world.stop();
  await sink.close();
}

/** The link in a mail that begins like this. */
export function linkIn({ parsed }: SinkMail, path: string): string {
  const [link] = new RegExp(`http://[\\w.:]+${path}\\S*`).exec(parsed.text ?? '') ?? [];
  if (!link) throw new Error(`The mail "${parsed.subject}" has no link to ${path}.`);
  return link;
}
