import { AssertionError } from 'chai';
import type { BrowserContext, CDPSession, ConsoleMessage, Locator, Page } from 'playwright-core';
import type { Inspect } from './inspection.ts';

/** What a first visit may cost, cold: the HTML and everything that it asks for. */
const most = { bytes: 100_000, requests: 8 };

type Load = { path: string; bytes: number; requests: number };

/**
 * A tab as somebody uses it, who finds things by what they are called. Every page it comes to is inspected; the journey ends
 * at the first one that somebody would stumble over.
 */
export class Tab {
  readonly page: Page;
  /** What each page cost, without a cache. */
  readonly loads: Load[] = [];
  readonly #inspect: Inspect;
  readonly #base: string;
  readonly #complaints: string[] = [];
  #load: Load = { path: '', bytes: 0, requests: 0 };

  private constructor(page: Page, base: string, inspect: Inspect) {
    this.page = page;
    this.#base = base;
    this.#inspect = inspect;
  }

  static async open(context: BrowserContext, base: string, inspect: Inspect): Promise<Tab> {
    const tab = new Tab(await context.newPage(), base, inspect);
    await tab.#watch(await context.newCDPSession(tab.page));
    return tab;
  }

  /** Types an address, or follows a link from a mail. */
  open(address: string): Promise<void> {
    return this.#arrive(() => this.page.goto(new URL(address, this.#base).href));
  }

  follow(link: string | RegExp, within: Locator = this.#main): Promise<void> {
    return this.#arrive(() => within.getByRole('link', { name: link, exact: true }).first().click());
  }

  press(button: string): Promise<void> {
    return this.#arrive(() => this.#main.getByRole('button', { name: button, exact: true }).click());
  }

  /** Drags one thing onto another, which leads to another page. */
  drag(what: Locator, onto: Locator): Promise<void> {
    return this.#arrive(() => what.dragTo(onto));
  }

  /** Presses a key that leads to another page. */
  pressKey(key: string): Promise<void> {
    return this.#arrive(() => this.page.keyboard.press(key));
  }

  /** Types into the fields with these labels; `group` is the legend they stand under. */
  async fillIn(values: Record<string, string>, group?: string): Promise<void> {
    const within = group === undefined ? this.#main : this.#main.getByRole('group', { name: group, exact: true });
    for (const [label, value] of Object.entries(values)) await within.getByLabel(named(label)).fill(value);
  }

  async choose(label: string, option: string, group?: string): Promise<void> {
    const within = group === undefined ? this.#main : this.#main.getByRole('group', { name: group, exact: true });
    await within.getByLabel(named(label)).selectOption({ label: option });
  }

  /** Ticks a box, or chooses one of several. */
  async tick(label: string | RegExp): Promise<void> {
    const wanted = typeof label === 'string' ? named(label) : label;
    await this.#main.getByLabel(wanted).check();
  }

  /** The h1. */
  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  /** What main says, blanks made one. */
  async says(): Promise<string> {
    return (await this.#main.innerText()).replace(/\s+/g, ' ');
  }

  /** The content of the file that a link leads to. */
  async download(link: string): Promise<string> {
    const [file] = await Promise.all([
      this.page.waitForEvent('download'),
      this.#main.getByRole('link', { name: link, exact: true }).click(),
    ]);
    const parts: string[] = [];
    for await (const part of (await file.createReadStream()).setEncoding('utf8')) parts.push(String(part));
    return parts.join('');
  }

  get #main(): Locator {
    return this.page.getByRole('main');
  }

  async #arrive(go: () => Promise<unknown>): Promise<void> {
    this.#load = { path: '', bytes: 0, requests: 0 };
    await Promise.all([this.page.waitForEvent('load'), go()]);
    const load = { ...this.#load, path: new URL(this.page.url()).pathname };
    this.loads.push(load);
    const wrong = [...this.#complaints.splice(0), ...tooHeavy(load), ...(await this.#inspect(this.page))];
    if (wrong.length > 0) throw new AssertionError(`${this.page.url()}\n${wrong.join('\n')}`);
  }

  async #watch(protocol: CDPSession): Promise<void> {
    await protocol.send('Network.enable');
    await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
    protocol.on('Network.requestWillBeSent', ({ request: { url } }) => this.#asked(url));
    protocol.on('Network.loadingFinished', ({ encodedDataLength }) => void (this.#load.bytes += encodedDataLength));
    this.page.on('console', (message) => this.#said(message));
    this.page.on('pageerror', (error) => this.#complaints.push(`A script failed: ${error.message}`));
  }

  #asked(url: string): void {
    if (url.startsWith('data:')) return;
    this.#load.requests += 1;
    if (new URL(url).host !== new URL(this.#base).host) this.#complaints.push(`It asked a stranger: ${url}`);
  }

  /** A violated Content Security Policy is told on the console too; so is the 422 or 409 of a form that is sent back, as it must be. */
  #said(message: ConsoleMessage): void {
    if (message.type() !== 'error' || /status of (422|409)/.test(message.text())) return;
    this.#complaints.push(`The console says: ${message.text()}`);
  }
}

function tooHeavy({ bytes, requests }: Load): string[] {
  return [
    ...(bytes > most.bytes ? [`It weighs ${bytes} bytes.`] : []),
    ...(requests > most.requests ? [`It asks ${requests} times.`] : []),
  ];
}

/** A label as it reads, also where the form adds that the answer is optional. */
function named(label: string): RegExp {
  return new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(freiwillig\\))?$`);
}
